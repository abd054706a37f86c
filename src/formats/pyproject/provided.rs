//! The modules that installing a project provides, as its build system is told.
//!
//! Sources: <https://hatch.pypa.io/latest/config/build/#packages>, <https://setuptools.pypa.io/en/latest/userguide/package_discovery.html>,
//! <https://python-poetry.org/docs/pyproject/#packages>, <https://backend.pdm-project.org/build_config/>,
//! <https://flit.pypa.io/en/stable/pyproject_toml.html>, <https://docs.astral.sh/uv/concepts/build-backend/>,
//! <https://www.maturin.rs/config>.

use super::super::tables::{Value, at, table, text, texts};

type Table<'t> = toml::de::DeTable<'t>;

/// The import names.
pub(super) fn names(root: &Table<'_>) -> Vec<String> {
    let mut found = Vec::new();
    // The last folder of a path is the package
    let wheel = at(root, &["tool", "hatch", "build", "targets", "wheel", "packages"]).and_then(texts);
    let last = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    found.extend(wheel.into_iter().flatten().map(|path| last(&path.text)));
    for list in [&["tool", "setuptools", "packages"][..], &["tool", "setuptools", "py-modules"][..]] {
        found.extend(at(root, list).and_then(texts).into_iter().flatten().map(|name| name.text));
    }
    found.extend(
        table(root, &["tool", "setuptools", "package-dir"])
            .into_iter()
            .flatten()
            .map(|(name, _)| name.get_ref().to_string()),
    );
    let of_poetry = at(root, &["tool", "poetry", "packages"]).and_then(|list| list.get_ref().as_array());
    let included = |value: &Value<'_>| text(value.get_ref().get("include")?).map(|name| name.text);
    found.extend(of_poetry.into_iter().flatten().filter_map(included));
    let modules = [
        &["tool", "flit", "module", "name"][..],
        &["tool", "uv", "build-backend", "module-name"][..],
        &["tool", "maturin", "module-name"][..],
        &["project", "import-names"][..],
    ];
    found.extend(modules.into_iter().filter_map(|keys| text(at(root, keys)?)).map(|name| name.text));
    found
        .iter()
        .filter_map(|name| name.split(['.', '/']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The folders.
pub(super) fn folders(root: &Table<'_>) -> Vec<String> {
    let one = [
        &["tool", "setuptools", "package-dir", ""][..],
        &["tool", "pdm", "build", "package-dir"][..],
        &["tool", "uv", "build-backend", "module-root"][..],
        &["tool", "maturin", "python-source"][..],
    ];
    let mut found: Vec<String> =
        one.into_iter().filter_map(|keys| text(at(root, keys)?)).map(|path| path.text).collect();
    let searched = at(root, &["tool", "setuptools", "packages", "find", "where"]).and_then(texts);
    found.extend(searched.into_iter().flatten().map(|path| path.text));
    found.iter().map(|path| path.trim_start_matches("./").trim_end_matches('/').to_owned()).collect()
}
