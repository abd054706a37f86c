//! Asks the questions of a template in a terminal.

use std::sync::Once;

use dialoguer::console::Term;
use spaces_new::{Asked, Cancelled, Kind, Prompter, Question, Raw, Reply};

use super::line::Line;
use super::list::{Entry, NONE, choose, named};
use super::printer::break_lines;
use super::screen::{columns, wrapped};

/// How the prompts are used.
const KEYS: &str =
    "Enter takes what is proposed, typing filters a list, Esc or `back` goes back, Ctrl-C stops and writes nothing.";

/// The entry of a list of suggestions for another value.
const OTHER: &str = "other ..";

/// Asks in a terminal.
#[derive(Default)]
pub(super) struct TerminalPrompter {
    /// What Esc does in the list of all answers.
    pub(super) escape: Escape,
    /// Whether the person went back from that list.
    pub(super) went_back: bool,
    /// The keys of invalid answers: that list proposes the first one, once.
    pub(super) wrong: Vec<String>,
    /// What that list offers before the answers.
    pub(super) others: Vec<Entry>,
    /// Which of these was chosen.
    pub(super) other: Option<usize>,
}

/// What Esc does in the list of all answers.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// It leads to what is shown before and after the list.
    #[default]
    Leaves,
    /// Nothing: the list is the first question.
    Stays,
    /// It goes back to the question before.
    GoesBack,
}

/// Says how the prompts are used, once.
pub(super) fn say_keys() {
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        break_lines();
        let term = Term::stderr();
        for line in wrapped(KEYS, columns()) {
            let _ = term.write_line(&line);
        }
    });
}

/// Asks for the value of a secret, which is not shown. None if there is none.
#[cfg(feature = "online")]
pub(super) fn secret(name: &str) -> Option<String> {
    let prompt = format!("{name} (not shown, Enter: none)");
    let value = dialoguer::Password::new().with_prompt(prompt).allow_empty_password(true).interact().ok()?;
    // Esc and other keys come as characters
    Some(value).filter(|value| !value.is_empty() && !value.contains(char::is_control))
}

/// Asks for a choice: those that most people want first.
fn choice(asked: &Asked<'_>) -> Result<Reply, Cancelled> {
    let no_answer = asked.optional.then(|| Entry::new(NONE));
    let listed = asked.question.listed().into_iter().map(|(choice, note)| match note {
        Some(note) => Entry::with_note(choice, note),
        None => Entry::new(choice),
    });
    let entries: Vec<Entry> = no_answer.into_iter().chain(listed).collect();
    let current = current(asked);
    let proposed = entries.iter().position(|entry| Some(&entry.label) == current.as_ref()).unwrap_or(0);
    let chosen = choose(asked.question.prompt(), &entries, proposed, asked.can_go_back)?;
    Ok(match chosen.and_then(|index| Some((index, entries.get(index)?))) {
        None => Reply::Back,
        Some((0, _)) if asked.optional => Reply::Nothing,
        Some((_, entry)) => Reply::Answer(Raw::from(entry.label.as_str())),
    })
}

fn yes_or_no(asked: &Asked<'_>) -> Result<Reply, Cancelled> {
    let entries = [Entry::new("yes"), Entry::new("no")];
    let proposed = usize::from(asked.current != Some(Raw::Boolean(true)));
    let chosen = choose(asked.question.prompt(), &entries, proposed, asked.can_go_back)?;
    Ok(chosen.map_or(Reply::Back, |index| Reply::Answer(Raw::Boolean(index == 0))))
}

/// Asks for one of the suggestions, or for another value.
fn suggestion(asked: &Asked<'_>) -> Result<Reply, Cancelled> {
    let current = current(asked);
    let mut values = asked.suggestions.clone();
    values.extend(current.clone().filter(|current| !values.contains(current)));
    let entries: Vec<Entry> = values.iter().map(Entry::new).chain([Entry::new(OTHER)]).collect();
    let proposed = values.iter().position(|value| Some(value) == current.as_ref()).unwrap_or(0);
    loop {
        let Some(index) = choose(asked.question.prompt(), &entries, proposed, asked.can_go_back)? else {
            return Ok(Reply::Back);
        };
        if let Some(value) = values.get(index) {
            return Ok(Reply::Answer(Raw::from(value.as_str())));
        }
        let mut other = asked.clone();
        other.can_go_back = true;
        match text(&other)? {
            Reply::Back => {}
            reply => return Ok(reply),
        }
    }
}

