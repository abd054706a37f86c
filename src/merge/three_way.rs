//! Merges texts by lines: what was generated, what a person made of it, and what is generated now.

use diffy::{ConflictStyle, DiffOptions, Line, MergeOptions};

use super::clash::{Clashing, marker_length};

/// A merged text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Merged {
    Clean(String),
    Clashing(Clashing),
}

/// Brings into a text what has changed from `base` to `wanted`.
pub(super) fn merge(base: &str, there: &str, wanted: &str) -> Merged {
    let length = marker_length(&[base, there, wanted]);
    let mut options = MergeOptions::new();
    options.set_conflict_marker_length(length);
    options.set_conflict_style(ConflictStyle::Merge);
    options.set_incomplete_hunk_style(diffy::IncompleteHunkStyle::Git);
    match options.merge(base, there, wanted) {
        Ok(text) => Merged::Clean(text),
        Err(text) => Merged::Clashing(Clashing::read(&text, length, there, wanted)),
    }
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
