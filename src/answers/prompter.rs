//! The interface for asking a person.

use std::fmt;

use super::question::Question;
use super::raw::Raw;

/// A question with its current answer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// The answer so far: the default, or what was answered before going back.
    pub current: Option<Raw>,
    /// Whether the template requires an answer.
    pub required: bool,
    /// Whether the answer can stay empty or be cleared.
    pub optional: bool,
    /// Whether there is a question to go back to.
    pub can_go_back: bool,
    /// Values to choose from, although others are valid too.
    pub suggestions: Vec<String>,
}

impl<'a> Asked<'a> {
    /// A question that must be answered, with a suggested answer.
    pub(crate) fn required(question: &'a Question, current: Raw, can_go_back: bool) -> Self {
        let current = Some(current);
        Self { question, current, required: true, optional: false, can_go_back, suggestions: Vec::new() }
    }
}

/// What a person says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// An answer, which passed [`Question::check`].
    Answer(Raw),
    /// No answer, if none is required.
    Nothing,
    /// The question before, please.
    Back,
}

/// The person stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("cancelled")
    }
}

impl std::error::Error for Cancelled {}

/// Turns questions into answers.
pub trait Prompter {
    /// Asks one question until the answer passes [`Question::check`].
    ///
    /// # Errors
    /// If the person stops.
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply, Cancelled>;

    /// Offers the questions that were not asked, each with its current answer. `None` means that none is to be changed.
    ///
    /// # Errors
    /// If the person stops.
    fn change(&mut self, offered: &[Asked<'_>]) -> Result<Option<usize>, Cancelled>;
}
