//! Answers that are only seen to be wrong together, or in the files: what was typed stays, and can be changed.

use super::super::support::Workspace;
use super::terminal::{ERASE, Terminal};

/// The last question.
const MAKE: &str = "Make it?";

/// The list of all answers.
const CHANGE: &str = "Change anything else?";

#[test]
fn packages_that_cannot_be_installed_can_be_typed_again() {
    for (entry, typed, refused, better) in [
        ("Debian packages: ", "libgl1-mesa-glx", "has no package `libgl1-mesa-glx`", "libgl1"),
        ("Python packages: ", "pandas==1.0.0", "this `pandas` has no wheel", "pandas"),
    ] {
        let workspace = Workspace::new();
        let words = ["demo", "-t", "docker", "--emoji", "🦀", "--base", "python:3.13-slim"];
        let mut terminal = Terminal::start(&workspace, &words);
        terminal.answer("Title [Demo]: ", "Typed").choose(MAKE, "back");
        terminal.choose(CHANGE, entry).answer("none): ", typed).choose(CHANGE, "No, go on");
        // The wrong answer is proposed
        terminal.expect(refused).expect("hint").expect(CHANGE).expect(&format!("> {entry}{typed}")).press("\r");
        terminal.answer(&format!("none): {typed}"), &format!("{ERASE}{better}"));
        terminal.choose(CHANGE, "No, go on").choose(MAKE, "make it");
        let ended = terminal.end().ok();
        let readme = fs_err::read_to_string(workspace.path().join("demo/README.md")).unwrap();
        assert!(readme.contains("title: Typed\n"), "{readme}");
        super::wizard::assert_repeatable(&workspace, "demo", &ended, |_| ());
    }
}

#[test]
fn what_the_check_finds_is_shown_once_before_the_last_question() {
    let workspace = Workspace::new();
    let words = ["demo", "-t", "docker", "--title", "T", "--emoji", "🦀", "--base", "alpine:3.22"];
    let command = ["--command", "uvicorn app:app --host 127.0.0.1 --port 7860"];
    let mut terminal = Terminal::start(&workspace, &[&words[..], &command[..]].concat());
    terminal.expect("listens on 127.0.0.1 only").choose(MAKE, "make it");
    let ended = terminal.end().ok();
    assert_eq!(ended.text().matches("listens on 127.0.0.1 only").count(), 1, "{}", ended.text());
}
