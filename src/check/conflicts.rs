//! The markers of a merge conflict that git, or an update, writes into a file.
//!
//! Source: <https://git-scm.com/docs/git-merge#_how_conflicts_are_presented>.

use std::ops::Range;

/// The fewest characters of a marker. git makes longer ones for files that have such lines of their own, and so does an update.
const LEAST: usize = 7;

/// Some editors write one before the first line.
pub(super) const BOM: char = '\u{feff}';

/// A conflict that is whole: the places of its first and its last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) opening: Range<usize>,
    pub(super) closing: Range<usize>,
}

/// The conflicts in a text: the three markers in this order, equally long, each at the beginning of a line.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    // Most files have none
    if !text.contains("<<<<<<<") {
        return found;
    }
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut is_in_second = false;
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let mut at = text.len() - body.len();
    for whole in body.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let place = at..at + line.len();
        at += whole.len();
        let length = open.as_ref().map_or(LEAST, |(_, length)| *length);
        if let Some(new) = marker(line, '<').filter(|new| *new >= length) {
            (open, is_in_second) = (Some((place, new)), false);
        } else if open.is_some() && line.len() == length && line.bytes().all(|byte| byte == b'=') {
            is_in_second = true;
        } else if is_in_second && marker(line, '>') == Some(length) {
            found.extend(open.take().map(|(opening, _)| Conflict { opening, closing: place }));
            is_in_second = false;
        }
    }
    found
}

/// The length of the marker that a line begins with, before a name.
fn marker(line: &str, char: char) -> Option<usize> {
    let rest = line.trim_start_matches(char);
    let length = line.len() - rest.len();
    (length >= LEAST && rest.starts_with(' ')).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n";

    #[test]
    fn all_three_markers_make_a_conflict() {
        for (text, count) in [
            (WHOLE.to_owned(), 1),
            (WHOLE.replace('\n', "\r\n"), 1),
            (format!("above\n{WHOLE}between\n{WHOLE}"), 2),
            (WHOLE.replace("=======", "||||||| base\nc\n======="), 1),
            (WHOLE.trim_end().to_owned(), 1),
            (format!("<<<<<<< lost\n{WHOLE}"), 1),
            ("Title\n=======\n\n<<<<<<< a\n>>>>>>> b\n".to_owned(), 0),
            ("<<<<<<< a\nb\n>>>>>>> c\n=======\n".to_owned(), 0),
            ("=======\n<<<<<<< a\n>>>>>>> b\n".to_owned(), 0),
            (WHOLE.replace("<<<<<<<", "<<<<<<<<"), 0),
            (WHOLE.replace(['<', '=', '>'], "").replace("a\n", "<<<<<<<<< a\n=======\n=========\n>>>>>>>>> b\n"), 1),
            (format!("<<<<<<<< HEAD\n{WHOLE}========\n>>>>>>>> other\n"), 1),
            (WHOLE.replace("=======", "========"), 0),
            (WHOLE.replace(">>>>>>>", ">>>>>>"), 0),
            (WHOLE.replace('\n', "\n "), 0),
            (WHOLE.replace("<<<<<<< HEAD", "<<<<<<<HEAD"), 0),
            (format!("{BOM}{WHOLE}"), 1),
            (String::new(), 0),
        ] {
            assert_eq!(conflicts(&text).len(), count, "{text:?}");
        }
        assert_eq!(conflicts(&format!("{BOM}{WHOLE}")), [Conflict { opening: 3..15, closing: 28..41 }]);
        assert_eq!(conflicts(WHOLE), [Conflict { opening: 0..12, closing: 25..38 }]);
    }
}
