//! What an app in Python needs.

use super::frameworks::{self, PythonHooks, Running};
use super::model::{App, Evidence, Facts, Note};
use super::project::{Project, PythonFile, folder_of, within};
use super::space::ExistingSpace;
use super::{
    dependencies, environment, hub_repos, imports, install_files, port, python_install, python_version, sdk_version,
};

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, space: &ExistingSpace, hooks: &PythonHooks, app: &mut App) {
    let Some(file) = project.python.get(app.file.as_str()) else { return };
    let files = match hooks.files {
        Some(files) => files(project, file),
        None => project.reachable(&app.file),
    };
    let parts = files.iter().map(|file| file.path.to_owned()).collect();
    let command = (hooks.command)(project, file, app.object.as_deref());
    let mut facts = Facts { command, parts, ..Facts::default() };
    let package = app.framework.package().unwrap_or_default();
    let folder = dependencies::folder_for(project, &app.file, package).to_owned();
    let needed = dependencies::python(project, &folder);
    python_install::dependency_file(&folder, &needed, &mut facts);
    if folder.is_empty() {
        install_files::of_python(project, &needed, &mut facts);
    }
    python_version::find(project, space, &folder, &needed, &mut facts);
    python_install::server(app.framework, space, &needed, &mut facts);
    sdk_version::note(space, app.framework, &needed, &mut facts);
    listens(hooks, &files, file, &mut facts);
    let mut read = environment::of_python(&files);
    for (name, found) in environment::of_example(project, &folder) {
        read.entry(name).or_insert(found);
    }
    environment::answer(read, &mut facts);
    for read in frameworks::in_python().filter_map(|hooks| hooks.environment) {
        read(&files, &mut facts);
    }
    hub_repos::answer(project, &files, &mut facts);
    imports::complete(project, &folder, &files, &needed, &mut facts);
    facts.notes.extend(hidden_package(project, file));
    if let Some(notes) = hooks.notes {
        notes(&Running { app, file, files: &files, needed: &needed }, &mut facts);
    }
    app.facts = facts;
}

/// A file beside the app that hides the package which the app imports.
fn hidden_package(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Note> {
    let imported = project.reserved.iter().filter(|name| file.source.imports_module(name));
    let path = imported
        .map(|name| within(folder_of(file.path), &format!("{name}.py")))
        .find(|path| project.repo.get(path).is_some() && path != file.path)?;
    let note =
        Note::new(format!("`{path}` has the name of a package that the app imports, and is found instead of it"));
    Some(note.help("rename the file").seen(Evidence::file(path, "is there")))
}

/// Where the app listens: the port that its code names, and an address that nobody can reach.
fn listens(hooks: &PythonHooks, files: &[&PythonFile<'_>], file: &PythonFile<'_>, facts: &mut Facts) {
    let by_code = matches!(facts.command.first().map(String::as_str), Some("python" | "env"));
    let launchers = std::iter::once(file).chain(files.iter().copied());
    if let Some(named) = launchers.clone().find_map(port::named) {
        facts.port_is_fixed = named.is_fixed && by_code;
        facts.port = Some((named.port, named.evidence));
    }
    if !by_code {
        return;
    }
    if let Some(usual_port) = hooks.usual_port.filter(|_| facts.port.is_none()) {
        facts.port = usual_port(file);
        facts.port_is_fixed = facts.port.is_some();
    }
    if let Some((keyword, evidence)) = launchers.clone().find_map(port::loopback) {
        let note = Note::new("the app listens on this computer alone, whatever its environment says");
        let help = match hooks.address_variable {
            Some(variable) => format!("leave `{keyword}` out: `{variable}` is set in the image"),
            None => format!("give `{keyword}=\"0.0.0.0\"`"),
        };
        facts.notes.push(note.help(help).seen(evidence));
    }
}
