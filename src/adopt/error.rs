//! Why no Space can be put around an app.

use crate::answers::{Cancelled, SpecError, SpecErrors};
use crate::app::{App, Note};
use crate::formats::base::BaseError;
use crate::render::RenderError;
use crate::target::Refusal;

/// Why no Space can be put around an app, or what must be decided first.
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
        /// The path of the file.
        file: String,
        /// The reason.
        why: String,
    },
    /// The answers of an earlier run cannot be used.
    #[error("`.spaces-new.toml` cannot be used: {}", joined(.0))]
    Kept(SpecErrors),
    /// The Space was made from a template, and not put around an app.
    #[error("this is a Space already: `.spaces-new.toml` shows that it was made from the template `{0}`")]
    MadeFromTemplate(String),
    /// What earlier runs generated is not known: the file that says so is malformed.
    #[error("`.spaces-new.base` cannot be used: {0}")]
    Base(BaseError),
    /// Nothing says that spaces-new made a Space here.
    #[error("nothing shows that spaces-new made this Space: no `.spaces-new.toml` names a template")]
    NotMade,
    /// An update was asked for with another template or app.
    #[error("an update keeps the template and the app")]
    AnotherSpace,
    /// A newer command has made the Space.
    #[error(
        "`.spaces-new.toml` says that version {made} of the template `{template}` made this Space; this command has version {known}"
    )]
    Newer {
        /// The template.
        template: String,
        /// Its version then.
        made: String,
        /// Its version in this command.
        known: String,
    },
    /// The app around which the Space was put is gone.
    #[error("`{0}` is gone, around which the Space was put")]
    AppGone(String),
    /// The app's dependencies allow no version of Gradio that is known, so that the Hub's image has none to install.
    #[error(
        "`{requirement}` in {place} excludes Gradio {usual}, and the requirements do not say which other version `sdk_version` can name"
    )]
    UnknownGradio {
        /// The requirement.
        requirement: String,
        /// The file, with its line.
        place: String,
        /// The version that a Space gets if nothing is required.
        usual: String,
    },
    /// Versions alone were asked for, and what was generated is not known.
    #[error("which versions were generated is not known: no `.spaces-new.base` is kept")]
    NoBase,
    /// The README has an SDK that the Hub no longer offers, and nobody has decided to move the Space. That is
    /// decided by [`Adopting::migrate`](super::Adopting::migrate).
    #[error("README.md says `sdk: {0}`, which the Hub no longer offers")]
    RetiredSdk(String),
    /// The README has another SDK than the planned one. Changing it is decided by
    /// [`Adopting::migrate`](super::Adopting::migrate).
    #[error("README.md says `sdk: {sdk}`, and `{template}` makes another kind of Space")]
    OtherSdk {
        /// The SDK of the README.
        sdk: String,
        /// The planned template.
        template: String,
    },
    /// Several apps were found that are equally likely. The answer to `app_file` decides.
    #[error("several apps were found, and one must be chosen")]
    SeveralApps(Vec<App>),
    /// The file that is named as the app is not one of the apps that were found.
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
    /// No app was found, with what was found instead.
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
