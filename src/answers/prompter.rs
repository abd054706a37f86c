//! What asks a person, as far as the library knows.

use std::fmt;

use super::question::Question;
use super::raw::Raw;

/// A question with the answer it has so far.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// The answer that counts if nothing else is said.
    pub current: Option<Raw>,
    /// Whether the template needs an answer.
    pub required: bool,
    /// Whether it can be left, or made again, without any answer.
    pub optional: bool,
}

/// The person would rather stop.
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
    /// Asks one question until the answer passes [`Question::check`]. `None` means no answer, where none is needed.
    ///
    /// # Errors
    /// When the person stops.
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Option<Raw>, Cancelled>;

    /// Offers the questions that were not asked, each with its current answer. `None` means that all is well.
    ///
    /// # Errors
    /// When the person stops.
    fn change(&mut self, offered: &[Asked<'_>]) -> Result<Option<usize>, Cancelled>;
}
