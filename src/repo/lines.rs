//! Lines and columns of bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::{File, Repo, line_starts};

/// The offset of each line of a text.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Cow<'t, [usize]>,
}

impl<'t> Lines<'t> {
    /// The lines of a file; none if it is not text.
    pub(crate) fn of(repo: &'t Repo, path: &str) -> Option<Self> {
        Self::of_file(repo.get(path)?)
    }

    /// The lines of a file; none if it is not text.
    pub(crate) fn of_file(file: &'t File) -> Option<Self> {
        Some(Self { text: file.text()?, starts: Cow::Borrowed(file.line_starts()?) })
    }

    /// The lines of a text that is not a file.
    pub(crate) fn of_text(text: &'t str) -> Self {
        Self { text, starts: Cow::Owned(line_starts(text)) }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub(crate) fn position(&self, at: usize) -> (usize, usize) {
        let at = self.floor(at);
        let line = self.starts.partition_point(|start| *start <= at) - 1;
        (line + 1, self.text[self.starts[line]..at].chars().count() + 1)
    }

    /// The line, from 1, that a byte is in.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The nearest character boundary at or before `at`.
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The whole lines that contain some bytes, and the number of the first.
    pub(crate) fn around(&self, range: &Range<usize>) -> (Range<usize>, usize) {
        let first = self.line(self.floor(range.start));
        let end = self.starts.get(self.line(self.floor(range.end))).copied().unwrap_or(self.text.len());
        (self.starts[first - 1]..end, first)
    }

    /// A range within the text, on character boundaries.
    pub(crate) fn clamp(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.floor(range.start);
        start..self.floor(range.end).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let repo = Repo::from_files([("a".parse().unwrap(), "emoji: 🚀 x\nb\n".into())]);
        let lines = Lines::of(&repo, "a").unwrap();
        assert_eq!(lines.position(12), (1, 10));
        assert_eq!(lines.position(14), (2, 1));
        assert_eq!(lines.position(99), (3, 1));
        assert_eq!(lines.position(8), (1, 8), "inside of the emoji");
    }
}
