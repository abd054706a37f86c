//! Where an app can run.
//!
//! A [`Target`] is one file here with its three lines below (`mod`, `use`, a row of [`ALL`]), and one folder `templates/targets/<id>/`. Its contract decides the user, the
//! home and the port of an image; its `target.toml` has the questions and conditions of its own; the files in its `repo/` are
//! laid under those of a template. Everything else that the house does with a target goes through the trait.

mod added;
mod bentoml;
mod colab;
mod gradio_share;
mod guard;
mod huggingface_spaces;
mod northflank;
mod pip_lines;
mod python_call;
mod replicate;
mod step;
mod streamlit_cloud;

use crate::answers::Spec;
use crate::app::App;
use crate::facts::contract::{Contract, SPACES};
use crate::repo::Repo;
use crate::values::RepoPath;

pub use added::{Added, Subject};
pub(crate) use added::{Edit, inputs, place};
pub(crate) use bentoml::BentoMl;
pub(crate) use colab::Colab;
pub(crate) use gradio_share::GradioShare;
pub(crate) use huggingface_spaces::{
    HuggingFaceSpaces, could_be_free, image_name, is_built_elsewhere, is_zero_gpu, plan, plan_to_say, value_in_readme,
};
pub(crate) use northflank::Northflank;
pub(crate) use pip_lines::Requirements;
pub(crate) use replicate::Replicate;
pub(crate) use step::word;
pub use step::{Finished, Git, Step};
pub(crate) use streamlit_cloud::StreamlitCloud;

/// Every target, the one of which nothing need be said first.
pub(crate) static ALL: &[&'static dyn Target] =
    &[&HuggingFaceSpaces, &GradioShare, &StreamlitCloud, &Replicate, &BentoMl, &Colab, &Northflank];

/// Refuses an app of which no function could be called: one that is not written in Python, or that has pages alone.
pub(crate) fn refuse_without_functions(app: &App, name: &str) -> Result<(), Refusal> {
    let framework = app.framework;
    if matches!(framework.id(), "gradio" | "fastapi") {
        return Ok(());
    }
    let reason = format!("{name} calls a function, and `{}` is made with {}", app.file, framework.name());
    Err(Refusal::new(
        reason,
        "`spaces-new advise` names platforms that run it; an app of Gradio or FastAPI has functions",
    ))
}

/// A target, by its id.
pub(crate) fn named(id: &str) -> Option<&'static dyn Target> {
    ALL.iter().copied().find(|target| target.id() == id)
}

/// A place where an app can run.
pub trait Target: std::fmt::Debug + Sync {
    /// Its name in commands and in `templates/targets/`: kebab-case.
    fn id(&self) -> &'static str;

    /// Its name, as its makers write it.
    fn name(&self) -> &'static str;

    /// What it demands of a container: what Spaces do, whose images run on the others too.
    fn contract(&self) -> Contract {
        SPACES
    }

    /// The common questions that make sense on this target alone. Its own questions stand in its `target.toml`.
    fn common_questions(&self) -> &'static [&'static str] {
        &[]
    }

    /// Files that may be in the repository and that this target does not read for such an app, each with the reason.
    fn unused_files(&self, _: &Spec, _: &Repo) -> Vec<(RepoPath, String)> {
        Vec::new()
    }

    /// Whether the files of a template belong to what is made, and not only those of the target.
    fn takes_template(&self) -> bool {
        true
    }

    /// Whether it runs an image, so that an app without a Dockerfile gets one.
    fn needs_dockerfile(&self) -> bool {
        false
    }

    /// Whether an app can run there.
    ///
    /// # Errors
    /// Why it cannot.
    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        let _ = app;
        Ok(())
    }

    /// What it makes of an app that exists: its files beside those of the app.
    ///
    /// # Errors
    /// Why it can make nothing of it.
    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let _ = subject;
        let reason = format!("nothing is added to an app for {}", self.name());
        Err(Refusal::new(reason, "`spaces-new init` puts a Space around it"))
    }

    /// Whether a repository is one of this target, or was meant to be.
    fn recognises(&self, repo: &Repo) -> bool;

    /// How a planned file is brought into a file that is there, by its path. None if it cannot be.
    fn merger(&self, path: &str) -> Option<Merger> {
        let _ = path;
        None
    }

    /// What to do with what was made from a template.
    fn next_steps(&self, made: &Finished<'_>) -> Vec<Step> {
        let _ = made;
        Vec::new()
    }

    /// Whether rules of a scope check repositories of this target.
    fn checks(&self, scope: Scope) -> bool {
        scope == Scope::EveryTarget || scope == Scope::Only(self.id())
    }
}

/// Why a target cannot take an app, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// What is in the way.
    pub reason: String,
    /// What can be done.
    pub help: String,
    /// The functions one of which has to be chosen; empty if that would not help.
    pub functions: Vec<String>,
    /// Whether it is a launch that a guard would let through.
    pub is_launch: bool,
}

impl Refusal {
    /// A refusal that no choice settles.
    #[must_use]
    pub fn new(reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: help.into(), functions: Vec::new(), is_launch: false }
    }
}

/// Whose contract a rule checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What holds wherever the app runs.
    EveryTarget,
    /// What one target alone asks for, by its id.
    Only(&'static str),
}

impl Scope {
    /// What only Hugging Face Spaces ask for.
    pub(crate) const SPACES: Self = Self::Only(HuggingFaceSpaces::ID);
}

/// A text that is there with what it lacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The whole text.
    pub text: String,
    /// What was added, each addition in a few words; empty if nothing was missing.
    pub added: Vec<String>,
}

/// How a planned file is brought into one that is there.
#[derive(Debug, Clone, Copy)]
pub enum Merger {
    /// The front matter gets the keys that it lacks.
    FrontMatter,
    /// Lines of patterns or names are added where they are missing.
    Lines,
    /// The same for lines of attributes, which begin with a pattern.
    AttributeLines,
    /// The same for lines `NAME=value`.
    SettingLines,
    /// Our own settings get the answers.
    Answers,
    /// A file in TOML gets the keys that it lacks.
    Toml,
    /// A way of the target's own: the text that is there and the planned one, or why they do not go together.
    Own(fn(&str, &str) -> Result<Extension, String>),
}

/// Whether the content of a generated file is kept for updates, by how the file is merged: additions alone do not need it. None
/// if nothing is kept, of answers.
pub(crate) fn keeps_content(merger: Option<Merger>) -> Option<bool> {
    match merger {
        None | Some(Merger::FrontMatter) => Some(true),
        Some(Merger::Answers) => None,
        Some(_) => Some(false),
    }
}
