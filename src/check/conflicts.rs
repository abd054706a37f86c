//! The markers of a merge conflict that git, or an update, writes into a file.
//!
//! Source: <https://git-scm.com/docs/git-merge#_how_conflicts_are_presented>.

use std::ops::Range;

const OPENING: &str = "<<<<<<< ";
const MIDDLE: &str = "=======";
const CLOSING: &str = ">>>>>>> ";

/// A conflict that is whole: the places of its first and its last line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conflict {
    pub(super) opening: Range<usize>,
    pub(super) closing: Range<usize>,
}

/// The conflicts in a text: the three markers in this order, each at the beginning of a line.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    // Most files have none
    if !text.starts_with(OPENING) && !text.contains("\n<<<<<<< ") {
        return found;
    }
    let mut opening: Option<Range<usize>> = None;
    let mut is_in_second = false;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let place = at..at + line.len();
        at += whole.len();
        if line.starts_with(OPENING) {
            (opening, is_in_second) = (Some(place), false);
        } else if line == MIDDLE && opening.is_some() {
            is_in_second = true;
        } else if line.starts_with(CLOSING) && is_in_second {
            found.extend(opening.take().map(|opening| Conflict { opening, closing: place }));
            is_in_second = false;
        }
    }
    found
}

/// The fenced blocks of code, and those of `<pre>`, in a text of Markdown.
pub(super) fn blocks_of_code(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim();
        match open {
            Some((from, end)) if closes(line, end) => {
                blocks.push(from..at);
                open = None;
            }
            Some(_) => {}
            None => open = opened(line).map(|end| (start, end)),
        }
    }
    // One that is not closed goes on to the end
    blocks.extend(open.map(|(from, _)| from..text.len()));
    blocks
}

/// What ends the block that a line begins.
fn opened(line: &str) -> Option<&str> {
    if line.starts_with("<pre") {
        return (!line.contains("</pre>")).then_some("</pre>");
    }
    let sign = line.chars().next().filter(|sign| ['`', '~'].contains(sign))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    let (fence, info) = line.split_at(length);
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some(fence)
}

fn closes(line: &str, end: &str) -> bool {
    if end == "</pre>" {
        return line.contains(end);
    }
    let sign = end.chars().next().unwrap_or('`');
    line.len() >= end.len() && line.chars().all(|char| char == sign)
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
            (WHOLE.replace("=======", "========"), 0),
            (WHOLE.replace(">>>>>>>", ">>>>>>"), 0),
            (WHOLE.replace('\n', "\n "), 0),
            (WHOLE.replace("<<<<<<< HEAD", "<<<<<<<HEAD"), 0),
            (String::new(), 0),
        ] {
            assert_eq!(conflicts(&text).len(), count, "{text:?}");
        }
        assert_eq!(conflicts(WHOLE), [Conflict { opening: 0..12, closing: 25..38 }]);
    }

    #[test]
    fn code_in_markdown_is_found() {
        for (text, blocks) in [
            ("a\n```\nb\n```\nc\n", vec!["```\nb\n```\n"]),
            ("~~~~ sh\n~~~\n```\n~~~~~\n", vec!["~~~~ sh\n~~~\n```\n~~~~~\n"]),
            ("- a\n  ```\n  b\n  ```\n", vec!["  ```\n  b\n  ```\n"]),
            ("```a```\nb\n", vec![]),
            ("``\nb\n``\n", vec![]),
            ("```\nb", vec!["```\nb"]),
            ("<pre>a</pre>\n<pre class=\"b\">\nc\n</pre>\nd\n", vec!["<pre class=\"b\">\nc\n</pre>\n"]),
        ] {
            let found: Vec<&str> = blocks_of_code(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, blocks, "{text:?}");
        }
    }
}
