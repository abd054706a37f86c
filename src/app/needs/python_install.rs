//! How a Python app is installed: its dependency file, and packages that are in no file.

use super::apart;
use crate::app::dependencies::Dependencies;
use crate::app::hub::sdk_version;
use crate::app::hub::space::ExistingSpace;
use crate::app::model::{App, Evidence, Note, Seen};
use crate::app::project::{Project, PythonFile};
use crate::app::start::servers;
use crate::formats::conda::name_of;
use crate::formats::requirements::Requirement;
use crate::values::Pins;

/// The dependency file; for an app in a subfolder, its requirements one by one.
pub(super) fn dependency_file(project: &Project<'_>, folder: &str, needed: &Dependencies, app: &mut App) {
    match (&needed.file, &needed.evidence) {
        (Some(file), Some(evidence)) if folder.is_empty() => {
            app.install.dependencies = Some(Seen::certain(Some(file.clone()), evidence.clone()));
        }
        (Some(_), Some(evidence)) => {
            let elsewhere = Evidence::file(&evidence.path, "is not at the root");
            app.install.dependencies = Some(Seen::certain(None, elsewhere));
            for (package, evidence) in &needed.installable {
                app.install.listed.push(Seen::certain(package.text.clone(), evidence.clone()));
            }
            let note = Note::new(format!("the dependencies are in `{}`, not at the root", evidence.path));
            let help = if needed.apart.is_empty() {
                format!("make a Space of that folder only: `spaces-new init {folder}`")
            } else {
                "name all of them in a `requirements.txt` at the root".to_owned()
            };
            app.notes.push(note.help(help).seen(evidence.clone()));
            app.notes.extend(apart::notes(project, folder, needed));
        }
        _ => {
            let evidence = Evidence::file(".", "no `requirements.txt`, `pyproject.toml` or lock that an image can use");
            app.install.dependencies = Some(Seen::certain(None, evidence));
            for (line, evidence) in &needed.lines {
                if line.parse::<Requirement>().is_ok() {
                    app.install.listed.push(Seen::certain(line.clone(), evidence.clone()));
                }
            }
            app.notes.extend(apart::notes(project, folder, needed));
        }
    }
    if let Some(unread) = &needed.unread {
        let note = Note::new(format!("`{}` says what the app needs, and nothing of it is installed", unread.path));
        app.notes.push(note.help("list the packages in a `requirements.txt`").seen(unread.clone()));
    }
    if let Some(conda) = &needed.conda {
        let shown = conda.packages.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        let path = &conda.evidence.path;
        let (message, help) = if shown.is_empty() {
            let message = format!("`{path}` is a conda environment, whose packages are installed with pip instead");
            (message, "if one of them fails, write a `requirements.txt`".to_owned())
        } else {
            let message = format!("`{path}` names packages of conda that are not installed: {shown}");
            let help =
                "write a `requirements.txt` with the packages that the app needs, or name those of Debian with `--apt`";
            (message, help.to_owned())
        };
        let note = Note::new(message);
        app.notes.push(note.help(help).seen(conda.evidence.clone()));
    }
}

/// Why the app cannot start without its environment of conda: it imports a package that pip is not known to have.
pub(super) fn conda_alone(files: &[&PythonFile<'_>], needed: &Dependencies) -> Option<Note> {
    let conda = needed.conda.as_ref()?;
    let (name, file) = conda.packages.iter().find_map(|package| {
        let name = name_of(package);
        let module = name.replace('-', "_");
        Some((name, files.iter().find(|file| file.source.imports_module(&module))?))
    })?;
    let path = &conda.evidence.path;
    let note =
        Note::new(format!("{} imports `{name}`, which only {path} names, and pip is not known to have it", file.path));
    let help = "write a `requirements.txt` with all that the app needs, give `--pip` what pip calls it, or write a Dockerfile that \
                installs the environment with conda, and run `spaces-new init` again";
    Some(note.help(help))
}

/// The framework, and the server in the start command, if nothing installs them: the app cannot start without them.
pub(super) fn server(space: &ExistingSpace, needed: &Dependencies, app: &mut App) {
    let server = app.command.as_ref().and_then(|command| servers::package_of(&command.value));
    let Some(package) = app.framework.package() else { return };
    let framework_package = (!needed.is_unknown).then_some(package);
    for program in framework_package.into_iter().chain(server) {
        // What a group of uv has is reported with the group
        let is_in_a_group = program == package && needed.left_out.contains(program);
        if needed.has(program) || (is_in_a_group && needed.file.as_deref() == Some("uv.lock")) {
            continue;
        }
        if let Some(note) = unhashed(program, needed) {
            app.notes.push(note);
            continue;
        }
        if let Some(line) = sdk_version::line(space, program, app) {
            app.install.missing.push(line);
            continue;
        }
        let evidence = match &needed.evidence {
            Some(evidence) => Evidence { why: format!("does not name `{program}`"), ..evidence.clone() },
            None => Evidence::file(".", format!("nothing names `{program}`")),
        };
        let pin = Pins::builtin().version(program);
        if pin.is_none() {
            let note = Note::new(format!("`{program}` is required to start the app, but its version is unknown"));
            app.notes
                .push(note.help("name one").or_answer("pip", format!("{program}==VERSION")).seen(evidence.clone()));
        }
        let line = pin.map_or_else(|| program.to_owned(), |version| format!("{program}=={version}"));
        app.install.missing.push(Seen::usual(line, evidence));
    }
}

/// The report about a package that cannot be installed beside a file with hashes.
fn unhashed(program: &str, needed: &Dependencies) -> Option<Note> {
    let evidence = needed.evidence.as_ref().filter(|_| needed.checks_hashes)?;
    let note = Note::new(format!("`{program}` is required to start the app, and is missing in a file with hashes"));
    let why = format!("does not name `{program}`");
    Some(note.help("add it with its hashes: pip refuses it without").seen(Evidence { why, ..evidence.clone() }))
}
