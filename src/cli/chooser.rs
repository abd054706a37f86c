//! Asks a person in the terminal about what the files of an app leave open.

use spaces_new::report::{Printable, text_diff};
use spaces_new::{AdoptError, App, Cancelled, Chooser};

use super::line::confirm;
use super::list::{Entry, choose};
use super::printer;

/// Asks in a terminal.
#[derive(Default)]
pub(super) struct TerminalChooser {
    /// What was answered, in the order of the questions.
    replies: Vec<usize>,
    /// How many questions there were in this run.
    asked: usize,
    went_back: bool,
    /// Whether there is a question before the first one.
    can_leave: bool,
}

impl TerminalChooser {
    /// With or without a question before the first one here.
    pub(super) fn new(can_leave: bool) -> Self {
        Self { can_leave, ..Self::default() }
    }

    /// Decides with a person. To go back is to decide again, with the replies to the questions before. None if the person goes back
    /// before the first one.
    pub(super) fn decide<T>(
        &mut self,
        decide: impl Fn(&mut Self) -> Result<T, AdoptError>,
    ) -> Result<Option<T>, AdoptError> {
        loop {
            self.asked = 0;
            let decided = decide(self);
            if !std::mem::take(&mut self.went_back) {
                return decided.map(Some);
            }
            if !self.go_back() {
                return Ok(None);
            }
        }
    }

    /// Whether there is a question before those that come now.
    pub(super) fn can_go_back(&self) -> bool {
        self.can_leave || !self.replies.is_empty()
    }

    /// Takes the last reply back, so that its question is asked again. Whether there was one.
    pub(super) fn go_back(&mut self) -> bool {
        self.replies.pop().is_some()
    }

    /// The reply to the next question, which is only asked if there is none yet: with or without a question before it.
    fn reply(&mut self, ask: impl Fn(bool) -> Result<Option<usize>, Cancelled>) -> Result<usize, Cancelled> {
        let reply = match self.replies.get(self.asked) {
            Some(reply) => *reply,
            None => match ask(self.asked > 0 || self.can_leave)? {
                Some(reply) => {
                    self.replies.push(reply);
                    reply
                }
                None => {
                    self.went_back = self.asked > 0 || self.can_leave;
                    return Err(Cancelled);
                }
            },
        };
        self.asked += 1;
        Ok(reply)
    }

    /// Asks for one of several.
    fn one_of(&mut self, prompt: &str, items: impl Iterator<Item = String>) -> Result<Option<usize>, Cancelled> {
        let entries: Vec<Entry> = items.map(Entry::new).collect();
        self.reply(|can_go_back| {
            loop {
                let chosen = choose(prompt, &entries, 0, can_go_back)?;
                if chosen.is_some() || can_go_back {
                    return Ok(chosen);
                }
            }
        })
        .map(Some)
    }

    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, Cancelled> {
        self.reply(|can_go_back| Ok(confirm(question, default, can_go_back)?.map(usize::from))).map(|reply| reply == 1)
    }
}

impl Chooser for TerminalChooser {
    fn app(&mut self, apps: &[App]) -> Result<Option<usize>, Cancelled> {
        self.one_of(
            "Which app does the Space run?",
            apps.iter().map(|app| format!("{} ({})", app.file, app.framework.name())),
        )
    }

    fn function(&mut self, functions: &[String]) -> Result<Option<usize>, Cancelled> {
        self.one_of("Which function is called?", functions.iter().cloned())
    }

    fn guard_launch(&mut self, changes: &[(String, String, String)]) -> Result<bool, Cancelled> {
        let mut text = Printable::new();
        for (path, before, after) in changes {
            text.source(text_diff(path, before, after));
        }
        printer::print_error(&text);
        self.confirm("The file launches its page when it is imported. Guard the launch like this?", false)
    }

    fn migrate(&mut self, sdk: &str) -> Result<bool, Cancelled> {
        let question = format!("This Space says `sdk: {sdk}`, which the Hub no longer offers. Move it to Docker?");
        self.confirm(&question, true)
    }
}
