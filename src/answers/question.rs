//! What can be asked. A question is data: its flag, its prompt, its key in an answers file and its entry in the JSON
//! schema are all made from it.

use std::borrow::Cow;

use super::answers::Answers;
use super::manifest::Manifest;
use super::raw::Raw;
use crate::values::{Invalid, excerpt, nearest, one_line, refuse_token};

type Text = Cow<'static, str>;

/// What kind of value answers a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text on one line.
    Text,
    /// An integer between two bounds.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// Yes or no.
    Boolean,
    /// One of a closed list.
    Choice(Vec<Text>),
    /// Any number of texts.
    List,
    /// A command line, in one text or in a list of words.
    Words,
}

/// When `.spaces-new.toml` keeps an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Where somebody gave it, or it was found.
    Given,
    /// Also where it is a default: one that another folder would not give again.
    Always,
    /// Not at all.
    Never,
}

/// A rule that a single text has to pass.
pub(crate) type Rule = fn(&str) -> Result<(), Invalid>;

/// A default that depends on the template and on other answers.
pub(super) type OwnDefault = fn(&Manifest, &Answers) -> Option<Raw>;

/// A question of a template.
#[derive(Debug, Clone)]
pub struct Question {
    pub(crate) key: Text,
    pub(crate) flag: Text,
    pub(crate) short: Option<char>,
    pub(crate) value_name: Text,
    pub(crate) prompt: Text,
    pub(crate) help: Text,
    /// The heading under which the flag stands in the help.
    pub(crate) group: Text,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Raw>,
    /// An expression over the other answers; the question is asked where it holds.
    pub(crate) when: Option<Text>,
    /// What to say when it was answered although `when` does not hold.
    pub(crate) otherwise: Text,
    /// Whether the wizard asks it of everyone, or only offers it.
    pub(crate) asked: bool,
    /// Whether the wizard offers it at all.
    pub(crate) offered: bool,
    pub(crate) rule: Option<Rule>,
    /// Goes before `default`, where it gives one.
    pub(super) own_default: Option<OwnDefault>,
    pub(super) kept: Kept,
    /// Whether its rule has better words for a token than that it is one.
    pub(super) own_words_for_tokens: bool,
}

impl Question {
    /// A question with the flag that its key gives and nothing special about it.
    pub(crate) fn new(key: impl Into<Text>, kind: Kind, prompt: impl Into<Text>, help: impl Into<Text>) -> Self {
        let key = key.into();
        Self {
            flag: Text::Owned(key.replace('_', "-")),
            value_name: Text::Owned(key.to_uppercase()),
            key,
            short: None,
            prompt: prompt.into(),
            help: help.into(),
            group: Text::Borrowed(""),
            kind,
            default: None,
            when: None,
            otherwise: Text::Borrowed(""),
            asked: false,
            offered: true,
            rule: None,
            own_default: None,
            kept: Kept::Given,
            own_words_for_tokens: false,
        }
    }

    /// A question whose key is that of its row.
    pub(super) fn of(kind: Kind, prompt: &'static str, help: &'static str) -> Self {
        Self::new("", kind, prompt, help)
    }

    /// What its row says of it: flag and name of the value follow from the key unless they were given.
    #[must_use]
    pub(super) fn of_row(self, key: &'static str, group: &'static str, rule: Rule) -> Self {
        let named = Self::new(key, Kind::Text, "", "");
        let flag = if self.flag.is_empty() { named.flag } else { self.flag };
        let value_name = if self.value_name.is_empty() { named.value_name } else { self.value_name };
        Self { key: named.key, flag, value_name, group: group.into(), rule: Some(rule), ..self }
    }

    /// With another flag than that of its key.
    #[must_use]
    pub(super) fn with_flag(self, flag: &'static str) -> Self {
        Self { flag: flag.into(), ..self }
    }

    /// With another name for its value in a usage line than its key.
    #[must_use]
    pub(super) fn with_value(self, name: &'static str) -> Self {
        Self { value_name: name.into(), ..self }
    }

    /// With a default that depends on nothing else.
    #[must_use]
    pub(super) fn with_default(self, default: impl Into<Raw>) -> Self {
        Self { default: Some(default.into()), ..self }
    }

    /// With a default that depends on the template and on other answers.
    #[must_use]
    pub(super) fn with_own_default(self, default: OwnDefault) -> Self {
        Self { own_default: Some(default), ..self }
    }

    /// Only under a condition; the second text says why it has no effect otherwise.
    #[must_use]
    pub(super) fn only_when(self, (when, otherwise): (&'static str, &'static str)) -> Self {
        Self { when: Some(when.into()), ..self.otherwise(otherwise) }
    }

    /// Says why it has no effect where a template's own condition for it does not hold.
    #[must_use]
    pub(super) fn otherwise(self, otherwise: &'static str) -> Self {
        Self { otherwise: otherwise.into(), ..self }
    }

    /// Says when `.spaces-new.toml` keeps the answer.
    #[must_use]
    pub(super) fn kept(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }

