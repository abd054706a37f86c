//! Names, values and contents of hostile folders, through every command and every format.

use super::folders::{DOCKERFILE, folders};
use super::safe::is_safe;
use crate::support::Workspace;

const TERMINALS: &str = "\u{1b}[31mX\u{1b}]0;X\u{7}\u{9b}31mX\u{90}X\u{7f}\u{8}";
const LINES: &str = "X\n::error::X\n  ::stop-commands::X\r::error::X\u{85}::error::X\u{2028}X\u{b}X\u{c}X";
const READERS: &str = "X\u{202e}X\u{2066}\u{200f}\u{61c}\u{200b}X\u{200d}X\u{2060}\u{feff}\u{ad}\u{e0041}";
const RUNNERS: &str = "::add-mask::X ##[error]X ##vso[task.logissue]X ,line=1::X %0A::error::X";

const OUTPUTS: [&str; 12] = [
    "check . --pedantic",
    "check . --pedantic --color always",
    "check . --pedantic --format github",
    "check . --pedantic --format json",
    "check . --pedantic --format sarif",
    "check . --unsafe-fixes --diff",
    "check . --unsafe-fixes --diff --format github",
    "check . --unsafe-fixes --diff --format json",
    "init . --yes --dry-run --diff",
    "init . --yes --dry-run --format json",
    "init . --yes --verbose",
    "check . --fix --unsafe-fixes",
];

#[test]
fn no_terminal_is_moved() {
    nothing_is_printed_as_it_came(TERMINALS);
}

#[test]
fn no_line_is_broken() {
    nothing_is_printed_as_it_came(LINES);
}

#[test]
fn no_reader_is_misled() {
    nothing_is_printed_as_it_came(READERS);
}

#[test]
fn no_runner_is_commanded() {
    nothing_is_printed_as_it_came(RUNNERS);
}

#[track_caller]
fn nothing_is_printed_as_it_came(evil: &str) {
    for (place, files) in folders(evil) {
        for output in OUTPUTS {
            let workspace = Workspace::new();
            for (path, bytes) in &files {
                workspace.write(path, bytes);
            }
            let ran = workspace.run(output);
            let about = format!("{output:?}, {place}");
            if output.contains("--color always") {
                is_only_coloured(&ran.stdout(), &about);
                continue;
            }
            is_safe(&ran, &about);
            if output.contains("json") || output.contains("sarif") {
                let document = serde_json::from_slice::<serde_json::Value>(&ran.0.stdout);
                document.unwrap_or_else(|error| panic!("{about}: {error}"));
            }
        }
    }
}

/// Removes our own colours; the rest must be safe.
#[track_caller]
fn is_only_coloured(text: &str, about: &str) {
    // The red of the hostile text is exactly 31; ours is bold
    assert!(!text.contains("\u{1b}[31mX"), "{about}: a colour of the folder's own");
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|char: char| !char.is_ascii_digit() && char != ';').unwrap_or(after.len());
        assert!(after[end..].starts_with('m'), "{about}: {after:?}");
        rest = &after[end + 1..];
    }
    plain.push_str(rest);
    assert_eq!(super::safe::trouble(&plain, false), None, "{about}");
}

/// Markers are under the marked text, although a character before it is shown escaped.
#[test]
fn marks_stay_in_place() {
    let workspace = Workspace::new();
    let card = "---\nsdk: docker\ncolorFrom: \"\u{202e}\u{200b}b\"  # \u{200f}\n---\n";
    workspace.write("README.md", card).write("Dockerfile", DOCKERFILE);
    let text = workspace.run("check . --only unknown-color").stdout();
    assert!(text.contains("3 | colorFrom: \"\u{fffd}\u{fffd}b\"  # \u{fffd}\n  |            ^^^^^"), "{text}");
}
