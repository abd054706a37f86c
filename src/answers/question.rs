//! Questions. A question is data: its flag, its prompt, its key in an answers file and its entry in the JSON
//! schema are derived from it.

use std::borrow::Cow;
use std::sync::Arc;

use super::answers::Answers;
use super::manifest::Manifest;
use super::raw::Raw;
use crate::values::{Invalid, excerpt, nearest, one_line, refuse_token};

type Text = Cow<'static, str>;

/// The type of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Text on one line.
    Text,
    /// An integer between two bounds.
    Integer {
        /// The minimum.
        min: i64,
        /// The maximum.
        max: i64,
    },
    /// Yes or no.
    Boolean,
    /// One of several allowed values.
    Choice(Vec<Text>),
    /// Any number of texts.
    List,
    /// A command line, as one text or as a list of words.
    Words,
}

/// When `.spaces-new.toml` keeps an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// If it was given or found.
    Given,
    /// Also if it is a default that another folder would not give again.
    Always,
    /// Never.
    Never,
}

/// What a comma in a typed list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    /// The next item.
    Separate,
    /// The next item only before a blank: items contain commas themselves.
    OfItems,
}

/// A rule for a single text.
pub(crate) type Rule = fn(&str) -> Result<(), Invalid>;

/// Values to choose from, although others are valid too; they depend on the template and on other answers.
pub(super) type Suggest = fn(&Manifest, &Answers) -> Vec<String>;

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
    /// The heading of the flag in the help.
    pub(crate) group: Text,
    pub(crate) kind: Kind,
    pub(crate) default: Option<Raw>,
    /// An expression over the other answers; the question applies if it is true.
    pub(crate) when: Option<Text>,
    /// The message if it was answered although `when` is false.
    pub(crate) otherwise: Text,
    /// Whether the wizard always asks it, or only offers it.
    pub(crate) asked: bool,
    /// Whether the wizard offers it at all.
    pub(crate) offered: bool,
    pub(crate) rule: Option<Rule>,
    /// A rule for a text that a person types, in addition: what else can be seen to be wrong at once.
    pub(super) typed_rule: Option<Rule>,
    pub(super) commas: Commas,
    /// A line about each choice, in their order; none, or one for each.
    pub(super) notes: Option<Arc<[Text]>>,
    /// The choices that most people want.
    pub(super) usual: &'static [&'static str],
    pub(super) suggest: Option<Suggest>,
    /// Precedes `default`, if it returns a value.
    pub(super) own_default: Option<OwnDefault>,
    pub(super) kept: Kept,
    /// Whether its rule has a better message for a token than the general one.
    pub(super) own_words_for_tokens: bool,
}

impl Question {
    /// A question with the flag of its key and default properties.
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
            typed_rule: None,
            commas: Commas::Separate,
            notes: None,
            usual: &[],
            suggest: None,
            own_default: None,
            kept: Kept::Given,
            own_words_for_tokens: false,
        }
    }

    /// A question with the key of its row.
    pub(super) fn of(kind: Kind, prompt: &'static str, help: &'static str) -> Self {
        Self::new("", kind, prompt, help)
    }

    /// Sets the texts of its row: flag and value name follow from the key unless they were given.
    #[must_use]
    pub(super) fn of_row(self, key: &'static str, group: &'static str, rule: Rule) -> Self {
        let named = Self::new(key, Kind::Text, "", "");
        let flag = if self.flag.is_empty() { named.flag } else { self.flag };
        let value_name = if self.value_name.is_empty() { named.value_name } else { self.value_name };
        Self { key: named.key, flag, value_name, group: group.into(), rule: Some(rule), ..self }
    }

    /// With another flag than its key.
    #[must_use]
    pub(super) fn with_flag(self, flag: &'static str) -> Self {
        Self { flag: flag.into(), ..self }
    }

    /// With another value name in the usage line than its key.
    #[must_use]
    pub(super) fn with_value(self, name: &'static str) -> Self {
        Self { value_name: name.into(), ..self }
    }

    /// With a constant default.
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

    /// Says why it has no effect if a template's own condition for it is false.
    #[must_use]
    pub(super) fn otherwise(self, otherwise: &'static str) -> Self {
        Self { otherwise: otherwise.into(), ..self }
    }

    /// Says when `.spaces-new.toml` keeps the answer.
    #[must_use]
    pub(super) fn kept(self, kept: Kept) -> Self {
        Self { kept, ..self }
    }

    /// With a line about each choice.
    #[must_use]
    pub(super) fn with_notes<T: Into<Text>>(self, notes: impl IntoIterator<Item = T>) -> Self {
        Self { notes: Some(notes.into_iter().map(Into::into).collect()), ..self }
    }

    /// With the choices that a list begins with.
    #[must_use]
    pub(crate) fn with_usual(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    /// With values to choose from, although others are valid too.
    #[must_use]
    pub(super) fn with_suggestions(self, suggest: Suggest) -> Self {
        Self { suggest: Some(suggest), ..self }
    }

    /// With a further rule for what a person types.
    #[must_use]
    pub(super) fn checked_when_typed(self, rule: Rule) -> Self {
        Self { typed_rule: Some(rule), ..self }
    }

    /// With items that may contain commas.
    #[must_use]
    pub(super) fn with_own_commas(self) -> Self {
        Self { commas: Commas::OfItems, ..self }
    }

    /// Always asked.
    #[must_use]
    pub(super) fn asked(self) -> Self {
        Self { asked: true, ..self }
    }

    /// Never offered by a wizard.
    #[must_use]
    pub(super) fn not_offered(self) -> Self {
        Self { offered: false, ..self }
    }

    /// Leaves tokens to its rule, which has a better message.
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

    /// The placeholder for the value in a usage line.
    #[must_use]
    pub fn value_name(&self) -> &str {
        &self.value_name
    }

    /// The prompt.
    #[must_use]
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// A one-line description of its effect.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The heading of its flag in the help.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// The type of its answer.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The constant default.
    #[must_use]
    pub fn default(&self) -> Option<&Raw> {
        self.default.as_ref()
    }

    /// Why an answer has no effect where the question does not apply.
    #[must_use]
    pub fn without_effect(&self) -> &str {
        &self.otherwise
    }

    /// Whether a wizard should always ask it.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked
    }

    /// Checks one value on its own.
    ///
    /// # Errors
    /// If the value has another type, or breaks the question's rule.
    pub fn check(&self, value: &Raw) -> Result<(), Invalid> {
        self.refuse_tokens(value)?;
        match (&self.kind, value) {
            (Kind::Text | Kind::Words, Raw::Text(text)) => self.check_text(text),
            (Kind::Choice(choices), Raw::Text(text)) => {
                self.check_text(text)?;
                // The type of a value with a rule decides about upper and lower case
                let is_known = |choice: &Text| self.rule.is_some() && choice.eq_ignore_ascii_case(text);
                if choices.iter().any(is_known) { Ok(()) } else { check_choice(choices, text) }
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
            _ => Err(Invalid::new(format!("it is {}", value.kind())).hint(format!("{} is required", self.needed()))),
        }
    }

    /// A value that passed [`Self::check`], with the type that the question takes: flags and prompts give
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

    /// Refuses a token, or a list item or word of a command that is one, before another message repeats it.
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
