//! Why no Space can be put around an app.

use crate::answers::{Cancelled, SpecError, SpecErrors};
use crate::app::{App, Note};
use crate::render::RenderError;
use crate::target::Refusal;

/// Why no Space can be put around an app, or what has to be decided first.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptError {
    /// Answers are invalid or missing.
    #[error("{0}")]
    Answers(#[from] SpecErrors),
    /// A mistake in a template.
    #[error("{0}")]
    Render(#[from] RenderError),
    /// The person stopped.
    #[error("{0}")]
    Cancelled(#[from] Cancelled),
    /// A file that decides what the Space is cannot be read.
    #[error("`{file}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        why: String,
    },
    /// The answers of an earlier run cannot be used.
    #[error("`.spaces-new.toml` cannot be used: {}", joined(.0))]
    Kept(SpecErrors),
    /// The Space was made from a template, and not put around an app.
    #[error("`.spaces-new.toml` says that this Space was made from the template `{0}`")]
    MadeFromTemplate(String),
    /// The README names an SDK that the Hub no longer offers, and nobody has said that the Space is to be moved. That is
    /// decided by [`Adopting::migrate`](super::Adopting::migrate).
    #[error("README.md says `sdk: {0}`, which the Hub no longer offers")]
    RetiredSdk(String),
    /// The README names another SDK than the one that is planned. To change it is decided by
    /// [`Adopting::migrate`](super::Adopting::migrate).
    #[error("README.md says `sdk: {sdk}`, and `{template}` makes another kind of Space")]
    OtherSdk {
        /// The SDK of the README.
        sdk: String,
        /// The template that is planned.
        template: String,
    },
    /// Several apps were found that are equally likely. The answer to `app_file` decides.
    #[error("several apps were found, and one has to be chosen")]
    SeveralApps(Vec<App>),
    /// The file that is named as the app is none that was found to be one.
    #[error("no app was found in `{file}`")]
    NoSuchApp {
        /// The file.
        file: String,
        /// The files of the apps that were found.
        known: Vec<String>,
    },
    /// The target cannot run the app.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// No app was found: what was found instead.
    #[error("no app was found{}", also(.0))]
    NoApp(Vec<Note>),
}

impl From<SpecError> for AdoptError {
    fn from(error: SpecError) -> Self {
        Self::Answers(error.into())
    }
}

fn joined(errors: &SpecErrors) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn also(notes: &[Note]) -> String {
    notes.iter().map(|note| format!("; {}", note.message)).collect()
}
