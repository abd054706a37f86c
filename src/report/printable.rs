//! The only type that the command prints: lines that are safe on a terminal and in the log of a CI run.
//!
//! A finished text mixes our own line breaks and colours with those that a hostile folder has put into its names and
//! values, and they cannot be distinguished afterwards. So a [`Printable`] is made of lines, and each is escaped *whole* when
//! it is added: our own lines contain no control characters, so any of them is foreign, and a value
//! that was not escaped by mistake can neither end its line nor begin another. The printer accepts nothing else, so a new
//! caller cannot bypass it. The output of the renderer of findings keeps its colours and nothing else, and only
//! [`Printable::workflow_command`] may begin a line with `::`.

use std::fmt;

use super::masked::masked;
use crate::escape::{Pictured, coloured, defused, in_json, shown};

/// Text that is safe to print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printable {
    text: String,
    is_document: bool,
}

impl Printable {
    /// An empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one line. Line breaks in it are escaped, as every other control character is.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.push(&defused(&shown(line.as_ref())));
    }

    /// Adds a line for each of a text's own lines: for our own text, or if line breaks have no meaning.
    pub fn lines(&mut self, text: impl AsRef<str>) {
        text.as_ref().lines().for_each(|line| self.line(line));
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Adds lines of files, such as those of a diff: tabs stay, each other control character becomes a picture, and nobody can read
    /// an access token.
    pub fn source(&mut self, text: impl AsRef<str>) {
        for line in text.as_ref().split_terminator('\n') {
            self.push(&defused(&Pictured::of(&masked(line)).text));
        }
    }

    /// Adds another printable text.
    pub fn append(&mut self, other: &Self) {
        self.text.push_str(&other.text);
    }

    /// Adds another printable text, indented.
    pub(super) fn append_indented(&mut self, other: &Self, by: usize) {
        other.text.lines().for_each(|line| self.push(&format!("{:by$}{line}", "")));
    }

    /// Adds coloured lines: they keep their colours, and no other terminal sequence.
    pub fn coloured(&mut self, text: impl AsRef<str>) {
        for line in text.as_ref().lines() {
            self.push(&defused(&coloured(line)));
        }
    }

    /// Adds a command to the runner of a GitHub workflow. The caller escapes its parts.
    pub(super) fn workflow_command(&mut self, word: &str, properties: &str, message: &str) {
        self.push(&shown(&format!("::{word} {properties}::{message}")));
    }

    /// A JSON document as the whole result.
    pub(super) fn document(json: &str) -> Self {
        Self { text: in_json(json), is_document: true }
    }

    /// Whether it is a document for programs, of which an output has one.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.is_document
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// One line.
impl From<&str> for Printable {
    fn from(line: &str) -> Self {
        let mut text = Self::new();
        text.line(line);
        text
    }
}

/// One line.
impl From<String> for Printable {
    fn from(line: String) -> Self {
        Self::from(line.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_files_show_no_token() {
        let token = format!("hf_{}", "aB3".repeat(12));
        let mut text = Printable::new();
        text.source(format!("+TOKEN={token}\n-other"));
        assert_eq!(text.as_str(), format!("+TOKEN=hf_a{}\n-other\n", "*".repeat(token.len() - 4)));
    }

    #[test]
    fn a_value_stays_in_its_line() {
        let mut text = Printable::new();
        text.line(format!("`{}` is there", "a\n::error::b"));
        text.line("::error::c");
        text.coloured("\u{1b}[1merror\u{1b}[0m: \u{1b}[2Jx\n  ::error::d");
        text.source("+a\tb\r\n ::error::e\n");
        let lines = [
            "`a\\n::error::b` is there",
            "\\::error::c",
            "\u{1b}[1merror\u{1b}[0m: \\u{1b}[2Jx",
            "  \\::error::d",
            "+a\tb␍",
            " \\::error::e",
        ];
        assert_eq!(text.as_str(), lines.map(|line| format!("{line}\n")).concat());
    }
}
