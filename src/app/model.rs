//! What was detected.

use super::framework::Framework;
use crate::answers::Answers;

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Evidence {
    /// The file.
    pub path: String,
    /// The line, from 1; none if it is the whole file.
    pub line: Option<usize>,
    /// What is there, in few words.
    pub why: String,
}

impl Evidence {
    pub(super) fn file(path: impl Into<String>, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: None, why: why.into() }
    }

    pub(super) fn line(path: impl Into<String>, line: usize, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: Some(line), why: why.into() }
    }
}

/// An app that was found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct App {
    /// What it is made with.
    pub framework: Framework,
    /// The file that it starts with.
    pub file: String,
    /// The name of the app object in that file, or `name()` for a function that makes it.
    pub object: Option<String>,
    /// Why it is taken for an app, the best reason first.
    pub evidence: Vec<Evidence>,
    /// How likely it is the one that is meant: more is better.
    pub(super) score: i32,
    /// All that a proposal needs.
    pub(super) facts: Facts,
}

/// What is proposed for an app, without the port.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The words of the start command; `{port}` stands for the port.
    pub(super) command: Vec<String>,
    pub(super) command_evidence: Option<Evidence>,
    /// The port that the code names.
    pub(super) port: Option<(u16, Evidence)>,
    /// Whether the code listens on that port whatever the environment and the command say.
    pub(super) port_is_fixed: bool,
    /// Everything else, in the order in which it is told.
    pub(super) answers: Vec<(&'static str, Answered, Evidence)>,
    pub(super) notes: Vec<Note>,
    /// The files of this repository that run when the app runs.
    pub(super) parts: Vec<String>,
    /// What says that the Hub's own image runs the app.
    pub(super) on_hub: Option<Evidence>,
}

/// The value of an answer.
#[derive(Debug, Clone)]
pub(super) enum Answered {
    One(String),
    /// One of several: the answers of the same key are put together.
    Item(String),
}

/// An answer that is proposed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The question; `framework` for the framework itself.
    pub key: &'static str,
    /// The value as a person would type it.
    pub value: String,
    /// Where it was seen.
    pub evidence: Evidence,
}

/// An answer that a person could give.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The question.
    pub key: &'static str,
    /// The value as a person would type it, where one can be named.
    pub value: Option<String>,
}

/// Something that a person should know or decide.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What it is.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The answers that settle it, any one of them.
    pub answers: Vec<Suggestion>,
    /// Where it was seen.
    pub evidence: Option<Evidence>,
}

impl Note {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, answers: Vec::new(), evidence: None }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// An answer settles it.
    pub(crate) fn or_answer(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.answers.push(Suggestion { key, value: Some(value.into()) });
        self
    }

    /// An answer settles it that only a person knows.
    pub(crate) fn or_answer_to(mut self, key: &'static str) -> Self {
        self.answers.push(Suggestion { key, value: None });
        self
    }

    pub(crate) fn seen(self, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..self }
    }
}

/// What is proposed for an app.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Proposal {
    /// The template.
    pub template: &'static str,
    /// The answers, each marked as detected.
    pub answers: Answers,
    /// What was seen in the files, and where, whatever is answered to it.
    pub found: Vec<Found>,
    /// What a person should know.
    pub notes: Vec<Note>,
}
