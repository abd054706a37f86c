//! Merges texts by lines: what was generated, what a person made of it, and what is generated now.

use diffy::{ConflictStyle, DiffOptions, Line, MergeOptions};

/// The markers around a conflict, as git writes them.
const YOURS: &str = "<<<<<<< yours\n";
const BETWEEN: &str = "=======\n";
const TEMPLATE: &str = ">>>>>>> template\n";

/// Lines that were changed on both sides, in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clash {
    /// The first of the lines in the file as it is, counted from 1; where none is left, the line after them.
    pub line: usize,
    /// The lines in the file as it is.
    pub yours: String,
    /// The lines of the template.
    pub template: String,
}

/// A merged text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Merged {
    Clean(String),
    /// The text with markers around each conflict.
    Marked(String),
}

/// Brings into a text what has changed from `base` to `wanted`.
pub(super) fn merge(base: &str, there: &str, wanted: &str) -> Merged {
    let mut options = MergeOptions::new();
    options.set_conflict_style(ConflictStyle::Merge);
    options.set_incomplete_hunk_style(diffy::IncompleteHunkStyle::Git);
    match options.merge(base, there, wanted) {
        Ok(text) => Merged::Clean(text),
        Err(text) => Merged::Marked(named(&text)),
    }
}

/// Marks every difference between two texts of which no common ancestor is known.
pub(super) fn mark_all(there: &str, wanted: &str) -> String {
    let mut text = String::new();
    for part in parts(there, wanted) {
        match part {
            Part::Same(lines) => text.push_str(&lines),
            Part::Differs { before, after } => {
                let sides = [(YOURS, before), (BETWEEN, after), (TEMPLATE, String::new())];
                for (marker, lines) in sides {
                    text.push_str(marker);
                    text.push_str(&super::ended(&lines));
                }
            }
        }
    }
    text
}

/// A stretch of lines.
pub(crate) enum Part {
    /// In both texts.
    Same(String),
    Differs {
        before: String,
        after: String,
    },
}

/// Two texts as the stretches in which they are the same and in which they differ.
pub(crate) fn parts(before: &str, after: &str) -> Vec<Part> {
    let mut options = DiffOptions::new();
    options.set_context_len(0);
    let patch = options.create_patch(before, after);
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let mut parts = Vec::new();
    let mut at = 0;
    for hunk in patch.hunks() {
        let (mut old, mut new, mut removed) = (String::new(), String::new(), 0);
        for line in hunk.lines() {
            match line {
                Line::Delete(line) => {
                    removed += 1;
                    old.push_str(line);
                }
                Line::Insert(line) => new.push_str(line),
                Line::Context(_) => {}
            }
        }
        // For added lines alone, the range begins with the line before them
        let start = if removed == 0 { hunk.old_range().start() } else { hunk.old_range().start().saturating_sub(1) };
        parts.push(Part::Same(lines.get(at..start).unwrap_or_default().concat()));
        parts.push(Part::Differs { before: old, after: new });
        at = start + removed;
    }
    parts.push(Part::Same(lines.get(at..).unwrap_or_default().concat()));
    parts
}

/// The same text with our names at its markers. Texts with such lines of their own are not merged.
fn named(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| match line.trim_end() {
        "<<<<<<< ours" => YOURS,
        ">>>>>>> theirs" => TEMPLATE,
        _ => line,
    });
    lines.collect()
}

/// Whether a text has lines like the markers.
pub(super) fn has_markers(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "))
}

/// The number of the first line with which we began a conflict, counted from 1.
pub(crate) fn first_marker(text: &str) -> Option<usize> {
    text.lines().position(|line| line.starts_with(YOURS.trim_end())).map(|index| index + 1)
}

/// The conflicts in a marked text.
pub(super) fn clashes(marked: &str) -> Vec<Clash> {
    let mut clashes = Vec::new();
    let mut open: Option<(Clash, bool)> = None;
    let mut line_number = 1;
    for line in marked.split_inclusive('\n') {
        match (&mut open, line) {
            (None, YOURS) => {
                open = Some((Clash { line: line_number, yours: String::new(), template: String::new() }, false));
            }
            (Some((_, is_template @ false)), BETWEEN) => *is_template = true,
            (Some(_), TEMPLATE) => clashes.extend(open.take().map(|(clash, _)| clash)),
            (Some((clash, true)), line) => clash.template.push_str(line),
            (Some((clash, false)), line) => {
                clash.yours.push_str(line);
                line_number += 1;
            }
            (None, _) => line_number += 1,
        }
    }
    clashes
}

/// The line breaks of a text: those of Windows only if most lines have them, as where a tool has added one without.
pub(super) fn has_crlf(text: &str) -> bool {
    text.matches('\n').count() < 2 * text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "FROM a:1\nRUN one\nRUN two\nRUN three\nCMD x\n";

    #[test]
    fn both_sides_are_in_the_result() {
        let there = BASE.replace("CMD x", "CMD mine");
        let wanted = BASE.replace("a:1", "a:2");
        assert_eq!(merge(BASE, &there, &wanted), Merged::Clean(there.replace("a:1", "a:2")));
        assert_eq!(merge(BASE, &there, BASE), Merged::Clean(there));
    }

    #[test]
    fn a_conflict_is_found_with_its_lines() {
        let there = BASE.replace("FROM a:1", "FROM b").replace("CMD x\n", "CMD y");
        let wanted = BASE.replace("a:1", "a:2").replace("CMD x\n", "CMD z\nLABEL a\n");
        let Merged::Marked(text) = merge(BASE, &there, &wanted) else { panic!("it is clean") };
        let expected = "<<<<<<< yours\nFROM b\n=======\nFROM a:2\n>>>>>>> template\nRUN one\nRUN two\nRUN three\n\
            <<<<<<< yours\nCMD y\n=======\nCMD z\nLABEL a\n>>>>>>> template\n";
        assert_eq!(text, expected);
        let [first, second] = &clashes(&text)[..] else { panic!("{:?}", clashes(&text)) };
        assert_eq!((first.line, &*first.yours, &*first.template), (1, "FROM b\n", "FROM a:2\n"));
        assert_eq!((second.line, &*second.template), (5, "CMD z\nLABEL a\n"));
    }

    #[test]
    fn without_an_ancestor_each_difference_is_marked() {
        let wanted = "new\nFROM a:1\nRUN one\nRUN other\nRUN three\nCMD x\nlast\n";
        let text = mark_all(BASE, wanted);
        assert_eq!(clashes(&text).iter().map(|clash| clash.line).collect::<Vec<_>>(), [1, 3, 6], "{text}");
        let side = |is_ours: bool| -> String {
            let lines = parts(BASE, wanted).into_iter().map(|part| match part {
                Part::Same(lines) => lines,
                Part::Differs { before, .. } if is_ours => before,
                Part::Differs { after, .. } => after,
            });
            lines.collect()
        };
        assert_eq!((side(true), side(false)), (BASE.to_owned(), wanted.to_owned()));
    }

    #[test]
    fn only_a_text_with_crlf_in_most_lines_keeps_it() {
        assert!(
            has_crlf("a\r\nb\r\n")
                && has_crlf("a\r\nb\r\nc\n")
                && !has_crlf("a\r\nb\n")
                && !has_crlf("a\n")
                && !has_crlf("a")
        );
    }
}
