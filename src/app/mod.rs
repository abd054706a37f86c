//! Finds the apps in a repository and what a Space around each needs, every value with where it was seen.
//!
//! Pure: a [`Repo`] in, a [`Detected`] out. Nothing is run, and nothing outside the repository is read. What cannot be
//! known is left open.

mod application;
mod candidate;
mod cargo_programs;
mod command;
mod compiled;
mod compiled_source;
mod complete;
mod debian;
mod dependencies;
mod dockerfile;
mod environment;
mod files;
mod framework;
mod frameworks;
mod hub_repos;
mod import_root;
mod imports;
mod install_files;
mod model;
mod node;
mod node_entry;
mod node_package;
mod others;
mod port;
mod project;
mod python;
mod python_entry;
mod python_install;
mod python_version;
mod rank;
mod sdk_version;
mod space;
mod title;
mod versions;

pub(crate) use command::PORT;
pub(crate) use files::migrate_command;
pub use framework::Framework;
pub use model::{App, Evidence, Note, Suggestion};
pub(crate) use model::{EnvironmentRead, Seen};

use crate::repo::Repo;
use project::Project;

/// The apps that a repository holds, best first.
#[derive(Debug, Clone, Default)]
pub struct Detected {
    apps: Vec<App>,
    /// What is reported when there is no app.
    notes: Vec<Note>,
}

/// So many apps are looked at closely.
const APPS_MAX: usize = 16;

/// Looks at a repository.
#[must_use]
pub fn detect(repo: &Repo) -> Detected {
    let project = Project::of(repo, frameworks::packages());
    let space = space::read(repo);
    let mut apps = rank::ranked(&project, &space);
    apps.truncate(APPS_MAX);
    for app in &mut apps {
        complete::complete(&project, &space, app);
    }
    let apps = dockerfile::first(&project, &space, apps);
    let nothing = || frameworks::left_out(&project).map_or_else(|| complete::nothing_found(repo), |note| vec![note]);
    let notes = if apps.is_empty() { nothing() } else { Vec::new() };
    Detected { apps, notes }
}

impl Detected {
    /// The apps, the likeliest first.
    #[must_use]
    pub fn apps(&self) -> &[App] {
        &self.apps
    }

    /// Whether more than one app is equally likely to be meant.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        rank::is_ambiguous(&self.apps)
    }

    /// What is reported when no app was found.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What is reported about the other apps where one of several was chosen: none if it is the only one.
    #[must_use]
    pub fn others(&self, taken: &App) -> Option<Note> {
        others::note(&self.apps, taken)
    }
}
