//! Reads a log and finds the message that decides: what broke, why, and what to do.
//!
//! The log is read once, as a stream: its length does not matter, and its bytes are not believed. Lines lose their times and
//! colours; the literal parts of all patterns (`src/facts/messages/`) are found in one pass; steps that succeeded and exceptions
//! that a program survived are forgotten; and of what is left, the first cause counts.

mod clean;
mod copies;
mod decide;
mod errors;
mod lines;
mod mark;
mod mask;
mod pattern;
mod reading;
mod scanner;
mod section;
mod trace;

use std::io::{self, Read};
use std::path::Path;

use crate::check::{Checker, Diagnostic};
use crate::disk;
use crate::facts::messages::{Message, Stage};
use crate::order::Order;
use crate::repo::Repo;
use reading::Reading;

/// How sure a diagnosis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Confidence {
    /// The message has this cause, and it decides.
    Certain,
    /// It may have another cause, or the program may have survived it.
    Likely,
}

impl Confidence {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
        }
    }
}

/// A known message of a log, and what to do about it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnosis {
    /// The line of the log, from 1.
    pub line: u64,
    /// The line itself, without its time, colours and secrets.
    pub message: String,
    /// What it means.
    pub cause: String,
    /// What to do.
    pub fix: String,
    /// The id of the rule of the check that finds the most likely fault in a repository.
    pub rule: Option<&'static str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What the check finds in the repository that was given: see [`Diagnosed::in_repo`].
    pub findings: Vec<Diagnostic>,
    row: &'static Message,
}

impl Diagnosis {
    /// The id of the message, as `docs/messages.md` lists it.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.row.id
    }

    /// When the message appears.
    #[must_use]
    pub fn stage(&self) -> Stage {
        self.row.stage
    }

    /// The page that shows the message, or the run.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.row.source
    }
}

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogLine {
    /// Its number, from 1.
    pub line: u64,
    /// Its text, without its time, colours and secrets.
    pub message: String,
}

/// What a log says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Diagnosed {
    /// The known messages that decide, the first cause first; empty if there is none.
    pub diagnoses: Vec<Diagnosis>,
    /// The first line that looks like an error, if no known message decides.
    pub first_error: Option<LogLine>,
    /// Whether the log says that something failed.
    pub has_failed: bool,
    /// The number of lines; 0 if the log is empty or is not text.
    pub lines: u64,
}

impl Diagnosed {
    /// Reads a log to its end, in bounded memory.
    ///
    /// ```
    /// use spaces_new::diagnosis::{Confidence, Diagnosed};
    ///
    /// let log = "--> RUN useradd -m -u 1000 user\nuseradd: UID 1000 is not unique\n";
    /// let diagnosed = Diagnosed::read(log.as_bytes())?;
    /// let first = &diagnosed.diagnoses[0];
    /// assert_eq!((first.line, first.confidence), (2, Confidence::Certain));
    /// assert_eq!((first.id(), first.rule.is_some()), ("uid-taken", true));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(log: impl Read) -> io::Result<Self> {
        let mut reading = Reading::new();
        let lines = lines::each(log, |line, piece| reading.read(line, piece))?;
        let diagnoses = decide::decide(&reading);
        let suspect = reading.section.error.take().filter(|_| diagnoses.is_empty());
        Ok(Self {
            first_error: suspect.map(|suspect| LogLine { line: suspect.shown.line, message: suspect.shown.text() }),
            has_failed: reading.has_timed_out || reading.section.failed.is_some(),
            diagnoses,
            lines,
        })
    }

    /// Reads a log in a file, which may be a pipe.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read_file(path: &Path) -> io::Result<Self> {
        Self::read(disk::stream_named(path)?)
    }

    /// Adds what the check finds in a repository, for the rules behind each message.
    #[must_use]
    pub fn in_repo(mut self, repo: &Repo) -> Self {
        for diagnosis in &mut self.diagnoses {
            let rules: Vec<&str> = diagnosis.row.all_rules().collect();
            // Without a rule, the checker would run all of them
            let Some(checker) = Checker::new().only(rules.iter().copied()).ok().filter(|_| !rules.is_empty()) else {
                continue;
            };
            diagnosis.findings = checker.check(repo);
            diagnosis.findings.order_by_key(|finding| rules.iter().position(|rule| *rule == finding.rule));
        }
        self
    }
}
