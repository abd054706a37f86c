//! What a person should know of an app that the Hub's own image runs: what that does not install, and what it does not find.
//!
//! It installs the root's `requirements.txt` alone, and starts the app in the root with `PYTHONPATH` set to it.
//! Source: <https://huggingface.co/docs/hub/spaces-dependencies>.

use crate::app::dependencies::Dependencies;
use crate::app::model::{App, Evidence, Note};
use crate::app::needs::{hub_installs, imports};
use crate::app::paths::folder_of;
use crate::app::project::{Project, PythonFile};
use crate::repo::Repo;

const REQUIREMENTS: &str = "requirements.txt";

/// The notes. `is_made` says whether the file will be made of `pyproject.toml`.
pub(super) fn notes(
    project: &Project<'_>,
    files: &[&PythonFile<'_>],
    needed: &Dependencies,
    is_made: bool,
    app: &App,
) -> Vec<Note> {
    let installed = hub_installs::installed(project, needed);
    let mut notes: Vec<Note> = not_installed(project.repo, is_made, app).into_iter().collect();
    notes.extend(installed.iter().flat_map(|installed| lacking(project, files, needed, installed)));
    notes.extend(not_found(project, files, &installed.unwrap_or_default(), app));
    notes
}

/// The note about packages that are named in another file than the one that is installed.
fn not_installed(repo: &Repo, is_made: bool, app: &App) -> Option<Note> {
    if let Some(path) = REQUIREMENTS.parse().ok().filter(|path| repo.get(REQUIREMENTS).is_none() && repo.is_taken(path))
    {
        let is_hidden = !repo.has_folder(REQUIREMENTS) && repo.ignores(&path);
        return is_hidden.then(|| {
            let message = format!("the Hub installs `{REQUIREMENTS}`, and git ignores it: it is not pushed");
            let help = format!("add the line `!/{REQUIREMENTS}` at the end of `.gitignore`");
            Note::new(message).help(help).seen(Evidence::file(REQUIREMENTS, "is ignored"))
        });
    }
    let file = app.install.dependencies.as_ref()?;
    let name = file.value.as_deref().filter(|name| *name != REQUIREMENTS && repo.get(REQUIREMENTS).is_none())?;
    // An image of its own installs with Poetry, also without its lock
    let name = if repo.get(name).is_some() { name } else { "pyproject.toml" };
    let note = if is_made {
        let message = format!("the Hub installs the packages of `{REQUIREMENTS}` alone, which is made of `{name}`");
        Note::new(message).help(format!("after a change of `{name}`, run `spaces-new update`"))
    } else {
        let message =
            format!("the Hub installs the packages of `{REQUIREMENTS}` alone, and this app names its own in `{name}`");
        Note::new(message).help(match export(name) {
            Some(command) => format!("list them in `{REQUIREMENTS}` too: `{command}`"),
            None => format!("list them in `{REQUIREMENTS}` too"),
        })
    };
    Some(note.seen(Evidence { path: name.to_owned(), ..file.evidence.clone() }))
}

/// The command that writes the packages of a lock as requirements. That of Poetry needs a plugin.
/// Sources: <https://docs.astral.sh/uv/reference/cli/#uv-export>, <https://pdm-project.org/en/latest/reference/cli/#export>.
fn export(lock: &str) -> Option<&'static str> {
    match lock {
        "uv.lock" => Some("uv export --no-dev --no-hashes --no-emit-project --output-file requirements.txt"),
        "pdm.lock" => Some("pdm export --prod --without-hashes --output requirements.txt"),
        _ => None,
    }
}

/// The notes about modules whose packages another file names, and not the one that is installed.
fn lacking(
    project: &Project<'_>,
    files: &[&PythonFile<'_>],
    needed: &Dependencies,
    installed: &Dependencies,
) -> Vec<Note> {
    let named = needed.evidence.as_ref().filter(|named| named.path != REQUIREMENTS);
    let Some(named) = named else { return Vec::new() };
    let lacks = imports::not_installed(project, files, installed);
    let unknown = imports::not_installed(project, files, needed);
    let only_there = lacks.into_iter().filter(|(module, _)| unknown.iter().all(|(other, _)| other != module));
    only_there
        .map(|(module, evidence)| {
            let message = format!(
                "the app imports `{module}`, whose package `{}` names and `{REQUIREMENTS}` does not, which alone the Hub installs",
                named.path
            );
            Note::new(message).help(format!("list it in `{REQUIREMENTS}` too")).seen(evidence)
        })
        .collect()
}

/// The note about a package of this repository that the started file imports and that is in a folder where nothing looks for it.
fn not_found(project: &Project<'_>, files: &[&PythonFile<'_>], installed: &Dependencies, app: &App) -> Option<Note> {
    let file = files.iter().find(|file| file.path == app.file)?;
    let text = |file: &&&PythonFile<'_>| project.repo.text(file.path).unwrap_or_default();
    let finds_more = |text: &str| ["sys.path", "addsitedir", "import_module"].iter().any(|word| text.contains(word));
    // What an address or a path installs may have the module, and so may this project, from the index under its own name
    let manifest = project.manifests.pyproject(project.repo, "");
    let own = manifest.as_ref().and_then(|manifest| manifest.name.as_deref());
    let may_be_own = match own {
        Some(own) => installed.names.contains_key(own),
        None => ["setup.py", "setup.cfg"].iter().any(|name| project.repo.get(name).is_some()),
    };
    let is_open =
        may_be_own || installed.is_unknown || installed.places > 0 || files.iter().any(|file| finds_more(text(&file)));
    if is_open {
        return None;
    }
    let (module, at, base) = imports::of_this_project(project, file).into_iter().find(|(module, _, base)| {
        !base.is_empty() && base != folder_of(&app.file) && !imports::is_installed(module, installed)
    })?;
    let message = format!(
        "the Hub starts `{}` without installing this project, and `{module}` is in `{base}/`, where Python does not look for it",
        app.file
    );
    let help = format!(
        "begin the app with `import sys` and `sys.path.insert(0, \"{base}\")`, or move `{base}/{module}` to the root"
    );
    Some(Note::new(message).help(help).seen(file.evidence(at, format!("imports `{module}`"))))
}
