//! Why the command failed, with the exit code.

use std::fmt::{self, Display};

use spaces_new::{Cancelled, SpecError, SpecErrors, UnknownRule};
use spaces_new::{RenderError, RenderErrorKind};
use spaces_new::{WriteError, WriteErrorKind};

/// The exit code of a refused conflict.
pub(super) const CONFLICT: u8 = 1;

/// The exit code of wrong usage, and of failures.
pub(super) const USAGE: u8 = 2;

/// The exit code of a command stopped with Ctrl-C, as in shells.
pub(super) const INTERRUPTED: u8 = 130;

/// The failure.
#[derive(Debug)]
pub(super) enum Failure {
    /// Answers are invalid or missing; a command line that would work.
    Answers(Vec<SpecError>, Option<String>),
    /// The folder could not be written.
    Write(WriteError),
    /// Files are in the way: which, and what to do.
    Conflict(Message, String),
    /// The person stopped.
    Cancelled,
    /// The person stopped something that goes on from there when it is run again.
    #[cfg(feature = "online")]
    Paused,
    /// Anything else: a message, and what to do.
    Other(Message, Option<String>),
}

/// A one-line message, with its list.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) line: String,
    pub(super) items: Vec<String>,
}

impl Message {
    pub(super) fn new(line: impl Display, items: Vec<String>) -> Self {
        Self { line: line.to_string(), items }
    }
}

impl Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.line)?;
        self.items.iter().try_for_each(|item| write!(out, "\n    {item}"))
    }
}

impl Failure {
    pub(super) fn other(message: impl Display, hint: impl Into<String>) -> Self {
        Self::listing(message, Vec::new(), hint)
    }

    /// A failure with a list of items.
    pub(super) fn listing(message: impl Display, items: Vec<String>, hint: impl Into<String>) -> Self {
        Self::Other(Message::new(message, items), Some(hint.into()))
    }

    /// The message and what to do, for a report.
    pub(super) fn described(&self) -> (String, Option<String>) {
        match self {
            Self::Answers(errors, hint) => {
                (errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "), hint.clone())
            }
            Self::Write(error) => (error.to_string(), error.hint().map(str::to_owned)),
            Self::Conflict(message, hint) => (message.to_string(), Some(hint.clone())),
            Self::Cancelled => ("stopped".to_owned(), None),
            #[cfg(feature = "online")]
            Self::Paused => ("stopped".to_owned(), None),
            Self::Other(message, hint) => (message.to_string(), hint.clone()),
        }
    }

    /// The rule does not exist.
    pub(super) fn unknown_rule(error: &UnknownRule) -> Self {
        let hint = match error.nearest() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`spaces-new rules` lists every rule".to_owned(),
        };
        Self::other(error, hint)
    }

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Write(error) => match error.kind() {
                WriteErrorKind::NotEmpty | WriteErrorKind::Busy | WriteErrorKind::InTheWay => CONFLICT,
                WriteErrorKind::Cancelled => INTERRUPTED,
                _ => USAGE,
            },
            Self::Conflict(..) => CONFLICT,
            Self::Cancelled => INTERRUPTED,
            #[cfg(feature = "online")]
            Self::Paused => INTERRUPTED,
            Self::Answers(..) | Self::Other(..) => USAGE,
        }
    }
}

impl From<SpecErrors> for Failure {
    fn from(errors: SpecErrors) -> Self {
        Self::Answers(errors.iter().cloned().collect(), None)
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl From<Cancelled> for Failure {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Self {
        if error.kind() == RenderErrorKind::AssetTaken {
            let problem = SpecError::new("assets", error.to_string()).flagged("asset");
            return Self::Answers(vec![problem.hinted("rename your file")], None);
        }
        let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        let causes: String = causes.map(|cause| format!(": {cause}")).collect();
        let hint = "this is a bug in spaces-new, not in your answers: please report it with the command that you ran";
        Self::other(format_args!("{error}{causes}"), hint)
    }
}
