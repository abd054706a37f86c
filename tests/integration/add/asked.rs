//! What a person is asked in a terminal.

use super::{APP, written};
use crate::prompts::terminal::{ESCAPE, Terminal};

const TWO: &str = "```app.py
import gradio as gr


def shout(text: str) -> str:
    return text.upper()


def count(text: str) -> int:
    return len(text)


with gr.Blocks() as demo:
    text, number = gr.Textbox(), gr.Number()
    text.submit(shout, text, text)
    text.change(count, text, number)
demo.launch()
```

```requirements.txt
gradio==6.31.0
```
";

#[test]
fn the_function_and_the_guard_are_asked_for_and_the_guard_is_shown() {
    let workspace = written(TWO);
    let mut terminal = Terminal::start(&workspace, &["add", "replicate", APP]);
    terminal.choose("Which function is called?", "app.py:count");
    terminal.expect("+if __name__ == \"__main__\":");
    terminal.expect("Guard the launch like this?").press("y\r");
    terminal.answer("Create 3 new files?", "a");
    let ended = terminal.end().ok();
    assert!(ended.text().contains("Added what Replicate needs to `app.py`"), "{}", ended.text());
    let files = workspace.files(APP);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert!(text("app.py").ends_with("if __name__ == \"__main__\":\n    demo.launch()\n"), "{}", text("app.py"));
    assert!(text("run.py").contains("self.function = app.count"), "{}", text("run.py"));
}

#[test]
fn a_guard_that_is_declined_changes_nothing() {
    let workspace = written(TWO);
    let before = workspace.files(APP);
    let mut terminal = Terminal::start(&workspace, &["add", "replicate", APP, "--function", "shout"]);
    terminal.expect("Guard the launch like this?").press("n\r");
    let ended = terminal.end();
    assert!(ended.text().contains("starts the page as soon as its file is imported"), "{}", ended.text());
    assert!(workspace.files(APP) == before);
}

#[test]
fn the_guard_leads_back_to_the_function() {
    for back in [ESCAPE, "back\r"] {
        let workspace = written(TWO);
        let mut terminal = Terminal::start(&workspace, &["add", "replicate", APP]);
        terminal.choose("Which function is called?", "app.py:count");
        terminal.expect("Guard the launch like this? [y/n/back] [n]: ").press(back);
        terminal.choose("Which function is called?", "app.py:shout");
        terminal.expect("Guard the launch like this?").press("y\r");
        terminal.answer("Create 3 new files?", "a");
        terminal.end().ok();
        let run = workspace.files(APP).remove("run.py").unwrap();
        assert!(String::from_utf8(run).unwrap().contains("self.function = app.shout"));
    }
}

#[test]
fn the_files_lead_back_to_what_was_open() {
    for back in [ESCAPE, "back\r"] {
        let workspace = written(TWO);
        let mut terminal = Terminal::start(&workspace, &["add", "replicate", APP]);
        terminal.choose("Which function is called?", "app.py:count");
        terminal.expect("Guard the launch like this?").press("y\r");
        terminal.expect("Create 3 new files?").expect("[y]: ").press(back);
        terminal.expect("Guard the launch like this? [y/n/back] [n]: ").press(back);
        terminal.choose("Which function is called?", "app.py:shout");
        terminal.expect("Guard the launch like this?").press("y\r");
        terminal.answer("Create 3 new files?", "a");
        terminal.end().ok();
        let run = workspace.files(APP).remove("run.py").unwrap();
        assert!(String::from_utf8(run).unwrap().contains("self.function = app.shout"));
    }
}
