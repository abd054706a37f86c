//! Lock files of uv, Poetry and PDM: the packages in them. They are large and regular, so they are read line by line.

use super::Placed;
use crate::values::normalised;

/// A package that is locked.
#[derive(Debug)]
pub(crate) struct Locked<'f> {
    /// Its normalised name.
    pub(crate) name: Placed,
    /// Its version, unless the file says it elsewhere than in the next line.
    pub(crate) version: Option<&'f str>,
}

/// The packages. One that has several versions, each for some Pythons, is there several times.
pub(crate) fn packages(file: &str) -> impl Iterator<Item = Locked<'_>> {
    let mut at = 0;
    file.split_inclusive('\n').filter_map(move |line| {
        let start = at + "name = \"".len();
        at += line.len();
        let name = quoted(line, "name")?;
        let version = file[at..].lines().next().and_then(|next| quoted(next, "version"));
        Some(Locked { name: Placed { text: normalised(name), range: start..start + name.len() }, version })
    })
}

/// The text of a key.
fn quoted<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix(key)?.strip_prefix(" = \"")?.trim_end().strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_of_a_lock_is_found() {
        let file = "version = 1\r\n[[package]]\r\nname = \"Jinja_2\"\r\nversion = \"3\"\r\ndependencies = [\r\n    { name = \"x\" },\r\n]\r\n[[package]]\nname = \"a\"";
        let found: Vec<_> = packages(file).collect();
        let shown: Vec<_> = found.iter().map(|locked| (locked.name.text.as_str(), locked.version)).collect();
        assert_eq!(shown, [("jinja-2", Some("3")), ("a", None)]);
        assert_eq!(&file[found[0].name.range.clone()], "Jinja_2");
    }
}
