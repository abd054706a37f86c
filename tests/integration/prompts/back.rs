//! Going back: with Esc and with the word, in every kind of prompt, over all questions.

use super::super::support::Workspace;
use super::terminal::{ERASE, ESCAPE, PLAN, Terminal};

fn read(workspace: &Workspace, path: &str) -> String {
    fs_err::read_to_string(workspace.path().join(path)).unwrap()
}

#[test]
fn each_question_leads_back_to_the_one_before() {
    for back in [ESCAPE, "back\r"] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, &[]);
        terminal.expect("Esc or `back` goes back");
        terminal
            .answer("Folder [my-space]", "one")
            .choose(PLAN, "paid")
            .choose("Template", "static")
            .expect("Title [One]")
            .press(back);
        terminal.expect("Template").expect("> static").press(back).expect(PLAN).expect("> paid").press(back);
        terminal.answer("Folder [one]: ", "two").choose(PLAN, "paid").choose("Template", "gradio");
        terminal.answer("Title [Two]: ", "Second").answer("Emoji", "🦀").expect("SDK").press(back);
        terminal.expect("Emoji [🦀]: ").press(back);
        // What was answered is proposed
        terminal.answer("Title [Second]: ", "").answer("Emoji [🦀]: ", "").choose("SDK", "docker");
        terminal.expect("Make it?").press("\r");
        terminal.end().ok();
        assert_eq!(workspace.names(), ["two"]);
        let readme = read(&workspace, "two/README.md");
        assert!(readme.contains("title: Second\n") && readme.contains("emoji: 🦀\n"), "{readme}");
    }
}

#[test]
fn an_answer_that_is_left_stays_as_it_was() {
    for back in [ESCAPE, "back\r"] {
        let workspace = Workspace::new();
        let words = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "docker", "--tag", "one"];
        let mut terminal = Terminal::start(&workspace, &words);
        terminal.choose("Make it?", "back");
        for (answer, prompt) in [
            ("Licence: none", "Licence"),
            ("Port: 7860", "Port [7860]"),
            ("Ready for Dev Mode: no", "> no"),
            ("Python version: 3.13", "> 3.13"),
            ("Short description: none", "Short description: "),
        ] {
            terminal.choose("Change anything else?", answer).expect(prompt).press(back);
        }
        terminal.choose("Change anything else?", "Folder: demo").expect("Folder [demo]: ").press(back);
        terminal.choose("Change anything else?", "Template: gradio").expect("> gradio").press(back);
        // The current text can be edited; the word alone goes back
        terminal.choose("Change anything else?", "Tags: one").expect("none): one");
        terminal.press(if back == ESCAPE { back } else { "\u{15}back\r" });
        terminal.choose("Change anything else?", "Tags: one").answer("none): one", ", two");
        terminal.choose("Change anything else?", "No, go on").choose("Make it?", "make it");
        let ended = terminal.end().ok();
        assert_eq!(ended.repeat().matches("--tag ").count(), 2, "{}", ended.repeat());
        assert!(!ended.repeat().contains("--port") && !ended.repeat().contains("--license"), "{}", ended.repeat());
    }
}

#[test]
fn the_first_question_has_none_before_it() {
    let workspace = Workspace::new();
    let mut terminal = Terminal::start(&workspace, &["demo", "-t", "static"]);
    terminal
        .expect("Title [Demo]: ")
        .press(ESCAPE)
        .expect("Title [Demo]: ")
        .press("back")
        .expect("Title [Demo]: back")
        .press("\r");
    terminal.answer("Emoji", "").expect("Make it?").press("\r");
    terminal.end().ok();
    assert!(read(&workspace, "demo/README.md").contains("title: back\n"));
}

#[test]
fn a_python_version_is_chosen_or_typed() {
    let given = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "gradio"];
    for (keys, typed, expected) in [("3.12", "", "3.12"), ("other", "3.11", "3.11")] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, &given);
        terminal.choose("Make it?", "back").choose("Change anything else?", "Python version: 3.13");
        terminal.expect("> 3.13").press(keys).expect(&format!("{keys}|")).expect(&format!("> {keys}")).press("\r");
        if !typed.is_empty() {
            // What nothing offers is refused at once, and can be typed again
            terminal.answer("Python version [3.13]", "3.9").expect("no image has Python 3.9").press(ERASE);
            terminal.answer("Python version [3.13]", typed);
        }
        terminal.choose("Change anything else?", "No, go on").choose("Make it?", "make it");
        terminal.end().ok();
        let readme = read(&workspace, "demo/README.md");
        assert!(readme.contains(&format!("python_version: \"{expected}\"\n")), "{readme}");
    }
}

