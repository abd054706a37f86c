//! Answers that are only seen to be wrong together, or in the files: what was typed stays, and can be changed.

use super::super::support::Workspace;
use super::terminal::{ERASE, PLAN, Terminal};

/// The last question.
const MAKE: &str = "Make it?";

/// The list of all answers.
const CHANGE: &str = "Change anything else?";

#[test]
fn packages_that_cannot_be_installed_can_be_typed_again() {
    for (entry, typed, refused, better) in [
        ("Debian packages: ", "libgl1-mesa-glx", "has no package `libgl1-mesa-glx`", "libgl1"),
        ("Python packages: ", "pandas==1.0.0", "no wheel for Python 3.13", "pandas"),
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
fn errors_are_broken_between_words() {
    let workspace = Workspace::new();
    let words = ["demo", "-t", "docker", "--title", "T", "--emoji", "🦀", "--base", "python:3.13-slim"];
    let mut terminal = Terminal::start_at(60, &workspace, &[&words[..], &["--pip", "pandas==1.0.0"]].concat());
    terminal.expect("> Python packages: ");
    let lines = terminal.lines();
    let at = lines.iter().position(|line| line.starts_with("error: ")).unwrap();
    let shown = lines[at..].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let hint = "hint: use pandas 2.2.3 or newer, or, if this release has wheels for it, Python 3.10 ";
    assert!(shown.contains(hint) && lines[at..].iter().all(|line| line.len() < 60), "{}", lines.join("\n"));
    terminal.interrupt();
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

#[test]
fn a_free_account_can_change_the_template_or_the_plan() {
    for (changed, to) in [("Template: docker", "static"), ("Your plan on the Hub: free", "paid")] {
        let workspace = Workspace::new();
        let words = ["demo", "-t", "docker", "--title", "T", "--emoji", "🦀", "--base", "python:3.13-slim"];
        let mut terminal = Terminal::start(&workspace, &words);
        terminal.choose(MAKE, "back").choose(CHANGE, PLAN).choose(PLAN, "free");
        terminal.choose(CHANGE, "No, go on").expect("a free account cannot create a Docker Space");
        terminal
            .expect(CHANGE)
            .expect("> Your plan on the Hub: free")
            .press(changed)
            .expect(&format!("> {changed}"))
            .press("\r");
        if to == "static" {
            terminal.expect("Template (all that the plan `free` allows)");
        }
        terminal.expect("> ").press(to).expect(&format!("{to}|")).expect(&format!("> {to}")).press("\r");
        terminal.choose(CHANGE, "No, go on").choose(MAKE, "make it");
        let ended = terminal.end().ok();
        let readme = fs_err::read_to_string(workspace.path().join("demo/README.md")).unwrap();
        assert!(readme.contains("title: T\n"), "{readme}");
        assert_eq!(readme.contains("sdk: static\n"), to == "static", "{readme}");
        super::wizard::assert_repeatable(&workspace, "demo", &ended, |_| ());
    }
}

#[test]
fn a_folder_can_be_changed_where_its_name_is_wrong() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["-t", "static", "--emoji", "🦀"]);
    terminal.answer("Folder [my-space]: ", &format!("hf_{}", "aB3".repeat(12))).answer("Title", "");
    terminal.expect("contains a token").choose(CHANGE, "Folder: ");
    terminal.expect("Folder [").press("fine\r").choose(CHANGE, "No, go on").choose(MAKE, "make it");
    terminal.end().ok();
    assert_eq!(workspace.names(), ["fine"]);
}

#[test]
fn a_template_that_refuses_what_was_given_leads_back_to_the_templates() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "--base", "alpine:3.22"]);
    terminal.choose(PLAN, "paid").choose("Template", "gradio").expect("error").expect("base");
    terminal.choose("Template", "docker").answer("Title [Demo]: ", "").interrupt();
    assert_eq!(terminal.end().code, 130);
}

#[test]
fn what_is_invalid_everywhere_is_refused_before_the_first_question() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["--port", "80"]);
    terminal.expect("`80` is not a port that the Hub accepts");
    let ended = terminal.end();
    assert_eq!(ended.code, 2, "{}", ended.text());
    assert!(!ended.text().contains("Folder"), "{}", ended.text());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_is_asked_for_again() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["/proc/demo", "-t", "static", "--emoji", "🦀"]);
    terminal.answer("Title [Demo]: ", "Typed").choose(MAKE, "make it");
    terminal.expect("cannot create a folder in `/proc`").expect("hint").expect("Folder [").press("fine\r");
    terminal.choose(MAKE, "make it");
    let ended = terminal.end().ok();
    let readme = fs_err::read_to_string(workspace.path().join("fine/README.md")).unwrap();
    assert!(readme.contains("title: Typed\n"), "{readme}");
    super::wizard::assert_repeatable(&workspace, "fine", &ended, |_| ());
}
