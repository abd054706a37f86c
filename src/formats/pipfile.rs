//! `Pipfile`: its packages, as requirements. Source: <https://pipenv.pypa.io/en/latest/pipfile.html>.

use toml::de::DeValue;

use super::Placed;
use super::tables::{read, table};
use crate::order::Order;

/// The packages, each as a requirement at the place of its name, in the order of the file. None if it is not TOML.
pub(crate) fn packages(file: &str) -> Option<Vec<Placed>> {
    let root = read(file)?;
    let mut found: Vec<Placed> = table(&root, &["packages"])?
        .iter()
        .filter_map(|(name, value)| {
            Some(Placed { text: requirement(name.get_ref(), value.get_ref())?, range: name.span() })
        })
        .collect();
    found.order_by_key(|package| package.range.start);
    Some(found)
}

/// A package as a requirement. None if it is a folder: the index may have a stranger's package of that name.
fn requirement(name: &str, value: &DeValue<'_>) -> Option<String> {
    let text = |key: &str| value.get(key)?.get_ref().as_str();
    let extras = value.get("extras").and_then(|extras| extras.get_ref().as_array()).into_iter().flatten();
    let extras: Vec<&str> = extras.filter_map(|extra| extra.get_ref().as_str()).collect();
    let extras = if extras.is_empty() { String::new() } else { format!("[{}]", extras.join(",")) };
    if let Some(address) = text("git") {
        let at = text("ref").map(|at| format!("@{at}")).unwrap_or_default();
        return Some(format!("{name}{extras} @ git+{address}{at}"));
    }
    if let Some(address) = text("file").filter(|address| address.contains("://")) {
        return Some(format!("{name}{extras} @ {address}"));
    }
    if ["path", "file"].iter().any(|key| value.get(*key).is_some()) {
        return None;
    }
    let version = value.as_str().or_else(|| text("version")).filter(|version| *version != "*").unwrap_or_default();
    let condition = text("markers").map(|condition| format!(" ; {condition}")).unwrap_or_default();
    Some(format!("{name}{extras}{version}{condition}"))
}

/// The version of Python that it requires.
pub(crate) fn python(file: &str) -> Option<Placed> {
    let root = read(file)?;
    let requires = table(&root, &["requires"])?;
    let version = ["python_full_version", "python_version"].iter().find_map(|key| requires.get(*key))?;
    Some(Placed { text: version.get_ref().as_str()?.to_owned(), range: version.span() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_requirements() {
        let file = "[packages]\nstreamlit = \"==1.60.0\"\n\"ruamel.yaml\" = \"*\"\ngradio = {version = \">=6\", extras = [\"x\", \"y\"]}\nmine = {path = \".\", editable = true}\none = {git = \"https://a.example/one\", ref = \"v1\"}\ntwo = {file = \"https://a.example/two.whl\"}\nwin = {version = \"*\", markers = \"os_name == 'nt'\"}\n[dev-packages]\npytest = \"*\"\n";
        let found = packages(file).unwrap();
        let shown: Vec<_> = found.iter().map(|package| package.text.as_str()).collect();
        assert_eq!(
            shown,
            [
                "streamlit==1.60.0",
                "ruamel.yaml",
                "gradio[x,y]>=6",
                "one @ git+https://a.example/one@v1",
                "two @ https://a.example/two.whl",
                "win ; os_name == 'nt'",
            ]
        );
        assert_eq!(&file[found[1].range.clone()], "\"ruamel.yaml\"");
        assert_eq!(packages("x = 1"), None);
        assert_eq!(packages("not toml"), None);
    }

    #[test]
    fn the_python_is_under_requires() {
        let version = |file: &str| python(file).map(|version| version.text);
        assert_eq!(version("[requires]\npython_version = \"3.10\"\n").as_deref(), Some("3.10"));
        let both = "[requires]\npython_version = \"3.10\"\npython_full_version = \"3.10.4\"\n";
        assert_eq!(version(both).as_deref(), Some("3.10.4"));
        for file in ["", "[requires]\n", "[requires]\npython_version = 3\n", "requires = 1"] {
            assert_eq!(version(file), None, "{file}");
        }
    }
}
