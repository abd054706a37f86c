//! Takes from a line what is not part of its message: sequences for terminals, times, names of containers, JSON around it.

use std::borrow::Cow;

/// A piece of a line without sequences for terminals and control characters. A carriage return stays: what is before it was overwritten.
pub(super) fn clean(piece: &[u8]) -> Cow<'_, str> {
    // Colours without their escape are left in text that was copied from a page
    let is_colour = |pair: &[u8]| pair[0] == b'[' && pair[1].is_ascii_digit();
    let has_colours = piece.contains(&b'[') && piece.windows(2).any(is_colour);
    if !has_controls(piece) && !has_colours {
        return String::from_utf8_lossy(piece);
    }
    let mut kept = Vec::with_capacity(piece.len());
    let mut at = 0;
    while let Some(byte) = piece.get(at) {
        let rest = &piece[at..];
        at += match byte {
            0x1b => sequence(rest),
            b'[' if colour(rest) > 0 => colour(rest),
            b'\t' | b'\r' => {
                kept.push(*byte);
                1
            }
            0..0x20 | 0x7f => 1,
            _ => {
                kept.push(*byte);
                1
            }
        };
    }
    Cow::Owned(String::from_utf8_lossy(&kept).into_owned())
}

/// The message of a line that is a JSON object, as loggers and the Hub's stream of events (`data: {..}`) write them.
pub(super) fn json_text(line: &str) -> Option<String> {
    let object = line.trim().strip_prefix("data:").unwrap_or(line).trim();
    if !object.starts_with('{') || !object.ends_with('}') {
        return None;
    }
    let keys = ["message", "msg", "data", "log", "text", "event"];
    let all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(object).ok()?;
    let texts = keys.iter().filter_map(|key| all.get(*key)?.as_str());
    // A program may log an exception beside its message
    let more = ["exception", "exc_info", "stack", "traceback"].iter().filter_map(|key| all.get(*key)?.as_str());
    let text = texts.take(1).chain(more).collect::<Vec<_>>().join("\n");
    (!text.is_empty()).then_some(text)
}

/// Whether a piece has control characters.
pub(super) fn has_controls(piece: &[u8]) -> bool {
    piece.iter().fold(0, |count, byte| count + u32::from(*byte < 0x20 || *byte == 0x7f)) > 0
}

/// The length of a sequence that begins with an escape.
fn sequence(rest: &[u8]) -> usize {
    match rest.get(1) {
        Some(b'[') => {
            2 + rest[2..].iter().position(|byte| (0x40..0x7f).contains(byte)).map_or(rest.len() - 2, |at| at + 1)
        }
        // Titles and links end with a bell or with `ESC \`
        Some(b']') => {
            let end = rest
                .iter()
                .enumerate()
                .skip(2)
                .find(|(at, byte)| **byte == 7 || **byte == b'\\' && rest[at - 1] == 0x1b);
            end.map_or(2, |(at, _)| at + 1)
        }
        Some(_) => 2,
        None => 1,
    }
}

/// The length of a colour without its escape: `[31m`, `[1;31m`.
fn colour(rest: &[u8]) -> usize {
    let length = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    let is_one = (1..=8).contains(&length) && rest[1].is_ascii_digit() && rest.get(length + 1) == Some(&b'm');
    if is_one { length + 2 } else { 0 }
}

/// A line of a log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) number: u64,
    pub(super) text: &'t str,
    /// Where its message begins.
    pub(super) start: usize,
    /// The number of the step of `BuildKit` that printed it.
    pub(super) step: Option<u32>,
    /// Whether the message is indented.
    pub(super) is_indented: bool,
}

impl<'t> Line<'t> {
    pub(super) fn new(number: u64, text: &'t str) -> Self {
        let text = text.trim_end();
        let mut rest = text;
        let mut step = None;
        for _ in 0..8 {
            let trimmed = rest.strip_prefix(['\u{feff}']).unwrap_or(rest);
            if step.is_none()
                && let Some((number, after)) = step_number(trimmed)
            {
                step = Some(number);
                rest = after;
                continue;
            }
            let Some(after) = without_prefix(trimmed) else {
                rest = trimmed;
                break;
            };
            rest = after;
        }
        let message = rest.trim_start();
        let is_indented = message.len() < rest.len();
        Self { number, text, start: text.len() - message.len(), step, is_indented }
    }

    /// The message, without what is before it.
    pub(super) fn message(&self) -> &'t str {
        &self.text[self.start..]
    }
}

/// `#7 ` of `BuildKit`.
fn step_number(text: &str) -> Option<(u32, &str)> {
    let (number, after) = text.trim_start().strip_prefix('#')?.split_once(' ')?;
    Some((number.parse().ok()?, after))
}

/// The text without one prefix.
fn without_prefix(text: &str) -> Option<&str> {
    let trimmed = text.trim_start();
    let after = without_time(trimmed).or_else(|| without_brackets(trimmed)).or_else(|| without_container(trimmed));
    let signs = ["remote: ", "##[error]", "> ", "⨯ ", "✘ ", "✖ ", "✗ ", "❌ "];
    let fixed = || signs.iter().find_map(|start| trimmed.strip_prefix(start));
    after.or_else(fixed).or_else(|| without_level(trimmed)).or_else(|| without_job(trimmed))
}

