//! The output of a build or an app, bounded.

use std::collections::VecDeque;

/// How many bytes of the beginning and of the end are kept.
const BEGINNING: usize = 1 << 20;
const END: usize = 3 << 20;

/// The longest line that is shown, in characters.
const LINE: usize = 300;

/// Output of which the middle may be missing.
#[derive(Debug, Default)]
pub(super) struct Log {
    beginning: Vec<u8>,
    end: VecDeque<u8>,
    dropped: usize,
}

impl Log {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let room = (BEGINNING - self.beginning.len()).min(bytes.len());
        self.beginning.extend(&bytes[..room]);
        let rest = &bytes[room..];
        let kept = &rest[rest.len().saturating_sub(END)..];
        let excess = (self.end.len() + kept.len()).saturating_sub(END);
        self.end.drain(..excess);
        self.end.extend(kept);
        self.dropped += excess + rest.len() - kept.len();
    }

    /// The text, with a line that says how much is missing.
    pub(super) fn text(&self) -> String {
        let (first, second) = self.end.as_slices();
        let end = String::from_utf8_lossy(&[first, second].concat()).into_owned();
        let beginning = String::from_utf8_lossy(&self.beginning);
        match self.dropped {
            0 => format!("{beginning}{end}"),
            dropped => format!("{beginning}\n[{dropped} bytes left out]\n{end}"),
        }
    }
}

/// The beginning of a line: a hostile one has no end.
pub(super) fn shortened(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= LINE {
        return line.to_owned();
    }
    line.chars().take(LINE).chain(['…']).collect()
}

/// The last line of a text that has something in it, shortened.
pub(super) fn last_line(text: &str) -> String {
    last_lines(text, 1).first().map(|line| shortened(line)).unwrap_or_default()
}

/// The last line that looks like an error, otherwise the last one: programs print versions and hints below an error.
pub(super) fn last_error(text: &str) -> String {
    let is_error = |line: &&str| {
        let name = line.trim().split([':', ' ']).next().unwrap_or_default();
        let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
        let is_exception = ["Error", "Exception", "error"].iter().any(|end| name.ends_with(end));
        is_exception && name.chars().all(is_name) && line.trim().len() > name.len() + 1
    };
    last_lines(text, 40).into_iter().rev().find(is_error).map_or_else(|| last_line(text), shortened)
}

/// The last lines of a text that have something in them.
pub(super) fn last_lines(text: &str, most: usize) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().rev().filter(|line| !line.trim().is_empty()).take(most).collect();
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_the_end_are_kept() {
        let mut log = Log::default();
        log.add(b"first\n");
        log.add(&vec![b'x'; 50 << 20]);
        log.add(b"\nlast\n");
        let text = log.text();
        assert!(text.starts_with("first\n") && text.ends_with("\nlast\n"));
        assert!(text.len() < (5 << 20) && text.contains("bytes left out"), "{}", text.len());
        assert_eq!(last_line(&"x".repeat(1 << 20)).chars().count(), LINE + 1);
        let node = "throw err;\n^\n\nError: Cannot find module 'express'\n    at a (b.js:1:2)\n\nNode.js v20.19.2\n";
        assert_eq!(last_error(node), "Error: Cannot find module 'express'");
        assert_eq!(last_error("starting\nall done\n"), "all done");
        assert_eq!(last_lines("a\n\nb\n \nc\n", 2), ["b", "c"]);
    }
}
