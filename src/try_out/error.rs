//! Why a Space could not be tried.

use std::io;
use std::path::Path;

/// Why a Space could not be tried: nothing is known about it then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TryError {
    /// There is nothing to try, with the reason.
    #[error("{0}")]
    NotASpace(String),
    /// No engine answers: what was looked for, with the result.
    #[error("no container engine answers: {}", .0.join("; "))]
    NoEngine(Vec<String>),
    /// The engine refused something that has nothing to do with the Space.
    #[error("{engine} cannot {what}: {why}")]
    Engine {
        /// The command.
        engine: String,
        /// What it was to do.
        what: String,
        /// Its answer.
        why: String,
    },
    /// The registry of a base image does not answer, or not now.
    #[error("the image was not built, since the registry `{host}` does not answer or sends no more for now: {why}")]
    Registry {
        /// The registry.
        host: String,
        /// What the engine says.
        why: String,
    },
    /// The registry of the Hub refuses the image.
    #[error("the registry refuses the image of `{space}`: {why}")]
    Unauthorized {
        /// The Space.
        space: String,
        /// The answer.
        why: String,
    },
    /// Another program listens on the port, which containers share with this computer.
    #[error("port {0} of this computer is in use, and without a bridge network the container needs it")]
    PortInUse(u16),
    /// A program for a run without an engine is missing.
    #[error("{0}")]
    NoProgram(String),
    /// A file could not be read or written, with the path and the reason.
    #[error("{0}")]
    File(String),
    /// The caller stopped it.
    #[error("stopped")]
    Cancelled,
}

impl TryError {
    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotASpace(_) => {
                "give the folder that is pushed to the Hub; `spaces-new init` makes a Space of the app in a folder"
            }
            Self::NoEngine(_) => {
                "start Docker or Podman, or run without a container: `spaces-new try --native`, which cannot check the \
                 user id, the memory and how the image is built"
            }
            Self::Unauthorized { .. } => {
                "if the Space is private: `docker logout registry.hf.space`, then `docker login registry.hf.space` with a \
                 token that can read it as the password; a login from before that says \"Login Succeeded\" may be stale"
            }
            Self::Registry { .. } => {
                "this says nothing about the Space: look at the network and the proxy of the engine, or log in where downloads are \
                 limited (`docker login`), and try again"
            }
            Self::PortInUse(_) => "stop the other program, or let the engine have a bridge network",
            Self::NoProgram(_) => "install it, or start Docker or Podman and run without `--native`",
            Self::Engine { .. } | Self::File(_) | Self::Cancelled => return None,
        })
    }

    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::Interrupted {
            return Self::Cancelled;
        }
        Self::File(format!("`{}`: {error}", path.display()))
    }
}

/// Only the private folder of a run is written without naming a path.
impl From<io::Error> for TryError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::Interrupted {
            return Self::Cancelled;
        }
        Self::File(format!("cannot write temporary files: {error}"))
    }
}