/// Asks for a text. A default is taken by an empty line, anything else can be edited.
fn text(asked: &Asked<'_>) -> Result<Reply, Cancelled> {
    let question = asked.question;
    let is_list = matches!(question.kind(), Kind::List);
    let current = current(asked);
    let (default, initial) = if asked.optional || is_list { (None, current) } else { (current, None) };
    let prompt = match (question.kind(), asked.optional) {
        (Kind::List, _) => format!("{} (commas between them, empty for none)", question.prompt()),
        _ => question.prompt().to_owned(),
    };
    let initial = initial.unwrap_or_default();
    let line = Line { prompt: &prompt, default, initial: initial.clone(), can_go_back: asked.can_go_back };
    let is_required = asked.required && line.default.is_none();
    let reply = line.ask(|text| {
        if text == initial || text.trim().is_empty() && line.default.is_some() {
            // Read again, it might not mean the same
            if let Some(current) = &asked.current {
                return Ok(Reply::Answer(current.clone()));
            }
        }
        read(question, text, is_required)
    })?;
    Ok(match reply {
        Some(Reply::Nothing) if is_list => Reply::Answer(Raw::List(Vec::new())),
        Some(reply) => reply,
        None => Reply::Back,
    })
}

/// The current answer, as a person would type it.
fn current(asked: &Asked<'_>) -> Option<String> {
    asked.current.as_ref().map(|value| asked.question.as_typed(value))
}

/// What a line means, or the fault and what to do.
fn read(question: &Question, text: &str, is_required: bool) -> Result<Reply, String> {
    let typed = match question.read_typed(text) {
        Ok(None) if is_required => question.check(&Raw::from("")).map(|()| None),
        typed => typed,
    };
    match typed {
        Ok(Some(value)) => Ok(Reply::Answer(value)),
        Ok(None) if is_required => Err("an answer is required".to_owned()),
        Ok(None) => Ok(Reply::Nothing),
        Err(invalid) => Err(match invalid.hint_text() {
            Some(hint) => format!("{}; {hint}", invalid.message()),
            None => invalid.message().to_owned(),
        }),
    }
}

impl Prompter for TerminalPrompter {
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply, Cancelled> {
        match asked.question.kind() {
            Kind::Choice(_) => choice(asked),
            Kind::Boolean => yes_or_no(asked),
            _ if !asked.suggestions.is_empty() => suggestion(asked),
            _ => text(asked),
        }
    }

    fn change(&mut self, offered: &[Asked<'_>]) -> Result<Option<usize>, Cancelled> {
        let entry = |asked: &Asked<'_>| {
            let current = current(asked).filter(|text| !text.is_empty());
            Entry::new(format!("{}: {}", named(asked.question.prompt()), current.as_deref().unwrap_or(NONE)))
        };
        let first = 1 + self.others.len();
        let entries = std::iter::once(Entry::new("No, go on"))
            .chain(self.others.iter().cloned())
            .chain(offered.iter().map(entry));
        let entries: Vec<Entry> = entries.collect();
        let wrong = std::mem::take(&mut self.wrong);
        let is_wrong = |asked: &Asked<'_>| wrong.iter().any(|key| key == asked.question.key());
        let proposed = offered.iter().position(is_wrong).map_or(0, |index| first + index);
        loop {
            let chosen = choose("Change anything else?", &entries, proposed, self.escape == Escape::GoesBack)?;
            if chosen.is_none() && self.escape == Escape::Stays {
                continue;
            }
            self.went_back = chosen.is_none() && self.escape == Escape::GoesBack;
            self.other = chosen.filter(|index| *index < first).and_then(|index| index.checked_sub(1));
            return Ok(chosen.and_then(|index| index.checked_sub(first)));
        }
    }
}
