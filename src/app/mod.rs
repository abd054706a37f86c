//! Looks at an app that exists and says what a Space round it needs, each answer with where it was seen.
//!
//! Pure: a [`Repo`] in, a [`Detected`] out. Nothing is run, and nothing outside the repository is read. What cannot be
//! told is not answered.

mod cargo;
mod command;
mod compiled;
mod debian;
mod dependencies;
mod django;
mod dockerfile;
mod environment;
mod files;
mod hub_repos;
pub(crate) mod image;
mod import_root;
mod imports;
mod install_files;
mod javascript;
mod model;
mod nicegui;
mod node;
mod others;
mod port;
mod project;
mod proposal;
mod python_app;
mod python_apps;
mod ran_with;
mod rank;
mod script;
pub(crate) mod servers;
mod space;
mod static_page;
pub(crate) mod streamlit;
mod title;
mod versions;

pub(crate) use files::migrate_command;
pub use model::{App, Evidence, Found, Framework, Note, Proposal, Suggestion};
pub(crate) use versions::exact_numbers;

use crate::repo::Repo;
use project::Project;
use proposal::Image;

/// The apps that a repository holds, best first.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    apps: Vec<App>,
    /// What is said when there is no app.
    notes: Vec<Note>,
}

/// So many apps are looked at closely.
const APPS_MAX: usize = 16;

/// Looks at a repository.
#[must_use]
pub fn detect(repo: &Repo) -> Detected {
    let project = Project::of(repo);
    let space = space::read(repo);
    let mut apps = rank::ranked(&project, &space);
    apps.truncate(APPS_MAX);
    for app in &mut apps {
        proposal::complete(&project, &space, app);
    }
    let apps = dockerfile::first(&project, &space, apps);
    let nothing = || static_page::left_out(&project).map_or_else(|| proposal::nothing_found(repo), |note| vec![note]);
    let notes = if apps.is_empty() { nothing() } else { Vec::new() };
    Detected { apps, notes }
}

impl Detected {
    /// The apps, the likeliest first.
    #[must_use]
    pub fn apps(&self) -> &[App] {
        &self.apps
    }

    /// Whether no app is clearly the one that is meant.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        rank::is_ambiguous(&self.apps)
    }

    /// What there is to say when no app was found.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What is said of the other apps where one of several was taken: none if it is the only one.
    #[must_use]
    pub fn others(&self, taken: &App) -> Option<Note> {
        others::note(&self.apps, taken)
    }

    /// What is proposed for an app. The port is the one given, else that in the code, else 7860.
    #[must_use]
    pub fn proposal(&self, app: &App, port: Option<u16>) -> Proposal {
        proposal::propose(app, port, Image::AsTheReadmeSays)
    }

    /// The same for an image of its own, whatever SDK the README names: for a Space that is moved to Docker.
    #[must_use]
    pub fn proposal_for_docker(&self, app: &App, port: Option<u16>) -> Proposal {
        proposal::propose(app, port, Image::Own)
    }

    /// The same for the Hub's own image, which runs Gradio alone: there is no start command.
    #[must_use]
    pub fn proposal_for_hub(&self, app: &App) -> Proposal {
        proposal::propose(app, None, Image::OfTheHub)
    }
}
