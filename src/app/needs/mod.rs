//! What a Space around an app needs: filled in after the app is found.

mod apart;
mod before_the_server;
mod compiled;
mod compiled_environment;
pub(crate) mod debian;
mod dotted;
mod hub_installs;
mod hub_notes;
pub(super) mod imports;
mod install_files;
mod left_out;
mod node;
pub(crate) mod not_on_linux;
mod outdated;
mod port;
mod python;
mod python_install;
mod python_version;
mod settings_classes;
mod title;
mod version_of_git;

use crate::app::frameworks::{self, Hooks};
use crate::app::hub::space::ExistingSpace;
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::paths::has_ending;
use crate::app::project::Project;
use crate::app::{command, files};
use crate::repo::Repo;

/// Adds the facts about an app.
pub(super) fn complete(project: &Project<'_>, space: &ExistingSpace, app: &mut App) {
    match frameworks::hooks(app.framework) {
        Hooks::Python(hooks) => python::complete(project, space, hooks, app),
        Hooks::Node(hooks) => node::complete(project, hooks, app),
        Hooks::Compiled(hooks) => compiled::complete(project, hooks, app),
        Hooks::Page(_) | Hooks::Image => {}
    }
    title::fill(project, app);
    if !app.server.port.as_ref().is_some_and(Seen::is_certain) {
        app.server.port = command::port_of_procfile(project, app).or(app.server.port.take());
    }
    app.server.port = space.app_port.clone().or(app.server.port.take());
    app.notes.extend(before_the_server::note(project, app));
    let runs_there = app.framework.sdk() == Some("gradio") && space.sdk() == Some("gradio");
    app.sdk = space.sdk.as_ref().filter(|_| runs_there).map(|sdk| Seen::certain("gradio", sdk.evidence.clone()));
    if project.is_cut {
        app.notes.push(Note::new("some Python files were not read: they are too large, or there are too many"));
    }
    app.notes.extend(files::note(project.repo));
}

/// The report about a repository without an app.
pub(super) fn nothing_found(repo: &Repo) -> Vec<Note> {
    let notebook = repo.files().find(|file| has_ending(file.name(), "ipynb"));
    let note = match notebook {
        Some(file) => Note::new("there are notebooks, but no app that a Space could start")
            .help("put the app into a file such as `app.py`")
            .seen(Evidence::file(file.path(), "is a notebook")),
        None => {
            Note::new("no app was found that a Space could start").help("name its first file").or_answer_to("app_file")
        }
    };
    vec![note]
}