/// `ERROR:root:` of Python's logging.
fn without_level(text: &str) -> Option<&str> {
    let (level, rest) = text.split_once(':')?;
    let is_level = matches!(level, "ERROR" | "WARNING" | "CRITICAL" | "INFO" | "DEBUG");
    let (name, after) = rest.split_once(':')?;
    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
    (is_level && !name.is_empty() && name.chars().all(is_name)).then_some(after)
}

/// The job and the step before a time, as `gh run view --log` writes them.
fn without_job(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('\t')?;
    let (_, after) = rest.split_once('\t')?;
    without_time(after)
}

/// A date and a time, a time, or seconds with a fraction.
fn without_time(text: &str) -> Option<&str> {
    let length = text
        .find(|char: char| !char.is_ascii_digit() && !matches!(char, '-' | '/' | ':' | '.' | ',' | 'T' | 'Z' | '+'));
    let word = &text[..length.unwrap_or(text.len())];
    let after = text[word.len()..].strip_prefix(' ')?;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_date = digits >= 8 && word.starts_with(|char: char| char.is_ascii_digit()) && word.contains(['-', '/']);
    let is_time = word.matches(':').count() == 2 && digits >= 6;
    let is_seconds = word.split_once('.').is_some_and(|(whole, part)| is_number(whole) && is_number(part));
    // `2026-11-01 07:41:03,883 - name - LEVEL - message`
    (is_date || is_time || is_seconds).then(|| after.strip_prefix("- ").unwrap_or(after))
}

fn is_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[2026-03-14 23:50:07 +0000] `, `[7] `, `[ERROR] `
fn without_brackets(text: &str) -> Option<&str> {
    let (inner, after) = text.strip_prefix('[')?.split_once("] ")?;
    let is_level = matches!(inner.trim(), "ERROR" | "INFO" | "WARNING" | "CRITICAL" | "err" | "error");
    let is_pod = inner.starts_with("pod/") && !inner.contains(' ');
    let is_time = inner
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b' ' | b'+' | b'T' | b'Z'));
    (is_level || is_pod || is_time && !inner.is_empty()).then_some(after)
}

/// `web-1  | ` of Docker Compose, and `web  | ` of a container with a name of its own.
fn without_container(text: &str) -> Option<&str> {
    let (padded, after) = text.split_once(" | ")?;
    let name = padded.trim_end();
    let is_numbered = name.contains(['-', '_']) && name.ends_with(|char: char| char.is_ascii_digit());
    let is_padded = padded.len() > name.len() && name.starts_with(|char: char| char.is_ascii_alphabetic());
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    (is_name && (is_numbered || is_padded)).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_for_terminals_are_taken_off() {
        for (piece, text) in [
            ("\u{1b}[31m\u{1b}[1mred\u{1b}[0m", "red"),
            ("[31m[1;4mred[0m", "red"),
            ("a[1] [12 x] [m", "a[1] [12 x] [m"),
            ("\u{1b}]0;title\u{7}x\u{1b}]8;;http://a\u{1b}\\y", "xy"),
            ("a\0b\u{8}c\u{1b}", "abc"),
            ("\u{1b}[", ""),
            ("\u{1b}]x", "x"),
        ] {
            assert_eq!(clean(piece.as_bytes()), text);
        }
    }

    #[test]
    fn a_message_begins_after_times_and_names() {
        for (text, message) in [
            ("2026-04-22 10:06:13,565 Refusing", "Refusing"),
            ("2026-11-01 07:41:03,882 - mcp.server - INFO - x", "mcp.server - INFO - x"),
            ("2026-01-01T00:00:00.0000000Z #7 12.34 E: x", "E: x"),
            ("[2026-03-14 23:50:07 +0000] [7] [ERROR] Exception", "Exception"),
            ("web-1  | ValueError: x", "ValueError: x"),
            ("app_1  | ValueError: x", "ValueError: x"),
            ("backend  | ValueError: x", "ValueError: x"),
            ("[pod/a-7f/app] ValueError: x", "ValueError: x"),
            ("> ValueError: x", "ValueError: x"),
            ("ERROR:root:ValueError: x", "ValueError: x"),
            ("ERROR: a: b", "ERROR: a: b"),
            ("deploy\tPush\t2026-11-02T10:06:12.12Z remote: x", "x"),
            ("a\tb\tc", "a\tb\tc"),
            ("remote: Your push", "Your push"),
            (" ⨯ Error: x", "Error: x"),
            ("✘ [ERROR] Could not resolve", "Could not resolve"),
            ("  12 | COPY a b", "12 | COPY a b"),
            ("a | b", "a | b"),
            ("3.9 is too old", "is too old"),
            ("7 workers", "7 workers"),
            ("[1/3] RUN x", "[1/3] RUN x"),
            ("2026/11/01 07:41:03 [emerg] 1#1: bind()", "[emerg] 1#1: bind()"),
        ] {
            assert_eq!(Line::new(1, text).message(), message);
        }
        assert_eq!(json_text(r#"{"level":"error","message":"a \"b\"\nc"}"#).as_deref(), Some("a \"b\"\nc"));
        assert_eq!(json_text(r#"data: {"data":"x","timestamp":"y"}"#).as_deref(), Some("x"));
        assert_eq!(json_text(r#"{"message": 1}"#).or(json_text("{x}")), None);
        let line = Line::new(1, "#12 0.345   File \"a\"");
        assert_eq!((line.step, line.is_indented, line.message()), (Some(12), true, "File \"a\""));
        assert!(!Line::new(1, "#12 0.345 E: x").is_indented);
    }
}
