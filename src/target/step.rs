//! What to do with a repository that was just made: as data, from which text and JSON are made.

use std::path::Path;

use serde::Serialize;

use crate::answers::{Manifest, Spec};
use crate::repo::Repo;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it is for.
    pub title: String,
    /// What to type, a line each.
    pub commands: Vec<String>,
    /// What to know.
    pub notes: Vec<String>,
}

impl Step {
    /// A step without notes.
    #[must_use]
    pub fn new(title: impl Into<String>, commands: Vec<String>) -> Self {
        Self { title: title.into(), commands, notes: Vec::new() }
    }

    /// The same with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// A repository that was made, or a folder with an app that became one.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// The checked answers.
    pub spec: &'a Spec,
    /// The template that they are for.
    pub template: &'a Manifest,
    /// How the folder is under version control.
    pub git: Git<'a>,
    /// The files of the folder, where it existed before.
    pub repo: Option<&'a Repo>,
}

/// How a folder is under version control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Git<'a> {
    /// It is not.
    None,
    /// It is a repository that was just made, without a commit.
    New,
    /// It was a repository before.
    Existing,
    /// It is inside of the work tree of another repository, whose root this is.
    Inside(&'a Path),
}

/// A word of a command line, in quotes where a shell needs them.
pub(crate) fn word(text: &str) -> String {
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
