//! `Pipfile`: its packages, as requirements. Source: <https://pipenv.pypa.io/en/latest/pipfile.html>.

use super::Placed;
use super::tables::{read, table};
use crate::order::Order;

/// The packages, each as a requirement at the place of its name, in the order of the file. None if it is not TOML.
pub(crate) fn packages(file: &str) -> Option<Vec<Placed>> {
    let root = read(file)?;
    let mut found: Vec<Placed> = table(&root, &["packages"])?
        .iter()
        .map(|(name, value)| {
            let value = value.get_ref();
            let version = value.as_str().or_else(|| value.get("version")?.get_ref().as_str());
            let version = version.filter(|version| *version != "*").unwrap_or_default();
            Placed { text: format!("{}{version}", name.get_ref()), range: name.span() }
        })
        .collect();
    found.order_by_key(|package| package.range.start);
    Some(found)
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
        let file = "[packages]\nstreamlit = \"==1.60.0\"\n\"ruamel.yaml\" = \"*\"\ngradio = {version = \">=6\", extras = [\"x\"]}\nmine = {path = \".\"}\n[dev-packages]\npytest = \"*\"\n";
        let found = packages(file).unwrap();
        let shown: Vec<_> = found.iter().map(|package| package.text.as_str()).collect();
        assert_eq!(shown, ["streamlit==1.60.0", "ruamel.yaml", "gradio>=6", "mine"]);
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
