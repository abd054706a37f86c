//! The end of a log that explains a failure.

use super::Printable;

/// How many lines are shown.
const LINES: usize = 20;

/// The longest line that is shown, in characters.
const LINE: usize = 300;

/// Adds the last lines of a log that have something in them, below a heading; nothing if there are none. Returns whether there are.
pub(super) fn add_log_end(text: &mut Printable, heading: &str, log: &str) -> bool {
    let lines: Vec<&str> = log.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return false;
    }
    text.blank();
    text.line(heading);
    for line in &lines[lines.len().saturating_sub(LINES)..] {
        let end = line.char_indices().nth(LINE).map_or(line.len(), |(at, _)| at);
        text.source(format!("  | {}", &line[..end]));
    }
    true
}
