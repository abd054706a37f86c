//! `spaces-new` without arguments, in a folder.

use super::super::support::Workspace;
use super::terminal::{DOWN, ESCAPE, PLAN, Terminal};

const QUESTION: &str = "What shall become a Space?";

fn app() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("app.py", "import gradio as gr\n\ngr.Interface(str, \"text\", \"text\").launch()\n");
    workspace.write("requirements.txt", "gradio==6.31.0\n");
    workspace
}

#[test]
fn the_app_there_is_offered_first() {
    let workspace = app();
    let mut terminal = Terminal::start(&workspace, &[]);
    terminal.expect(QUESTION).expect("> the app here").expect("app.py: `spaces-new init`").press("\r");
    terminal.choose("Your plan on the Hub", "paid");
    terminal.expect("Change anything else?").press("\r").expect("[y/n/d/a/q]").press("a\r");
    let ended = terminal.end().ok();
    assert!(ended.repeat().starts_with("spaces-new init . "), "{}", ended.text());
    assert!(workspace.names().contains(&"Dockerfile".to_owned()), "{:?}", workspace.names());
}

#[test]
fn a_new_app_goes_into_a_folder_of_its_own() {
    let workspace = app();
    let mut terminal = Terminal::start(&workspace, &[]);
    terminal.expect(QUESTION).expect("a new app").press(DOWN).expect("> a new app").press("\r");
    terminal
        .answer("Folder [my-space]", "fresh")
        .choose(PLAN, "free")
        .choose("Template", "static")
        .answer("Title", "")
        .answer("Emoji", "");
    terminal.expect("Make it?").press("\r");
    terminal.end().ok();
    assert_eq!(workspace.names(), ["app.py", "fresh", "requirements.txt"]);
}

#[test]
fn both_ways_lead_back_to_the_offer() {
    let workspace = app();
    for back in [ESCAPE, "back\r"] {
        let mut terminal = Terminal::start(&workspace, &[]);
        terminal.choose(QUESTION, "the app here").expect(PLAN).expect("> free").press(back);
        terminal.choose(QUESTION, "a new app").expect("Folder [my-space]").press(back);
        terminal.choose(QUESTION, "the app here").choose(PLAN, "paid").expect("> No, go on").press(ESCAPE);
        terminal.expect(PLAN).expect("> ").press(ESCAPE).expect(QUESTION).interrupt();
        assert_eq!(terminal.end().code, 130);
        assert_eq!(workspace.names(), ["app.py", "requirements.txt"]);
    }
}

#[test]
fn nothing_is_offered_without_an_app_or_when_it_was_said() {
    let workspace = Workspace::new();
    workspace.write("notes.txt", "mine");
    let mut terminal = Terminal::start(&workspace, &[]);
    terminal.expect("Folder").interrupt();
    assert!(!terminal.end().text().contains(QUESTION));
    let workspace = app();
    for (words, asked) in [(&["demo"][..], PLAN), (&["-t", "static"], "Folder"), (&["--title", "T"], "Folder")] {
        let mut terminal = Terminal::start(&workspace, words);
        terminal.expect(asked).interrupt();
        assert!(!terminal.end().text().contains(QUESTION), "{words:?}");
    }
}

#[test]
fn stopping_there_writes_nothing() {
    let workspace = app();
    let mut terminal = Terminal::start(&workspace, &[]);
    terminal.expect(QUESTION).expect("a new app").interrupt();
    let ended = terminal.end();
    assert_eq!(ended.code, 130);
    assert!(ended.shows_cursor() && ended.echoes);
    assert_eq!(workspace.names(), ["app.py", "requirements.txt"]);
}
