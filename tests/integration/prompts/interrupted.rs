//! Ctrl-C at each kind of prompt.

use super::super::support::Workspace;
use super::terminal::{ESCAPE, Terminal};

/// Interrupts the waiting prompt, and asserts that nothing is left over.
#[track_caller]
fn assert_stops(workspace: &Workspace, mut terminal: Terminal) {
    terminal.interrupt();
    assert_stopped(workspace, terminal);
}

#[track_caller]
fn assert_stopped(workspace: &Workspace, terminal: Terminal) {
    let ended = terminal.end();
    assert_eq!(ended.code, 130, "{}", ended.text());
    let lines = ended.lines();
    // On a line of its own
    assert!(lines.last().is_some_and(|line| line.starts_with("stopped")), "{}", lines.join("\n"));
    assert!(!ended.text().contains("^C"), "{}", ended.text());
    assert!(ended.shows_cursor(), "the cursor stays hidden: {:?}", ended.screen);
    assert!(ended.echoes, "the terminal no longer shows what is typed");
    assert!(workspace.names().is_empty(), "{:?}", workspace.names());
}

/// All required answers are given.
const GIVEN: [&str; 9] = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "docker"];

#[test]
fn stops_at_the_folder() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &[]);
    terminal.expect("Folder [my-space]");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_a_text_half_typed() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "-t", "streamlit"]);
    terminal.expect("Title [Demo]").press("Half").expect("Half");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_a_list_of_choices() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "paid"]);
    terminal.expect("Template").expect("streamlit");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_a_list_of_choices_in_colour() {
    let workspace = Workspace::new();
    let mut command = workspace.command();
    command.args(["demo", "--plan", "paid"]);
    let mut terminal = Terminal::run(&command);
    terminal.expect("Template").expect("streamlit");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_yes_or_no() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &GIVEN);
    terminal.choose("Make it?", "back").choose("Change anything else?", "Ready for Dev Mode: no").expect("> no");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_the_question_about_a_subcommand() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["templats"]);
    terminal.expect("[y/n] [n]: ");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_several_entries() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &GIVEN);
    terminal
        .choose("Make it?", "back")
        .choose("Change anything else?", "Tags")
        .expect("empty for none")
        .press("one, ")
        .expect("one, ");
    assert_stops(&workspace, terminal);
}

#[test]
fn stops_at_the_last_question() {
    for keys in ["\u{3}", "stop\r"] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, &GIVEN);
        terminal.expect("Make it?").expect("> make it").press(keys);
        assert_stopped(&workspace, terminal);
    }
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &GIVEN);
    terminal.expect("Make it?").expect("> make it").press(ESCAPE);
    terminal.expect("Change anything else?").interrupt();
    assert_stopped(&workspace, terminal);
}

#[test]
fn stops_at_a_signal_from_elsewhere() {
    for asked in ["Template", "Title"] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "paid"]);
        if asked == "Title" {
            terminal.choose("Template", "streamlit");
        }
        terminal.expect(asked).signal();
        assert_stopped(&workspace, terminal);
    }
}

#[test]
fn leaves_an_empty_folder_empty() {
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join("demo")).unwrap();
    let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "paid"]);
    terminal.expect("Template").interrupt();
    assert_eq!(terminal.end().code, 130);
    assert_eq!(fs_err::read_dir(workspace.path().join("demo")).unwrap().count(), 0);
}
