//! Asks questions in a terminal.

use std::borrow::Cow;
use std::fmt::{self, Write};

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, Select};
use spaces_new::report::shown;
use spaces_new::{Asked, Cancelled, Kind, Prompter, Question, Raw};

use super::repeat;

/// The theme of the prompts: with colour, if that is on. Every prompt uses it, so that none shows a name or a value
/// unescaped.
pub(super) fn theme() -> Box<dyn Theme> {
    let choice = anstream::AutoStream::choice(&std::io::stderr());
    if choice == anstream::ColorChoice::Never {
        Box::new(Escaping(SimpleTheme))
    } else {
        Box::new(Escaping(ColorfulTheme::default()))
    }
}

/// Another theme that escapes everything it shows.
struct Escaping<T>(T);

impl<T: Theme> Theme for Escaping<T> {
    fn format_prompt(&self, out: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.0.format_prompt(out, &shown(prompt))
    }

    fn format_error(&self, out: &mut dyn Write, error: &str) -> fmt::Result {
        self.0.format_error(out, &shown(error))
    }

    fn format_confirm_prompt(&self, out: &mut dyn Write, prompt: &str, default: Option<bool>) -> fmt::Result {
        self.0.format_confirm_prompt(out, &shown(prompt), default)
    }

    fn format_confirm_prompt_selection(&self, out: &mut dyn Write, prompt: &str, yes: Option<bool>) -> fmt::Result {
        self.0.format_confirm_prompt_selection(out, &shown(prompt), yes)
    }

    fn format_input_prompt(&self, out: &mut dyn Write, prompt: &str, default: Option<&str>) -> fmt::Result {
        self.0.format_input_prompt(out, &shown(prompt), default.map(shown).as_deref())
    }

    fn format_input_prompt_selection(&self, out: &mut dyn Write, prompt: &str, answer: &str) -> fmt::Result {
        self.0.format_input_prompt_selection(out, &shown(prompt), &shown(answer))
    }

    fn format_select_prompt(&self, out: &mut dyn Write, prompt: &str) -> fmt::Result {
        self.0.format_select_prompt(out, &shown(prompt))
    }

    fn format_select_prompt_selection(&self, out: &mut dyn Write, prompt: &str, answer: &str) -> fmt::Result {
        self.0.format_select_prompt_selection(out, &shown(prompt), &shown(answer))
    }

    fn format_select_prompt_item(&self, out: &mut dyn Write, item: &str, active: bool) -> fmt::Result {
        self.0.format_select_prompt_item(out, &shown(item), active)
    }
}

/// The answer of a prompt. Any failure counts as "stopped", since nobody will answer.
pub(super) fn answered<T>(answer: dialoguer::Result<T>) -> Result<T, Cancelled> {
    answer.map_err(|_| {
        super::interrupt::show_cursor();
        Cancelled
    })
}

/// Asks in a terminal.
pub(super) struct TerminalPrompter {
    theme: Box<dyn Theme>,
}

impl TerminalPrompter {
    pub(super) fn new() -> Self {
        Self { theme: theme() }
    }

    /// Asks for a text until it passes a rule.
    pub(super) fn text(
        &self,
        prompt: &str,
        default: Option<String>,
        rule: impl Fn(&str) -> Result<(), String>,
    ) -> Result<String, Cancelled> {
        let mut input = Input::<String>::with_theme(self.theme.as_ref()).with_prompt(prompt).allow_empty(true);
        if let Some(default) = default {
            input = input.default(default);
        }
        answered(input.validate_with(|text: &String| rule(text)).interact_text())
    }

