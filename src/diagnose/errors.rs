//! Which lines look like an error, for a log in which no known message decides.

use super::clean::Line;

/// How a line looks like an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// It says what is wrong.
    Error,
    /// It only says that something failed, or programs also log it and go on: another line may say more.
    Vague,
}

/// Marks of an error before a message: levels of loggers, signs of command lines.
const BEFORE: [&str; 10] = ["[ERROR]", "[error]", "ERROR:", "CRITICAL", "##[error]", "⨯", "✘", "✖", "✗", "❌"];

/// How a message begins that says what is wrong, in small letters.
const STARTS: [&str; 14] = [
    "error",
    "fatal: ",
    "fatal error",
    "e: ",
    "npm err",
    "err_",
    "panic",
    "thread '",
    "--> error",
    "** (",
    "[emerg]",
    "unhandled ",
    "uncaught ",
    "internal error",
];

/// How a message begins that only says that something failed, in small letters.
const VAGUE_STARTS: [&str; 5] = ["=> error", "build failure", "build failed", "failure: ", "failed to "];

const SUMMARY: &str = "did not complete successfully";

/// Whether a line looks like an error, and how.
pub(super) fn look(line: &Line<'_>) -> Option<Look> {
    let message = line.message();
    let lower = message.get(..message.floor_char_boundary(40)).unwrap_or_default().to_ascii_lowercase();
    let begins = |starts: &[&str]| starts.iter().any(|start| lower.starts_with(start));
    let before = &line.text[..line.start];
    if begins(&VAGUE_STARTS) && !BEFORE.iter().any(|mark| before.contains(mark)) {
        return Some(Look::Vague);
    }
    let is_error = begins(&STARTS) && !lower.starts_with("errors: 0")
        || BEFORE.iter().any(|mark| before.contains(mark))
        || message.contains(" error: ")
        || message.contains(": error TS")
        || message.contains("panicked at")
        || message.ends_with(": not found")
        || message == "APPLICATION FAILED TO START"
        || is_exception(message);
    match is_error {
        true if message.contains(SUMMARY) => Some(Look::Vague),
        true => Some(Look::Error),
        false if is_failure(message) => Some(Look::Vague),
        false => None,
    }
}

/// `ValueError: ..`, `java.lang.IllegalStateException: ..`, `a.rb:5:in 'b': .. (ArgumentError)`
fn is_exception(message: &str) -> bool {
    let name = message.split(": ").next().filter(|_| message.contains(": ")).unwrap_or(message);
    (name.ends_with("Error") || name.ends_with("Exception") && message.contains(": ")) && !name.contains(' ')
        || message.starts_with("Exception in thread ")
        || message.ends_with("Error)") && message.contains(":in ")
}

/// `bundler: failed to load command: ..`, `cat: a: No such file or directory`
fn is_failure(message: &str) -> bool {
    let (program, rest) = message.split_once(": ").unwrap_or_default();
    let is_of_program = !program.is_empty() && !program.contains(' ');
    is_of_program
        && (rest.starts_with("failed to ")
            || rest.ends_with(": No such file or directory")
            || rest.ends_with(": Permission denied"))
}
