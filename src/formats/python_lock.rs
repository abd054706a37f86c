//! Lock files of uv, Poetry and PDM: the packages in them. They are large and regular, so they are read line by line.

use super::Placed;
use crate::values::normalised;

/// The packages, by their normalised names.
pub(crate) fn packages(file: &str) -> impl Iterator<Item = Placed> {
    let mut at = 0;
    file.split_inclusive('\n').filter_map(move |line| {
        let start = at + "name = \"".len();
        at += line.len();
        let name = line.strip_prefix("name = \"")?.trim_end().strip_suffix('"')?;
        Some(Placed { text: normalised(name), range: start..start + name.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_of_a_lock_is_found() {
        let file = "version = 1\r\n[[package]]\r\nname = \"Jinja_2\"\r\nversion = \"3\"\r\ndependencies = [\r\n    { name = \"x\" },\r\n]\r\n[[package]]\nname = \"a\"";
        let found: Vec<_> = packages(file).collect();
        assert_eq!(found.iter().map(|placed| placed.text.as_str()).collect::<Vec<_>>(), ["jinja-2", "a"]);
        assert_eq!(&file[found[0].range.clone()], "Jinja_2");
    }
}
