//! `Pipfile`: its packages, as requirements. Source: <https://pipenv.pypa.io/en/latest/pipfile.html>.

use super::Placed;
use super::tables::{read, table};

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
    found.sort_by_key(|package| package.range.start);
    Some(found)
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
}
