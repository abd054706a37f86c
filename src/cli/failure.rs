//! Why the command did not do what it was asked, with the exit code for it.

use crate::apply::{WriteError, WriteErrorKind};
use crate::spec::{Cancelled, SpecError, SpecErrors};
use crate::template::{RenderError, RenderErrorKind};

/// The exit code of a refused conflict.
pub(super) const CONFLICT: u8 = 1;

/// The exit code of wrong usage, and of failures.
pub(super) const USAGE: u8 = 2;

/// The exit code of a command stopped with Ctrl-C, as shells count it.
pub(super) const INTERRUPTED: u8 = 130;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Failure {
    /// Answers are wrong or missing; a command line that would do better.
    Answers(Vec<SpecError>, Option<String>),
    /// The folder could not be written.
    Write(WriteError),
    /// Files stand in the way: which, and what to do.
    Conflict(String, String),
    /// The person stopped.
    Cancelled,
    /// Anything else: a message, and what to do.
    Other(anyhow::Error, Option<String>),
}

impl Failure {
    pub(super) fn other(message: impl std::fmt::Display, hint: impl Into<String>) -> Self {
        Self::Other(anyhow::anyhow!("{message}"), Some(hint.into()))
    }

    pub(super) fn reserved(name: &str) -> Self {
        let hint = format!("for a folder of that name, say `spaces-new ./{name}`");
        Self::other(format_args!("`spaces-new {name}` is not there yet"), hint)
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
        let hint =
            "this is a mistake in spaces-new, not in your answers: please report it with the command that you ran";
        Self::Other(error.into(), Some(hint.to_owned()))
    }
}