    /// Asked of everyone.
    #[must_use]
    pub(super) fn asked(self) -> Self {
        Self { asked: true, ..self }
    }

    /// Not even offered by a wizard.
    #[must_use]
    pub(super) fn not_offered(self) -> Self {
        Self { offered: false, ..self }
    }

    /// Leaves tokens to its rule, which has better words for them.
    #[must_use]
    pub(super) fn with_own_words_for_tokens(self) -> Self {
        Self { own_words_for_tokens: true, ..self }
    }

    /// The key in an answers file.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The flag, without its dashes.
    #[must_use]
    pub fn flag(&self) -> &str {
        &self.flag
    }

    /// The one-letter form of the flag.
    #[must_use]
    pub fn short(&self) -> Option<char> {
        self.short
    }

    /// What stands for the value in a usage line.
    #[must_use]
    pub fn value_name(&self) -> &str {
        &self.value_name
    }

    /// The question itself, as a person is asked it.
    #[must_use]
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// One line on what the answer does.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The heading under which its flag stands in the help.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// What kind of value answers it.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The default that depends on nothing else.
    #[must_use]
    pub fn default(&self) -> Option<&Raw> {
        self.default.as_ref()
    }

    /// Whether a wizard should ask it of everyone.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked
    }

    /// Checks one value by itself.
    ///
    /// # Errors
    /// When the value is of another kind, or breaks the question's rule.
    pub fn check(&self, value: &Raw) -> Result<(), Invalid> {
        self.refuse_tokens(value)?;
        match (&self.kind, value) {
            (Kind::Text | Kind::Words, Raw::Text(text)) => self.check_text(text),
            (Kind::Choice(choices), Raw::Text(text)) => {
                self.check_text(text).and_then(|()| check_choice(choices, text))
            }
            (Kind::Integer { min, max }, Raw::Integer(number)) => {
                let text = number.to_string();
                self.check_text(&text)?;
                if (min..=max).contains(&number) { Ok(()) } else { Err(out_of_range(&text, *min, *max)) }
            }
            (Kind::Integer { min, max }, Raw::Text(text)) => match text.parse() {
                Ok(number) => self.check(&Raw::Integer(number)),
                Err(_) => Err(self.check_text(text).err().unwrap_or_else(|| out_of_range(text, *min, *max))),
            },
            (Kind::Boolean, Raw::Boolean(_)) => Ok(()),
            (Kind::List, Raw::List(items)) => items.iter().try_for_each(|item| self.check_text(item)),
            (Kind::Words, Raw::List(words)) => crate::values::StartCommand::try_from(words.clone()).map(|_| ()),
            _ => Err(Invalid::new(format!("it is {}", value.kind())).hint(format!("{} is needed", self.needed()))),
        }
    }

    /// A value that passed [`Self::check`], as the kind of value that the question takes: flags and prompts give
    /// numbers as text.
    pub(crate) fn typed(&self, value: Raw) -> Raw {
        match (&self.kind, &value) {
            (Kind::Integer { .. }, Raw::Text(text)) => text.parse().map_or(value, Raw::Integer),
            _ => value,
        }
    }

    fn check_text(&self, text: &str) -> Result<(), Invalid> {
        match self.rule {
            Some(rule) => rule(text),
            None => one_line(text).map(|_| ()),
        }
    }

    /// Refuses a token, or an item that is one, or a word of a command, before another message repeats it.
    fn refuse_tokens(&self, value: &Raw) -> Result<(), Invalid> {
        if self.own_words_for_tokens {
            return Ok(());
        }
        match (&self.kind, value) {
            (Kind::Words, Raw::Text(text)) => text.split_whitespace().try_for_each(refuse_token),
            (_, Raw::Text(text)) => refuse_token(text),
            (_, Raw::List(items)) => items.iter().try_for_each(|item| refuse_token(item)),
            _ => Ok(()),
        }
    }

    fn needed(&self) -> &'static str {
        match self.kind {
            Kind::Text | Kind::Choice(_) => "a string in quotes",
            Kind::Integer { .. } => "an integer",
            Kind::Boolean => "`true` or `false`",
            Kind::List => "a list of strings",
            Kind::Words => "a string or a list of strings",
        }
    }
}

fn check_choice(choices: &[Text], text: &str) -> Result<(), Invalid> {
    if choices.iter().any(|choice| choice == text) {
        return Ok(());
    }
    let error = Invalid::new(format!("`{}` is not one of the choices", excerpt(text)));
    Err(match nearest(text, choices.iter().map(AsRef::as_ref)) {
        Some(choice) => error.hint(format!("did you mean `{choice}`?")),
        None => error.hint(format!("one of: {}", choices.join(", "))),
    })
}

fn out_of_range(text: &str, min: i64, max: i64) -> Invalid {
    let what = if text.parse::<i64>().is_ok() { "out of range" } else { "not an integer" };
    Invalid::new(format!("`{}` is {what}", excerpt(text))).hint(format!("an integer from {min} to {max}"))
}