#[test]
fn folder_and_template_can_be_changed_at_the_end() {
    for columns in [40, 80] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start_at(columns, &workspace, &["demo", "-t", "gradio", "--plan", "paid"]);
        terminal.answer("Title [Demo]: ", "").answer("Emoji", "🦀").choose("SDK", "gradio");
        terminal.choose("Make it?", "folder").answer("Folder [demo]: ", "other");
        // What nobody has typed follows from the new folder
        terminal.expect("`other`").choose("Make it?", "template").expect("> gradio");
        terminal.press("streamlit").expect("streamlit|").expect("> streamlit").press("\r");
        terminal.answer("Title [Other]: ", "").choose("Make it?", "make it");
        let ended = terminal.end().ok();
        assert_eq!(workspace.names(), ["other"]);
        let readme = read(&workspace, "other/README.md");
        assert!(readme.contains("title: Other\n") && readme.contains("emoji: 🦀\n"), "{readme}");
        assert!(read(&workspace, "other/app.py").contains("import streamlit"));
        super::wizard::assert_repeatable(&workspace, "other", &ended, |_| ());
    }
}

#[test]
fn another_template_keeps_what_was_typed_for_the_first() {
    for back in [ESCAPE, "back\r"] {
        let workspace = Workspace::new();
        let mut terminal = Terminal::start(&workspace, &["demo", "--plan", "paid"]);
        terminal.choose("Template", "docker").answer("Title [Demo]: ", "Typed").answer("Emoji [🐳]: ", "🦀");
        terminal.answer("Base image", "alpine:3.22").expect("Start command").press(back);
        terminal.expect("): alpine:3.22").press(ERASE).press(back).expect("Emoji [🦀]: ").press(back);
        terminal.expect("Title [Typed]: ").press(back);
        terminal.choose("Template", "gradio").answer("Title [Typed]: ", "").answer("Emoji [🦀]: ", "").expect("SDK");
        terminal.press(back).expect("Emoji [🦀]: ").press(back).expect("Title [Typed]: ").press(back);
        terminal.choose("Template", "docker").answer("Title [Typed]: ", "").answer("Emoji [🦀]: ", "");
        terminal.answer("): alpine:3.22", "").answer("Start command", "httpd -f -p 7860");
        terminal.choose("Make it?", "make it");
        let ended = terminal.end().ok();
        let dockerfile = read(&workspace, "demo/Dockerfile");
        assert!(dockerfile.contains("FROM alpine:3.22") && dockerfile.contains("httpd"), "{dockerfile}");
        super::wizard::assert_repeatable(&workspace, "demo", &ended, |_| ());
    }
}

#[test]
fn a_template_that_is_chosen_again_has_its_answers_again() {
    let workspace = Workspace::new();
    let words = ["demo", "-t", "docker", "--title", "T", "--emoji", "🦀", "--plan", "paid", "--port", "8080"];
    let mut terminal = Terminal::start(&workspace, &words);
    terminal.answer("Base image", "alpine:3.22").answer("Start command", "httpd -f -p 8080");
    terminal.choose("Make it?", "template").choose("Template", "static");
    terminal.expect("`base` is left out").expect("`port` is left out").choose("Make it?", "template");
    terminal.choose("Template", "docker").expect("Base image").expect("alpine:3.22").choose("Make it?", "make it");
    let ended = terminal.end().ok();
    let dockerfile = read(&workspace, "demo/Dockerfile");
    assert!(dockerfile.contains("FROM alpine:3.22") && dockerfile.contains("httpd"), "{dockerfile}");
    assert!(read(&workspace, "demo/README.md").contains("app_port: 8080\n"));
    super::wizard::assert_repeatable(&workspace, "demo", &ended, |_| ());
}

#[test]
fn an_answer_without_effect_is_left_out_until_it_has_one() {
    let workspace = Workspace::new();
    let words = ["demo", "-t", "gradio", "--title", "T", "--emoji", "🦀", "--sdk", "docker", "--plan", "paid"];
    let mut terminal = Terminal::start(&workspace, &words);
    terminal.choose("Make it?", "back").choose("Change anything else?", "Port: 7860").answer("Port [7860]", "8080");
    terminal.choose("Change anything else?", "SDK: docker").choose("SDK", "gradio");
    terminal.choose("Change anything else?", "No, go on").expect("`port` is left out: with `sdk: gradio`");
    terminal.choose("Make it?", "back").choose("Change anything else?", "SDK: gradio").choose("SDK", "docker");
    terminal.choose("Change anything else?", "No, go on").choose("Make it?", "make it");
    terminal.end().ok();
    assert!(read(&workspace, "demo/README.md").contains("app_port: 8080\n"));
}

#[test]
fn folder_and_template_stay_when_somebody_goes_back() {
    for back in [ESCAPE, "back\r"] {
        let workspace = Workspace::new();
        workspace.write("full/notes.txt", "mine");
        let words = ["demo", "-t", "streamlit", "--title", "T", "--emoji", "🦀"];
        let mut terminal = Terminal::start_at(80, &workspace, &words);
        terminal.choose("Make it?", "folder").answer("Folder [demo]: ", "full").expect("is not empty");
        terminal.press("\u{15}").press(back);
        terminal.choose("Make it?", "template").expect("> streamlit").press(back);
        terminal.choose("Make it?", "template").expect("> streamlit");
        // Its questions lead back, too
        terminal.press("docker").expect("docker|").expect("> docker").press("\r").expect("Base image").press(back);
        terminal.choose("Make it?", "make it");
        terminal.end().ok();
        assert_eq!(workspace.names(), ["demo", "full"]);
        assert!(read(&workspace, "demo/app.py").contains("import streamlit"));
    }
}
