//! `package.json`. Source: <https://docs.npmjs.com/cli/configuring-npm/package-json>.

use std::ops::Range;

use super::json::Json;

/// A `package.json`.
#[derive(Debug)]
pub(crate) struct PackageJson {
    root: Json,
}

impl PackageJson {
    /// Reads one; none if it is malformed or not an object.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = Json::read(text)?;
        matches!(root.kind, super::json::JsonKind::Object(_)).then_some(Self { root })
    }

    /// The text at the end of a path of keys.
    pub(crate) fn text(&self, keys: &[&str]) -> Option<&str> {
        self.root.at(keys)?.value.as_text()
    }

    /// The place of the key at the end of a path of keys.
    pub(crate) fn place(&self, keys: &[&str]) -> Option<Range<usize>> {
        Some(self.root.at(keys)?.at.clone())
    }

    /// The entries of a table of texts, such as `dependencies`, each with the place of its key.
    pub(crate) fn entries(&self, table: &str) -> impl Iterator<Item = (&str, &str, Range<usize>)> {
        let members = self.root.member(table).map_or(&[][..], |member| member.value.members());
        members.iter().filter_map(|member| Some((member.name.as_str(), member.value.as_text()?, member.at.clone())))
    }

    /// The place of a package among the dependencies, those for development included.
    pub(crate) fn dependency(&self, name: &str) -> Option<Range<usize>> {
        let table =
            ["dependencies", "devDependencies"].into_iter().find(|table| self.text(&[table, name]).is_some())?;
        self.place(&[table, name])
    }

    /// The line of a script.
    pub(crate) fn script(&self, name: &str) -> Option<&str> {
        self.text(&["scripts", name]).map(str::trim).filter(|script| !script.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_and_scripts_are_found_where_they_stand() {
        let text = r#"{"keywords": ["next"], "scripts": {"build": " next build ", "start": " "},
            "devDependencies": {"next": "^15", "odd": 1}}"#;
        let package = PackageJson::read(text).unwrap();
        assert_eq!((package.script("build"), package.script("start")), (Some("next build"), None));
        let place = package.dependency("next").unwrap();
        assert_eq!((&text[place.clone()], place.start > 90), ("\"next\"", true), "not the keyword");
        assert_eq!(package.entries("devDependencies").count(), 1);
        assert_eq!((package.dependency("odd"), package.text(&["keywords"])), (None, None));
        assert!(PackageJson::read("[]").is_none());
    }
}
