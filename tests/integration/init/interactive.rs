//! `init` with a person at the terminal.

use super::{APP, ordinary, written};
use crate::prompts::terminal::{ESCAPE, PLAN, Terminal};

#[test]
fn each_change_is_confirmed_and_its_diff_can_be_shown() {
    let workspace = ordinary();
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("app.py:6").expect("Change anything else?").press("\r");
    terminal.expect("extend").expect("new files? [y/n/d/a/q]").press("d\r");
    terminal.expect("+++ b/Dockerfile").expect("[y/n/d/a/q]").press("y\r");
    terminal.expect("Add to .gitignore").expect("[y/n/d/a/q]").press("n\r");
    terminal.expect("Add to README.md: the front matter").expect("[y/n/d/a/q]").press("y\r");
    let ended = terminal.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let files = workspace.files(APP);
    assert!(files.contains_key("Dockerfile"));
    assert_eq!(files[".gitignore"], b".venv/\n", "declined");
    assert!(files["README.md"].starts_with(b"---\n"));
}

/// The words of a command are shown as they would be typed in a shell.
#[test]
fn the_start_command_is_a_line_for_a_shell() {
    let workspace = written(
        "```app.py\nfrom fastapi import FastAPI\n\napp = FastAPI()\n```\n```requirements.txt\nfastapi\nuvicorn\n```\n",
    );
    let line = "uvicorn app:app --host 0.0.0.0 --port 7860";
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.choose("Change anything else?", &format!("Start command: {line}"));
    // The proposal is accepted as shown
    terminal.expect("Start command").expect(line).press("\r");
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("[y/n/d/a/q]").press("q\r");
    assert_eq!(terminal.end().code, 130);
}

#[test]
fn stopping_leaves_everything_as_it_was() {
    let workspace = ordinary();
    let before = workspace.files(APP);
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("[y/n/d/a/q]").press("y\r");
    terminal.expect("[y/n/d/a/q]").press("q\r");
    let ended = terminal.end();
    assert_eq!(ended.code, 130, "{}", ended.screen);
    assert!(ended.screen.contains("nothing was written"), "{}", ended.screen);
    assert!(workspace.files(APP) == before);
}

#[test]
fn declining_everything_is_reported() {
    let workspace = ordinary();
    let before = workspace.files(APP);
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("Change anything else?").press("\r");
    for _ in 0..3 {
        terminal.expect("[y/n/d/a/q]").press("n\r");
    }
    let ended = terminal.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    assert!(ended.screen.contains("You declined every change; nothing was written."), "{}", ended.screen);
    assert!(workspace.files(APP) == before);
}

#[test]
fn a_conflicting_file_is_replaced_only_on_request() {
    let workspace = ordinary();
    workspace.write("my-app/.spaces-new.toml", "emoji = \"🐢\"\n");
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid", "--emoji", "🐇"]);
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("new files?").press("a\r");
    terminal.expect("Replace .spaces-new.toml, and keep yours as .spaces-new.toml.orig?").press("\r");
    let ended = terminal.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    assert_eq!(workspace.files(APP)[".spaces-new.toml"], "emoji = \"🐢\"\n".as_bytes());
}

#[test]
fn no_command_is_named_that_would_make_what_was_declined() {
    let workspace = ordinary();
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("new files?").press("y\r");
    terminal.expect("Add to .gitignore").expect("[y/n/d/a/q]").press("n\r");
    terminal.expect("Add to README.md").expect("[y/n/d/a/q]").press("y\r");
    let ended = terminal.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let screen = ended.text();
    assert!(screen.contains("skip      .gitignore") && screen.contains("declined"), "{screen}");
    assert!(!screen.contains("To repeat without prompts:") && screen.contains("No command repeats this"), "{screen}");
}

#[test]
fn the_command_that_repeats_a_run_keeps_what_was_not_replaced() {
    let workspace = ordinary();
    workspace.write("my-app/.spaces-new.toml", "emoji = \"🐢\"\n");
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid", "--emoji", "🐇"]);
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("new files?").press("a\r");
    terminal.expect("Replace .spaces-new.toml").press("n\r");
    let ended = terminal.end();
    assert!(ended.repeat().contains("--on-conflict keep --yes"), "{}", ended.screen);
}

