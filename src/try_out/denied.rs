//! Paths that an app tried to write without permission, from what it printed.

use std::collections::BTreeSet;

/// How the kernel's refusals read, in lower case.
const REFUSALS: [&str; 3] = ["permission denied", "eacces", "read-only file system"];

/// How `SQLite` reports one, without naming the file. Source: `sqlite3_errstr` in <https://sqlite.org/rescode.html>.
const NAMELESS: [&str; 2] = ["unable to open database file", "attempt to write a readonly database"];

/// More paths than this are not reported.
const MOST: usize = 20;

/// What a log says about refusals.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Denied {
    /// Paths as they were printed.
    pub(super) paths: Vec<String>,
    /// Whether a refusal names no path: it may concern the working folder.
    pub(super) is_nameless: bool,
}

impl Denied {
    /// Reads a log. Which of the words near a refusal are paths that exist is for the caller to see.
    pub(super) fn of(log: &str) -> Self {
        let mut denied = Self::default();
        let mut seen = BTreeSet::new();
        for line in log.lines() {
            let lower = line.to_ascii_lowercase();
            if NAMELESS.iter().any(|text| lower.contains(text)) {
                denied.is_nameless = true;
            } else if REFUSALS.iter().any(|text| lower.contains(text)) {
                let paths = paths(line).into_iter().filter(|path| seen.insert((*path).to_owned()));
                denied.paths.extend(paths.map(str::to_owned));
            }
            if denied.paths.len() >= MOST {
                denied.paths.truncate(MOST);
                break;
            }
        }
        denied
    }
}

/// Words of a line that may be paths: those in quotes, and those with a `/`.
fn paths(line: &str) -> Vec<&str> {
    let mut found = quoted(line);
    if found.is_empty() {
        let words = line.split([' ', '\t', '=', '(', ')', '[', ']', ',']);
        found.extend(words.map(|word| word.trim_matches([':', ';'])).filter(|word| word.contains('/')));
    }
    found.retain(|path| {
        let is_plain = !path.contains(['\0', '\n']) && path.len() < 1024 && !path.contains("://");
        is_plain && !path.trim().is_empty() && !path.ends_with(':')
    });
    found
}

/// The texts in quotes that may be paths. A word without a `/` or a `.` is one only where Python and `mkdir` write it: others
/// write the names of errors and of calls in quotes. An apostrophe within a word is not a quote.
fn quoted(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, char) in line.char_indices().filter(|(_, char)| matches!(char, '\'' | '"' | '`')) {
        let is_in_word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        match open {
            None if !is_in_word(line[..at].chars().next_back()) => open = Some((at + 1, char)),
            Some((start, quote)) if quote == char && !is_in_word(line[at + 1..].chars().next()) => {
                let text = &line[start..at];
                let before = line[..start - 1].trim_end().to_ascii_lowercase();
                let is_named = ["denied:", "system:", "directory"].iter().any(|end| before.ends_with(end));
                let is_path = text.starts_with('/') || !text.contains(' ') && (text.contains(['/', '.']) || is_named);
                found.extend(is_path.then_some(text));
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_in_refusals() {
        for (line, path) in [
            ("PermissionError: [Errno 13] Permission denied: '/app/data'", "/app/data"),
            ("Error: EACCES: permission denied, open '/app/db.json'", "/app/db.json"),
            ("mkdir: can't create directory '/srv/x': Permission denied", "/srv/x"),
            ("sh: can't create /app/count: Permission denied", "/app/count"),
            ("open /app/data/x.log: permission denied", "/app/data/x.log"),
            ("PermissionError(13, 'Permission denied') [Errno 13] Permission denied: 'data'", "data"),
            ("OSError: [Errno 30] Read-only file system: 'data'", "data"),
        ] {
            assert_eq!(Denied::of(line).paths, [path], "{line}");
        }
        assert!(Denied::of("sqlite3.OperationalError: unable to open database file\n").is_nameless);
        assert_eq!(Denied::of("  code: 'EACCES',\n  syscall: 'open'\n"), Denied::default());
        assert_eq!(Denied::of("INFO: started at http://0.0.0.0:7860\n'a/b'\n"), Denied::default());
    }
}
