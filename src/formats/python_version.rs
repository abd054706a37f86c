//! Files that name a version of Python: `.python-version` of pyenv and uv, `runtime.txt` of Heroku.
//!
//! Sources: <https://github.com/pyenv/pyenv#understanding-python-version-selection>,
//! <https://devcenter.heroku.com/articles/python-runtimes>.

use super::Placed;
use crate::values::pep440::{Version, version};

/// The first significant line.
pub(crate) fn line(file: &str) -> Option<Placed> {
    let mut at = 0;
    file.split_inclusive('\n').find_map(|whole| {
        let start = at + whole.len() - whole.trim_start().len();
        at += whole.len();
        let text = whole.trim();
        let says = !text.is_empty() && !text.starts_with('#');
        says.then(|| Placed { text: text.to_owned(), range: start..start + text.len() })
    })
}

/// The version of Python 3 in what people write: `3.11.4`, `python-3.11`, `>=3.11`. None without a minor number.
pub(crate) fn named(text: &str) -> Option<Version> {
    let start = text.find(|char: char| char.is_ascii_digit())?;
    let end = text[start..].find(|char: char| !(char.is_ascii_digit() || char == '.')).unwrap_or(text.len() - start);
    let found = version(text[start..start + end].trim_end_matches('.'))?;
    Some(found).filter(|found| found.release().len() >= 2 && found.release().first() == Some(&3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_says_something() {
        let file = "# pyenv\n\n  3.11.4 \n3.12\n";
        let found = line(file).unwrap();
        assert_eq!((found.text.as_str(), &file[found.range]), ("3.11.4", "3.11.4"));
        assert_eq!(line("# nothing\n"), None);
    }

    #[test]
    fn versions_in_what_people_write() {
        for (text, found) in [
            ("3.11.4", Some("3.11.4")),
            ("python-3.10.13", Some("3.10.13")),
            ("python=3.10", Some("3.10")),
            ("pypy", None),
            ("3", None),
            ("2.7", None),
            ("3..1", None),
        ] {
            assert_eq!(named(text).map(|version| version.to_string()).as_deref(), found, "{text}");
        }
    }
}
