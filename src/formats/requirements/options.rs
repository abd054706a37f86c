//! Options of a requirements file: on lines of their own, and after a requirement.
//!
//! Source: <https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options>.

use std::ops::Range;

/// The options that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    /// `-r`: another file of requirements.
    Requirement,
    /// `-c`: another file, which limits versions and installs nothing.
    Constraint,
    /// `-e`: a package that is installed in place.
    Editable,
    /// `-f`: a folder or a page with packages.
    FindLinks,
    /// `-i`: the index to install from.
    Index,
    /// `--extra-index-url`: one more index.
    ExtraIndex,
    /// `--hash`: what a downloaded file must match.
    Hash,
    /// `--require-hashes`: nothing is installed without one.
    RequireHashes,
    /// Any other.
    Other,
}

/// An option with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opt {
    pub(crate) flag: Flag,
    /// Empty for an option without one.
    pub(crate) value: String,
    /// The place of the value, or of an option without one.
    pub(crate) range: Range<usize>,
}

/// Options with a value.
const WITH_VALUE: [(&str, Option<&str>, Flag); 16] = [
    ("--requirement", Some("-r"), Flag::Requirement),
    ("--constraint", Some("-c"), Flag::Constraint),
    ("--editable", Some("-e"), Flag::Editable),
    ("--find-links", Some("-f"), Flag::FindLinks),
    ("--index-url", Some("-i"), Flag::Index),
    ("--pypi-url", None, Flag::Index),
    ("--extra-index-url", None, Flag::ExtraIndex),
    ("--hash", None, Flag::Hash),
    ("--no-binary", None, Flag::Other),
    ("--only-binary", None, Flag::Other),
    ("--trusted-host", None, Flag::Other),
    ("--use-feature", None, Flag::Other),
    ("--global-option", None, Flag::Other),
    ("--install-option", None, Flag::Other),
    ("--config-settings", Some("-C"), Flag::Other),
    ("--config-setting", None, Flag::Other),
];

/// The maximum number of options of a line.
const OPTIONS_MAX: usize = 1000;

/// Where the options of a line begin: at the first word with a leading `-`.
pub(super) fn start(line: &str) -> usize {
    words(line).find(|word| line[word.clone()].starts_with('-')).map_or(line.len(), |word| word.start)
}

/// The options of a text. Words that do not belong to an option are skipped.
pub(super) fn read(text: &str, from: usize) -> Vec<Opt> {
    let mut words = words(&text[from..]).map(|word| from + word.start..from + word.end);
    let mut found = Vec::new();
    while let Some(word) = words.next().filter(|_| found.len() < OPTIONS_MAX) {
        let written = &text[word.clone()];
        if !written.starts_with('-') {
            continue;
        }
        let known = WITH_VALUE.iter().find_map(|(long, short, flag)| Some((*flag, value_at(written, long, *short)?)));
        let (flag, value) = match known {
            Some((flag, at)) if at == written.len() && !written.ends_with('=') => {
                (flag, words.next().unwrap_or(word.end..word.end))
            }
            Some((flag, at)) => (flag, word.start + at..word.end),
            None => {
                let flag = if written == "--require-hashes" { Flag::RequireHashes } else { Flag::Other };
                found.push(Opt { flag, value: String::new(), range: word });
                continue;
            }
        };
        let value = without_quotes(text, value);
        found.push(Opt { flag, value: text[value.clone()].to_owned(), range: value });
    }
    found
}

/// The offset of the value in a word that is the option: `--hash=x`, `-rx`, `-r=x`. At its end, it is the next word.
fn value_at(word: &str, long: &str, short: Option<&str>) -> Option<usize> {
    if let Some(rest) = word.strip_prefix(long) {
        return (rest.is_empty() || rest.starts_with('='))
            .then(|| word.len() - rest.len() + usize::from(!rest.is_empty()));
    }
    let rest = word.strip_prefix(short?)?;
    Some(word.len() - rest.strip_prefix('=').unwrap_or(rest).len())
}

/// The words of a text. Quotes hold white space together.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start().len();
        let start = at;
        let mut quote = None;
        let end = text[start..].char_indices().find(|(_, char)| {
            match quote {
                None if char.is_whitespace() => return true,
                None if matches!(char, '"' | '\'') => quote = Some(*char),
                Some(open) if open == *char => quote = None,
                _ => {}
            }
            false
        });
        at = end.map_or(text.len(), |(length, _)| start + length);
        (start < at).then_some(start..at)
    })
}

/// A value without the quotes around it.
fn without_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let is_quoted =
        ['"', '\''].iter().any(|quote| value.len() >= 2 && value.starts_with(*quote) && value.ends_with(*quote));
    if is_quoted { range.start + 1..range.end - 1 } else { range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_as_pip_takes_them() {
        for (line, options) in [
            ("-r base.txt", &[(Flag::Requirement, "base.txt")][..]),
            ("-rbase.txt", &[(Flag::Requirement, "base.txt")]),
            ("--requirement=a.txt", &[(Flag::Requirement, "a.txt")]),
            ("--requirement a.txt", &[(Flag::Requirement, "a.txt")]),
            ("-c 'my file.txt'", &[(Flag::Constraint, "my file.txt")]),
            (
                "-i https://a --extra-index-url=https://b",
                &[(Flag::Index, "https://a"), (Flag::ExtraIndex, "https://b")],
            ),
            ("-e .[dev]", &[(Flag::Editable, ".[dev]")]),
            ("-f wheels --no-index", &[(Flag::FindLinks, "wheels"), (Flag::Other, "")]),
            ("--require-hashes", &[(Flag::RequireHashes, "")]),
            ("--requirements-x y", &[(Flag::Other, "")]),
            ("--no-binary :all: --pre", &[(Flag::Other, ":all:"), (Flag::Other, "")]),
            ("-r", &[(Flag::Requirement, "")]),
        ] {
            let read = read(line, 0);
            let shown: Vec<_> = read.iter().map(|option| (option.flag, option.value.as_str())).collect();
            assert_eq!(shown, options, "{line}");
            assert!(read.iter().all(|option| option.value.is_empty() || line[option.range.clone()] == option.value));
        }
    }

    #[test]
    fn options_begin_behind_the_requirement() {
        let line = "a == 1-2; os_name == '-x y' --hash=sha256:ab --hash sha256:cd";
        assert_eq!(start(line), line.find("--hash").unwrap());
        assert_eq!(read(line, start(line)).len(), 2);
        assert_eq!(start("a-b"), 3);
    }
}