    fn choice(&self, asked: &Asked<'_>, choices: &[Cow<'static, str>]) -> Result<Option<Raw>, Cancelled> {
        let none = asked.optional.then_some("none");
        let items: Vec<&str> = none.into_iter().chain(choices.iter().map(AsRef::as_ref)).collect();
        let shown = current(asked);
        let selected = items.iter().position(|item| Some(*item) == shown.as_deref()).unwrap_or(0);
        let select = Select::with_theme(self.theme.as_ref()).with_prompt(asked.question.prompt());
        let index = answered(select.items(&items).default(selected).max_length(12).interact())?;
        Ok(items.get(index).filter(|_| !(asked.optional && index == 0)).map(|item| Raw::from(*item)))
    }

    /// Asks for one entry after another, until one is empty. If the first one is empty, the current list stays.
    fn list(&self, asked: &Asked<'_>) -> Result<Option<Raw>, Cancelled> {
        let question = asked.question;
        let current = current(asked).filter(|shown| !shown.is_empty());
        let mut items: Vec<String> = Vec::new();
        loop {
            let prompt = match &current {
                Some(current) if items.is_empty() => format!("{} (empty keeps {current})", question.prompt()),
                _ => format!("{} (empty to finish)", question.prompt()),
            };
            let rule = |text: &str| check(question, text, false, |text| Raw::List(vec![text.to_owned()]));
            match self.text(&prompt, None, rule)? {
                item if item.trim().is_empty() && items.is_empty() => return Ok(asked.current.clone()),
                item if item.trim().is_empty() => return Ok(Some(Raw::List(items))),
                item => items.push(item),
            }
        }
    }

    /// Asks for a text that may be empty: the current one can be edited.
    fn editable(&self, asked: &Asked<'_>) -> Result<Option<Raw>, Cancelled> {
        let question = asked.question;
        let initial = current(asked).unwrap_or_default();
        let input = Input::<String>::with_theme(self.theme.as_ref()).with_prompt(question.prompt()).allow_empty(true);
        let rule = |text: &String| check(question, text, false, |text| Raw::from(text));
        let text = answered(input.with_initial_text(shown(&initial)).validate_with(rule).interact_text())?;
        Ok((!text.trim().is_empty()).then(|| Raw::from(text)))
    }
}

/// The current answer, as a person would type it.
fn current(asked: &Asked<'_>) -> Option<String> {
    asked.current.as_ref().map(|value| repeat::typed(asked.question, value))
}

/// The result of a validator: nothing, or the fault and what to do.
fn check(question: &Question, text: &str, required: bool, raw: impl Fn(&str) -> Raw) -> Result<(), String> {
    if text.trim().is_empty() && !required {
        return Ok(());
    }
    question.check(&raw(text)).map_err(|invalid| match invalid.hint_text() {
        Some(hint) => format!("{}; {hint}", invalid.message()),
        None => invalid.message().to_owned(),
    })
}

impl Prompter for TerminalPrompter {
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Option<Raw>, Cancelled> {
        let question = asked.question;
        match question.kind() {
            Kind::Choice(choices) => self.choice(asked, choices),
            Kind::List => self.list(asked),
            Kind::Boolean => {
                let confirm = Confirm::with_theme(self.theme.as_ref()).with_prompt(question.prompt());
                let current = asked.current == Some(Raw::Boolean(true));
                answered(confirm.default(current).interact()).map(|value| Some(Raw::Boolean(value)))
            }
            _ if asked.optional => self.editable(asked),
            _ => {
                let default = current(asked);
                let required = asked.required || default.is_some();
                let text = self
                    .text(question.prompt(), default, |text| check(question, text, required, |text| Raw::from(text)))?;
                Ok((!text.trim().is_empty()).then(|| Raw::from(text)))
            }
        }
    }

    fn change(&mut self, offered: &[Asked<'_>]) -> Result<Option<usize>, Cancelled> {
        let line = |asked: &Asked<'_>| {
            let current = current(asked).filter(|text| !text.is_empty());
            format!("{}: {}", asked.question.prompt(), current.as_deref().unwrap_or("none"))
        };
        let items: Vec<String> = std::iter::once("No, make it".to_owned()).chain(offered.iter().map(line)).collect();
        let select = Select::with_theme(self.theme.as_ref()).with_prompt("Change anything else?");
        let index = answered(select.items(&items).default(0).max_length(12).interact())?;
        Ok(index.checked_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_prompt_shows_a_value_as_it_came() {
        let hostile = "a\u{1b}]0;x\u{7}\n\u{9b}31m\u{202e}";
        for theme in [Box::new(Escaping(SimpleTheme)) as Box<dyn Theme>, Box::new(Escaping(ColorfulTheme::default()))] {
            let mut out = String::new();
            theme.format_prompt(&mut out, hostile).unwrap();
            theme.format_error(&mut out, hostile).unwrap();
            theme.format_confirm_prompt(&mut out, hostile, Some(true)).unwrap();
            theme.format_confirm_prompt_selection(&mut out, hostile, Some(true)).unwrap();
            theme.format_input_prompt(&mut out, hostile, Some(hostile)).unwrap();
            theme.format_input_prompt_selection(&mut out, hostile, hostile).unwrap();
            theme.format_select_prompt(&mut out, hostile).unwrap();
            theme.format_select_prompt_selection(&mut out, hostile, hostile).unwrap();
            theme.format_select_prompt_item(&mut out, hostile, true).unwrap();
            for char in ["\u{1b}]", "\u{7}", "\n", "\u{9b}", "\u{202e}"] {
                assert!(!out.contains(char), "{out:?}");
            }
        }
    }
}
