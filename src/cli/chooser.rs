//! Asks a person in the terminal about what the files of an app leave open.

use dialoguer::{Confirm, Select};
use spaces_new::report::{Printable, text_diff};
use spaces_new::{App, Cancelled, Chooser};

use super::printer;
use super::prompts::{answered, theme};

/// Asks in a terminal.
pub(super) struct TerminalChooser;

impl Chooser for TerminalChooser {
    fn app(&mut self, apps: &[App]) -> Result<Option<usize>, Cancelled> {
        let items: Vec<String> = apps.iter().map(|app| format!("{} ({})", app.file, app.framework.name())).collect();
        let theme = theme();
        let select = Select::with_theme(theme.as_ref()).with_prompt("Which app does the Space run?");
        answered(select.items(&items).default(0).interact()).map(Some)
    }

    fn function(&mut self, functions: &[String]) -> Result<Option<usize>, Cancelled> {
        let theme = theme();
        let select = Select::with_theme(theme.as_ref()).with_prompt("Which function is called?");
        answered(select.items(functions).default(0).interact()).map(Some)
    }

    fn guard_launch(&mut self, changes: &[(String, String, String)]) -> Result<bool, Cancelled> {
        let mut text = Printable::new();
        for (path, before, after) in changes {
            text.source(text_diff(path, before, after));
        }
        printer::print_error(&text);
        let question = "The file launches its page when it is imported. Guard the launch like this?";
        answered(Confirm::with_theme(theme().as_ref()).with_prompt(question).default(false).interact())
    }

    fn migrate(&mut self, sdk: &str) -> Result<bool, Cancelled> {
        let question = format!("This Space says `sdk: {sdk}`, which the Hub no longer offers. Move it to Docker?");
        answered(Confirm::with_theme(theme().as_ref()).with_prompt(question).default(true).interact())
    }
}
