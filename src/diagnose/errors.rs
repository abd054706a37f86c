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
const STARTS: [&str; 15] = [
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
    "cmake error",
];

/// How a message begins that only says that something failed, in small letters.
const VAGUE_STARTS: [&str; 6] = ["=> error", "build failure", "build failed", "failure: ", "failed to ", "[errno "];

/// How programs say that they could not do something, after their name or without it, in small letters.
const REFUSALS: [&str; 5] = ["failed to ", "cannot ", "can't ", "could not ", "unable to "];

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
        || message.contains("level=error ")
        || message.contains("level=fatal ")
        || is_of_go(message)
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

/// `bundler: failed to load command: ..`, `cat: a: No such file or directory`, `make: *** [all] Error 1`
fn is_failure(message: &str) -> bool {
    let refuses = |text: &str| {
        let start = text.get(..text.floor_char_boundary(12)).unwrap_or_default().to_ascii_lowercase();
        REFUSALS.iter().any(|refusal| start.starts_with(refusal))
    };
    let (program, rest) = message.split_once(": ").unwrap_or_default();
    let is_of_program = !program.is_empty() && !program.contains(' ');
    refuses(message)
        || is_of_program
            && (refuses(rest)
                || rest.starts_with("*** ")
                || rest.ends_with(": No such file or directory")
                || rest.ends_with(": Permission denied"))
}

/// `./main.go:12:2: undefined: total`
fn is_of_go(message: &str) -> bool {
    let is_number = |text: Option<&str>| text.is_some_and(|text| text.parse::<u32>().is_ok());
    message.split_once(".go:").is_some_and(|(file, place)| {
        let mut parts = place.splitn(3, ':');
        !file.contains(' ') && is_number(parts.next()) && is_number(parts.next()) && parts.next().is_some()
    })
}
