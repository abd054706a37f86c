//! The exceptions of Python: their frames, and which of them belong together.

use super::clean::Line;

/// The first line of an exception.
const HEADING: &str = "Traceback (most recent call last)";

/// More of a frame than this is not kept.
const FRAME_MOST: usize = 600;

/// What is known of the last exception.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// Whether its frames are shown.
    is_inside: bool,
    /// Where it begins.
    first_line: u64,
    /// The number of chains of exceptions until now.
    chain: u32,
    /// Whether the next exception is a consequence of the last one.
    is_chained: bool,
    /// Whether the program logs it as a warning or less.
    is_logged: bool,
    /// The lines of its last frame.
    frame: String,
}

impl Trace {
    /// Whether the line is the exception below its frames.
    pub(super) fn follow(&mut self, line: &Line<'_>) -> bool {
        let message = line.message();
        if let Some(at) = message.find(HEADING) {
            self.enter(line.number);
            let before = &line.text[..line.start + at];
            self.is_logged = ["WARNING", "INFO", "DEBUG"].iter().any(|level| before.contains(level));
            return false;
        }
        if message.starts_with("File \"") && message.contains("\", line ") {
            // The heading is missing in a log that was cut
            if !self.is_inside {
                self.enter(line.number);
            }
            self.frame.clear();
        }
        if !self.is_inside {
            return false;
        }
        if line.is_indented
            || message.starts_with(['^', '~', '|', '\u{2502}', '\u{256d}', '\u{2570}'])
            || message.starts_with("File \"")
        {
            let room = FRAME_MOST.saturating_sub(self.frame.len());
            self.frame.push_str(&message[..message.floor_char_boundary(room)]);
            self.frame.push('\n');
            return false;
        }
        self.is_inside = false;
        let name = message.split(':').next().unwrap_or_default();
        let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
        !name.is_empty() && name.chars().all(is_name)
    }

    fn enter(&mut self, line: u64) {
        self.chain += u32::from(!std::mem::take(&mut self.is_chained));
        self.is_inside = true;
        self.is_logged = false;
        self.first_line = line;
        self.frame.clear();
    }

    /// The next exception is a consequence of this one.
    pub(super) fn continues(&mut self) {
        self.is_chained = true;
    }

    /// What follows is another program.
    pub(super) fn leave(&mut self) {
        self.is_inside = false;
    }

    pub(super) fn is_inside(&self) -> bool {
        self.is_inside
    }

    pub(super) fn is_logged(&self) -> bool {
        self.is_logged
    }

    pub(super) fn first_line(&self) -> u64 {
        self.first_line
    }

    pub(super) fn chain(&self) -> u32 {
        self.chain
    }

    /// Whether a text is in the last frame.
    pub(super) fn frame_has(&self, text: &str) -> bool {
        self.frame.contains(text)
    }
}
