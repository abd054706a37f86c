//! Problems with answers: all of them, each with the flag that fixes it.

use std::fmt;

use super::answers::Source;
use crate::values::Invalid;

/// The key of a problem with an answers file as a whole.
pub(super) const ANSWERS_FILE: &str = "answers";

/// One problem with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecError {
    key: String,
    flag: Option<String>,
    line: Option<usize>,
    missing: bool,
    message: String,
    hint: Option<String>,
}

impl SpecError {
    /// A problem with the answer to a question, by its key.
    #[must_use]
    pub fn new(key: &str, message: impl Into<String>) -> Self {
        Self { key: key.to_owned(), flag: None, line: None, missing: false, message: message.into(), hint: None }
    }

    pub(crate) fn in_file(key: &str, line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::new(key, message) }
    }

    /// A required answer is missing.
    #[must_use]
    pub fn into_missing(self) -> Self {
        Self { missing: true, ..self }
    }

    /// Names the flag that fixes it, without dashes.
    #[must_use]
    pub fn flagged(mut self, flag: &str) -> Self {
        self.flag = Some(flag.to_owned());
        self
    }

    #[must_use]
    pub(crate) fn given_by(mut self, source: Option<Source>) -> Self {
        if let Some(Source::File { line }) = source {
            self.line = Some(line);
        }
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn invalid(key: &str, invalid: Invalid) -> Self {
        Self { hint: invalid.hint, ..Self::new(key, invalid.message) }
    }

    /// The key of the question.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The flag that fixes it, without dashes.
    #[must_use]
    pub fn flag(&self) -> Option<&str> {
        self.flag.as_deref()
    }

    /// The line of the answer in the answers file.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Whether a required answer is missing.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.missing
    }

    /// The fault.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The message after the name of the missing answer.
    fn lack(&self) -> &str {
        self.message.strip_prefix("it ").unwrap_or(&self.message)
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.flag, self.line) {
            (_, Some(line)) if self.key == ANSWERS_FILE => {
                write!(out, "line {line} of the answers file: {}", self.message)
            }
            (_, Some(line)) => write!(out, "`{}` in line {line} of the answers file: {}", self.key, self.message),
            // A missing answer has no value to mention
            (Some(flag), None) if self.missing => write!(out, "`--{flag}` {}", self.lack()),
            (None, None) if self.missing => write!(out, "`{}` {}", self.key, self.lack()),
            (Some(flag), None) => write!(out, "`--{flag}`: {}", self.message),
            (None, None) => write!(out, "`{}`: {}", self.key, self.message),
        }
    }
}

/// Every problem that was found, in the order of the questions. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecErrors(pub(crate) Vec<SpecError>);

impl SpecErrors {
    /// The problems.
    pub fn iter(&self) -> impl Iterator<Item = &SpecError> {
        self.0.iter()
    }

    /// Adds problems found elsewhere, so that all are reported at once.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// Whether the only problem is that answers are missing.
    #[must_use]
    pub fn are_all_missing(&self) -> bool {
        self.0.iter().all(SpecError::is_missing)
    }
}

impl From<SpecError> for SpecErrors {
    fn from(error: SpecError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for SpecErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(out, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SpecErrors {}
