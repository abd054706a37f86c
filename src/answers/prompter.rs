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
    /// The default answer.
    pub current: Option<Raw>,
    /// Whether the template requires an answer.
    pub required: bool,
    /// Whether the answer can stay empty or be cleared.
    pub optional: bool,
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
    /// Asks one question until the answer passes [`Question::check`]. `None` means no answer, if none is required.
    ///
    /// # Errors
    /// If the person stops.
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Option<Raw>, Cancelled>;

    /// Offers the questions that were not asked, each with its current answer. `None` means that none is to be changed.
    ///
    /// # Errors
    /// If the person stops.
    fn change(&mut self, offered: &[Asked<'_>]) -> Result<Option<usize>, Cancelled>;
}
