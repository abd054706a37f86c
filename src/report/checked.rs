//! A checked folder with its result.

use crate::check::{Diagnostic, Level};
use crate::repo::Repo;

/// A folder that was checked, or why it could not be.
#[derive(Debug)]
pub struct Checked {
    pub(super) name: String,
    pub(super) outcome: Result<Found, Failed>,
    /// The changes of fixes, if they are to be shown first.
    pub(super) diff: Option<String>,
}

#[derive(Debug)]
pub(super) struct Found {
    pub(super) repo: Repo,
    pub(super) diagnostics: Vec<Diagnostic>,
}

#[derive(Debug)]
pub(super) struct Failed {
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Checked {
    /// The findings in a folder. `name` is the folder as given.
    #[must_use]
    pub fn new(name: String, repo: Repo, diagnostics: Vec<Diagnostic>) -> Self {
        Self { name, outcome: Ok(Found { repo, diagnostics }), diff: None }
    }

    /// A folder that could not be checked.
    #[must_use]
    pub fn failed(name: String, message: String, hint: Option<String>) -> Self {
        Self { name, outcome: Err(Failed { message, hint }), diff: None }
    }

    /// Adds the changes of fixes.
    #[must_use]
    pub fn with_diff(self, diff: Option<String>) -> Self {
        Self { diff, ..self }
    }

    /// The findings.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.outcome.as_ref().map_or(&[], |found| &found.diagnostics)
    }

    /// The changes of fixes, if requested.
    #[must_use]
    pub fn diff(&self) -> Option<&str> {
        self.diff.as_deref()
    }

    /// The files and the findings in them, if it was checked.
    pub(super) fn found(&self) -> Option<(&str, &Repo, &[Diagnostic])> {
        self.outcome.as_ref().ok().map(|found| (&*self.name, &found.repo, &*found.diagnostics))
    }

    pub(super) fn count(&self, level: Level) -> usize {
        self.diagnostics().iter().filter(|diagnostic| diagnostic.level == level).count()
    }
}
