//! What a Python app needs.

use super::port::NamedHost;
use super::{
    dotted, hub_notes, imports, install_files, outdated, port, python_install, python_version, settings_classes,
    version_of_git,
};
use crate::app::frameworks::{self, PythonHooks, Running};
use crate::app::hub::space::ExistingSpace;
use crate::app::hub::{gradio_version, oauth_scopes, repos, requirements, sdk_version, sign_in};
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::paths::{folder_of, within};
use crate::app::project::{Project, PythonFile};
use crate::app::start::python_setting::By;
use crate::app::{dependencies, environment};

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, space: &ExistingSpace, hooks: &PythonHooks, app: &mut App) {
    let Some(file) = project.python.get(app.file.as_str()) else { return };
    let files = match hooks.files {
        Some(files) => files(project, file),
        None => project.reachable(&app.file),
    };
    app.parts = files.iter().map(|file| file.path.to_owned()).collect();
    let command = (hooks.command)(project, file, app.object.as_deref());
    app.command = Some(Seen::usual(command, app.best_evidence()));
    dotted::complete(file, app);
    let package = app.framework.package().unwrap_or_default();
    let folder = dependencies::folder_for(project, &app.file, package).to_owned();
    let needed = dependencies::python(project, &folder);
    python_install::dependency_file(project, &folder, &needed, app);
    app.obstacle = python_install::conda_alone(&files, &needed);
    let installable = needed.installable.iter();
    app.install.requirements = installable.map(|(one, seen)| Seen::certain(one.text.clone(), seen.clone())).collect();
    app.install.names_of_packages = needed.names.keys().cloned().collect();
    if folder.is_empty() {
        install_files::of_python(project, &needed, app);
        version_of_git::complete(project, &needed, app);
    }
    app.gradio = gradio_version::shown(project, space, &app.file);
    python_version::find(project, space, &folder, &needed, app);
    python_install::server(space, &needed, app);
    let is_made = requirements::is_made(project, space, &folder);
    app.hub_notes = hub_notes::notes(project, &files, &needed, is_made, app);
    sdk_version::note(space, app.framework, &needed, app);
    outdated::complete(&files, &needed, app);
    app.sign_in = files.iter().find_map(|file| {
        let one = sign_in::sign_in(&file.source)?;
        Some(Seen::certain(true, file.evidence(one.range.start, format!("uses `{}`", one.name))))
    });
    sign_in::extra(&needed, app);
    oauth_scopes::fill(&files, app);
    listens(hooks, &files, file, app);
    let mut read = environment::of_python(&files);
    settings_classes::add_names(&files, &mut read);
    for (name, found) in environment::of_example(project, &folder) {
        read.entry(name).or_insert(found);
    }
    environment::fill(read, app);
    for read in frameworks::in_python().filter_map(|hooks| hooks.environment) {
        read(&files, app);
    }
    repos::fill(project, &files, app);
    imports::complete(project, &folder, &files, &needed, app);
    app.notes.extend(hidden_package(project, file));
    if let Some(notes) = hooks.notes {
        notes(&Running { file, files: &files, needed: &needed }, app);
    }
}

/// A file beside the app that shadows the package which the app imports.
fn hidden_package(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Note> {
    let imported = project.reserved.iter().filter(|name| file.source.imports_module(name));
    let path = imported
        .map(|name| within(folder_of(file.path), &format!("{name}.py")))
        .find(|path| project.repo.get(path).is_some() && path != file.path)?;
    let note =
        Note::new(format!("`{path}` has the name of a package that the app imports, and is imported instead of it"));
    Some(note.help("rename the file").seen(Evidence::file(path, "exists")))
}

/// Where the app listens: the port in its code, and an address that nobody else can reach.
fn listens(hooks: &PythonHooks, files: &[&PythonFile<'_>], file: &PythonFile<'_>, app: &mut App) {
    let program = app.command.as_ref().and_then(|command| command.value.first());
    let by_code = matches!(program.map(String::as_str), Some("python" | "env"));
    let launchers = std::iter::once(file).chain(files.iter().copied());
    if let Some(named) = launchers.clone().find_map(port::named) {
        let is_certain = named.is_fixed && by_code;
        let seen = if is_certain { Seen::certain } else { Seen::usual };
        app.server.port = Some(seen(named.port, named.evidence));
    }
    if !by_code {
        return;
    }
    app.server.port = app.server.port.take().or_else(|| (hooks.usual_port)(file));
    // Only the file that is started reads its arguments
    let of_start = port::loopback(file).map(|named| (named, true));
    let Some((NamedHost { keyword, host, by }, is_start)) =
        of_start.or_else(|| launchers.clone().find_map(port::loopback).map(|named| (named, false)))
    else {
        return;
    };
    app.server.host = Some(host);
    let help = match (by, hooks.address_variable) {
        (By::Flag(flag), _) if is_start => {
            if let Some(command) = &mut app.command {
                command.value.extend([flag, "0.0.0.0".to_owned()]);
            }
            return;
        }
        (By::Flag(flag), _) => {
            let message = "the app only listens on the loopback address by default";
            app.notes.extend(app.server.loopback_note(message, format!("start it with `{flag} 0.0.0.0`")));
            return;
        }
        (By::Variable(name), _) => {
            let message = format!("the app only listens on the loopback address unless `{name}` is set");
            let note = app.server.loopback_note(&message, format!("set `{name}` to `0.0.0.0`"));
            app.notes.extend(note.map(|note| note.or_answer("variables", format!("{name}=0.0.0.0"))));
            return;
        }
        (By::Code, Some(variable)) => format!("remove `{keyword}`: the image sets `{variable}`"),
        (By::Code, None) => format!("set `{keyword}=\"0.0.0.0\"`"),
    };
    let message = "the app only listens on the loopback address, and its environment cannot change that";
    app.notes.extend(app.server.loopback_note(message, help));
}
