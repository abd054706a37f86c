//! Asks a person in the terminal about what the files of an app leave open.

use spaces_new::report::{Printable, text_diff};
use spaces_new::{App, Cancelled, Chooser};

use super::list::{Entry, choose, confirm};
use super::printer;

/// Asks in a terminal.
pub(super) struct TerminalChooser;

/// Asks for one of several; it is the first question.
fn one_of(prompt: &str, items: impl Iterator<Item = String>) -> Result<Option<usize>, Cancelled> {
    let entries: Vec<Entry> = items.map(Entry::new).collect();
    loop {
        if let Some(index) = choose(prompt, &entries, 0, false)? {
            return Ok(Some(index));
        }
    }
}

impl Chooser for TerminalChooser {
    fn app(&mut self, apps: &[App]) -> Result<Option<usize>, Cancelled> {
        one_of(
            "Which app does the Space run?",
            apps.iter().map(|app| format!("{} ({})", app.file, app.framework.name())),
        )
    }

    fn function(&mut self, functions: &[String]) -> Result<Option<usize>, Cancelled> {
        one_of("Which function is called?", functions.iter().cloned())
    }

    fn guard_launch(&mut self, changes: &[(String, String, String)]) -> Result<bool, Cancelled> {
        let mut text = Printable::new();
        for (path, before, after) in changes {
            text.source(text_diff(path, before, after));
        }
        printer::print_error(&text);
        let question = "The file launches its page when it is imported. Guard the launch like this?";
        confirm(question, false)
    }

    fn migrate(&mut self, sdk: &str) -> Result<bool, Cancelled> {
        let question = format!("This Space says `sdk: {sdk}`, which the Hub no longer offers. Move it to Docker?");
        confirm(&question, true)
    }
}
