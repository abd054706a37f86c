//! Logical lines as pip joins them: over `\` at their ends, without comments.

use std::borrow::Cow;
use std::ops::Range;

/// A logical line, with the place of each part in the file.
pub(super) struct Logical<'t> {
    /// The text: continued lines joined, without comments and surrounding white space.
    pub(super) text: Cow<'t, str>,
    /// All physical lines, with their line breaks.
    pub(super) whole: Range<usize>,
    /// The offset of each joined part, in the text and in the file.
    parts: Vec<(usize, usize)>,
}

impl Logical<'_> {
    /// The place in the file of a part of the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        // The last byte counts: the next one may be on another line
        let behind = |at: usize| at.checked_sub(1).map_or_else(|| self.at(0), |last| self.at(last) + 1);
        let end = behind(range.end);
        if range.is_empty() { end..end } else { self.at(range.start)..end }
    }

    fn at(&self, offset: usize) -> usize {
        let part = self.parts.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        self.parts.get(part).map_or(offset, |(start, place)| place + (offset - start))
    }
}

/// The lines that are not empty.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Logical<'_>> {
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    std::iter::from_fn(move || {
        while at < text.len() {
            let line = next(text, at);
            at = line.whole.end;
            if !line.text.is_empty() {
                return Some(line);
            }
        }
        None
    })
}

/// The logical line at an offset.
fn next(text: &str, start: usize) -> Logical<'_> {
    let (mut joined, mut parts, mut at) = (Cow::Borrowed(""), Vec::new(), start);
    loop {
        let (line, end) = physical(text, at);
        let is_comment = line.trim_start().starts_with('#');
        let continued = line.strip_suffix('\\').filter(|_| !is_comment);
        let part = if is_comment { "" } else { continued.unwrap_or(line).trim_end_matches('\\') };
        if !part.is_empty() {
            parts.push((joined.len(), at));
            // Adding to an empty text borrows
            joined += part;
        }
        at = end;
        if continued.is_none() || at >= text.len() {
            break;
        }
    }
    let cut = comment(&joined).unwrap_or(joined.len());
    let said = joined[..cut].trim_end().len();
    let skipped = joined[..said].len() - joined[..said].trim_start().len();
    let said = skipped..said;
    for (start, place) in &mut parts {
        *place += skipped.saturating_sub(*start);
        *start = start.saturating_sub(skipped);
    }
    // Of parts with the same offset, the last one has text
    let text = match joined {
        Cow::Borrowed(text) => Cow::Borrowed(&text[said]),
        Cow::Owned(text) => Cow::Owned(text[said].to_owned()),
    };
    Logical { text, whole: start..at, parts }
}

/// A line of the file, and the offset of the next one.
fn physical(text: &str, at: usize) -> (&str, usize) {
    let rest = &text[at..];
    let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let end = if rest[length..].starts_with("\r\n") { length + 2 } else { (length + 1).min(rest.len()) };
    (&rest[..length], at + end)
}

/// The offset of a comment: at a `#` at the beginning of the line or after white space.
fn comment(line: &str) -> Option<usize> {
    let mut hashes = line.match_indices('#').map(|(at, _)| at);
    hashes.find(|at| line[..*at].chars().next_back().is_none_or(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        lines(text).map(|line| line.text.into_owned()).collect()
    }

    #[test]
    fn lines_are_joined_and_comments_are_cut() {
        assert_eq!(said("a\r\n\n  b # x\n#c\nd#e\rf\n"), ["a", "b", "d#e", "f"]);
        assert_eq!(said("a==1 \\\n  --hash=sha256:b \\\r\n--hash=c\nd"), ["a==1   --hash=sha256:b --hash=c", "d"]);
        assert_eq!(said("a==1\\\n.0\n"), ["a==1.0"]);
        assert_eq!(said("a \\\n# ends it \\\nb\n"), ["a", "b"]);
        assert_eq!(said("# not continued \\\na\n"), ["a"]);
        assert_eq!(said("\u{feff}a\n"), ["a"]);
        assert_eq!(said("a \\"), ["a"]);
        assert_eq!(said("\\\n\\\n"), Vec::<String>::new());
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "# x\n  ab \\\n  cd \\\nef # y\n";
        let line = lines(text).next().unwrap();
        assert_eq!((line.text.as_ref(), &text[line.whole.clone()]), ("ab   cd ef", &text[4..]));
        assert_eq!(&text[line.place(&(0..2))], "ab");
        assert_eq!(&text[line.place(&(5..7))], "cd");
        assert_eq!(&text[line.place(&(8..10))], "ef");
        assert_eq!(&text[line.place(&(0..10))], "ab \\\n  cd \\\nef");
        let line = lines("a\\\n  ").next().unwrap();
        assert_eq!(line.place(&(1..1)), 1..1, "the end is not on the next line");
    }
}