#[test]
fn the_command_that_repeats_a_run_names_the_chosen_app() {
    let two = "```one.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
               ```two.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
               ```requirements.txt\ngradio==6.31.0\n```\n";
    let workspace = written(two);
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("Which app does the Space run?").press("\r");
    terminal.expect("Change anything else?").press("\r");
    terminal.expect("[y/n/d/a/q]").press("a\r");
    let ended = terminal.end();
    let line = ended.repeat();
    assert!(line.contains("--app-file one.py"), "{}", ended.screen);
    let again = written(two);
    let words = shlex::split(&line).unwrap();
    again.run_words(&words.iter().skip(1).map(String::as_str).collect::<Vec<_>>()).ok();
    assert!(again.files(APP) == workspace.files(APP), "{line}");
}

#[test]
fn the_plan_of_the_account_is_asked_before_the_rest() {
    let workspace = ordinary();
    let mut terminal = Terminal::start(&workspace, &["init", APP]);
    terminal.choose("Your plan on the Hub", "free").expect("sdk").expect("Change anything else?").press("\r");
    terminal.expect("new files?").press("a\r");
    terminal.end().ok();
    let readme = String::from_utf8(workspace.files(APP)["README.md"].clone()).unwrap();
    assert!(readme.contains("sdk: gradio\n") && readme.contains("suggested_hardware: zero-a10g\n"), "{readme}");
    assert!(!workspace.files(APP).contains_key("Dockerfile"));
    // It is a Space now
    let mut terminal = Terminal::start(&workspace, &["init", APP]);
    terminal.expect("Change anything else?").press("\r");
    assert!(!terminal.end().ok().text().contains("a static page"), "the choice is not shown again");
}

#[test]
fn each_file_leads_back_to_the_one_before_and_to_the_answers() {
    for back in [ESCAPE, "back\r"] {
        let workspace = ordinary();
        let mut terminal = Terminal::start_at(80, &workspace, &["init", APP, "--plan", "paid"]);
        terminal.expect("> No, go on").press("\r");
        terminal.expect("new files?").expect("[y]: ").press(back);
        terminal.expect("Change anything else?").expect("> No, go on").press("\r");
        terminal.expect("new files?").expect("[y]: ").press("n\r");
        terminal.expect("Add to .gitignore").expect("[y]: ").press(back);
        terminal.expect("new files?").expect("[y]: ").press("y\r");
        terminal.expect("Add to .gitignore").expect("[y]: ").press("n\r");
        terminal.expect("Add to README.md").expect("[y]: ").press(back);
        terminal.expect("Add to .gitignore").expect("[y]: ").press("a\r");
        let ended = terminal.end().ok();
        let files = workspace.files(APP);
        assert!(files.contains_key("Dockerfile") && files["README.md"].starts_with(b"---\n"), "{}", ended.text());
        assert!(files[".gitignore"] != b".venv/\n", "the last answer counts");
    }
}

#[test]
fn the_answers_lead_back_to_the_plan_and_keep_what_was_typed() {
    for columns in [40, 80] {
        let workspace = ordinary();
        let mut terminal = Terminal::start_at(columns, &workspace, &["init", APP]);
        terminal.choose(PLAN, "paid").choose("Change anything else?", "Title: ");
        terminal.expect("Title [").press("Typed\r").expect("Change anything else?").expect("> No, go on").press(ESCAPE);
        terminal.expect(PLAN).expect("> ").press("free").expect("free|").expect("> free").press("\r");
        terminal.choose("Change anything else?", "No, go on");
        terminal.expect("new file").expect("[y]").press("a\r");
        terminal.end().ok();
        let readme = workspace.files(APP)["README.md"].clone();
        let readme = String::from_utf8(readme).unwrap();
        assert!(readme.contains("title: Typed\n") && readme.contains("zero-a10g"), "{readme}");
    }
}

#[test]
fn another_sdk_looks_at_the_app_again() {
    for (plan, sdk) in [("paid", "gradio"), ("free", "docker")] {
        let workspace = ordinary();
        let mut terminal = Terminal::start_at(80, &workspace, &["init", APP]);
        terminal.choose(PLAN, plan);
        if plan == "free" {
            // A free account has no Docker Spaces
            terminal.choose("Change anything else?", PLAN).choose(PLAN, "paid");
        }
        terminal.choose("Change anything else?", "SDK: ").choose("SDK", sdk);
        terminal.choose("Change anything else?", "No, go on").expect("new file").expect("[y]").press("a\r");
        let ended = terminal.end().ok();
        let files = workspace.files(APP);
        let readme = String::from_utf8(files["README.md"].clone()).unwrap();
        assert!(readme.contains(&format!("\nsdk: {sdk}\n")), "{readme}{}", ended.text());
        assert_eq!(files.contains_key("Dockerfile"), sdk == "docker");
    }
}

#[test]
fn escape_at_the_first_question_does_nothing() {
    let workspace = ordinary();
    let before = workspace.files(APP);
    let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
    terminal.expect("> No, go on").press(ESCAPE).expect("Change anything else?").expect("> No, go on").interrupt();
    let ended = terminal.end();
    assert!(ended.code == 130 && !ended.text().contains("new files?"), "{}", ended.text());
    assert!(workspace.files(APP) == before);
}

#[test]
fn a_long_question_above_a_list_breaks_between_words_and_is_removed() {
    for columns in [40, 80] {
        let workspace = ordinary();
        let mut terminal = Terminal::start_at(columns, &workspace, &["init", APP]);
        terminal.expect("> free").expect("paid");
        let lines = terminal.lines();
        let at = lines.iter().position(|line| line.starts_with(PLAN)).unwrap();
        let drawn = lines[at..].iter().take_while(|line| !line.starts_with("> "));
        let question: Vec<&str> = drawn.map(|line| line.trim_end_matches('|').trim()).collect();
        let expected = format!("{PLAN} (what it can create depends on it)");
        assert_eq!(question.join(" "), expected, "{}", lines.join("\n"));
        assert!(lines.iter().all(|line| line.chars().count() < columns), "{}", lines.join("\n"));
        terminal.press("\r").expect("Found:").expect("> No, go on");
        let lines = terminal.lines();
        assert!(lines.iter().all(|line| line.chars().count() < columns), "{}", lines.join("\n"));
        let shown: Vec<&String> = lines[at..].iter().take_while(|line| *line != "Found:").collect();
        assert_eq!(shown, [&format!("{PLAN}: free")], "{}", lines.join("\n"));
        terminal.interrupt();
        assert_eq!(terminal.end().code, 130);
    }
}

#[test]
fn an_answer_without_effect_is_left_out_after_it_was_said() {
    let workspace = ordinary();
    let mut terminal = Terminal::start_at(80, &workspace, &["init", APP, "--plan", "paid"]);
    terminal.choose("Change anything else?", "Port: ").expect("Port [7860]: ").press("8080\r");
    terminal.choose("Change anything else?", "SDK: docker").choose("SDK", "gradio");
    terminal.choose("Change anything else?", "No, go on").expect("`--port`: it has no effect here");
    terminal.choose("Change anything else?", "No, go on").expect("new file").expect("[y]").press("a\r");
    terminal.end().ok();
    assert!(!workspace.files(APP).contains_key("Dockerfile"));
}

const TWO: &str = "```one.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
    ```two.py\nimport gradio as gr\ngr.Interface(str, 'text', 'text').launch()\n```\n\
    ```requirements.txt\ngradio==6.31.0\n```\n";

#[test]
fn the_plan_leads_back_to_the_app() {
    for back in [ESCAPE, "back\r"] {
        let workspace = written(TWO);
        let mut terminal = Terminal::start(&workspace, &["init", APP]);
        terminal.choose("Which app does the Space run?", "one.py").expect(PLAN).expect("> free").press(back);
        terminal.choose("Which app does the Space run?", "two.py").choose(PLAN, "paid");
        terminal.expect("Change anything else?").press("\r").expect("[y/n/d/a/q]").press("a\r");
        let ended = terminal.end().ok();
        assert!(ended.repeat().contains("--app-file two.py"), "{}", ended.text());
    }
}

#[test]
fn the_answers_lead_back_to_the_app_and_what_was_typed_stays_with_it() {
    for (app, is_typed) in [("one.py", true), ("two.py", false)] {
        let workspace = written(TWO);
        let mut terminal = Terminal::start(&workspace, &["init", APP, "--plan", "paid"]);
        terminal.choose("Which app does the Space run?", "one.py").choose("Change anything else?", "Title: ");
        terminal.expect("Title [").press("Typed\r").expect("Change anything else?").expect("> No, go on").press(ESCAPE);
        terminal.choose("Which app does the Space run?", app).expect("Change anything else?").press("\r");
        terminal.expect("[y/n/d/a/q]").press("a\r");
        terminal.end().ok();
        let readme = String::from_utf8(workspace.files(APP)["README.md"].clone()).unwrap();
        assert_eq!(readme.contains("title: Typed\n"), is_typed, "{readme}");
    }
}

#[test]
fn a_move_is_asked_for_once_and_the_answers_lead_back_to_it() {
    let workspace = written(
        "```app.py\nimport streamlit as st\nst.title('x')\n```\n```requirements.txt\nstreamlit\n```\n\
         ```README.md\n---\ntitle: X\nsdk: streamlit\nsdk_version: 1.40.0\napp_file: app.py\n---\n```\n",
    );
    let mut terminal = Terminal::start(&workspace, &["init", APP]);
    terminal.expect("Move it to Docker?").press("y\r").expect("> No, go on").press(ESCAPE);
    terminal.expect("Move it to Docker?").press("y\r").choose("Change anything else?", PLAN).choose(PLAN, "paid");
    terminal.choose("Change anything else?", "No, go on").expect("[y/n/d/a/q]").press("a\r");
    let ended = terminal.end().ok();
    assert!(workspace.files(APP).contains_key("Dockerfile"), "{}", ended.text());
}

/// The packages that the Hub does not install are said wherever the image of the Hub is chosen.
#[test]
fn what_another_sdk_needs_is_said_when_it_is_chosen_in_the_list() {
    let workspace = written(
        "```app.py\nimport gradio as gr\nimport sklearn\ngr.Interface(str, 'text', 'text').launch()\n```\n\
         ```Pipfile\n[packages]\ngradio = \"*\"\nscikit-learn = \"*\"\n```\n",
    );
    for (entry, prompt, chosen) in [("SDK: docker", "SDK", "gradio"), (PLAN, PLAN, "free")] {
        let mut terminal = Terminal::start(&workspace, &["init", APP]);
        terminal.choose(PLAN, "paid").choose("Change anything else?", entry).choose(prompt, chosen);
        terminal.choose("Change anything else?", "No, go on").expect("[y/n/d/a/q]").press("q\r");
        let text = terminal.end().text();
        assert!(text.contains("the Hub installs the packages of `requirements.txt` alone"), "{text}");
    }
}
