//! Whether an image of a Django app can collect the static files for `WhiteNoise`.
//!
//! Source: <https://whitenoise.readthedocs.io/en/stable/django.html>; measured with Django 5.2 and `WhiteNoise` 6.11: without the folder
//! `STATIC_ROOT`, every static file is a 404.

use std::collections::BTreeSet;

use super::model::{Evidence, Note, Seen};
use super::project::PythonFile;
use crate::formats::python::{Call, Value};

/// What Django's static files need.
pub(super) enum Static {
    /// Nothing more.
    Served,
    /// This command, when the image is built.
    Built(Seen<Vec<String>>),
    /// It has no folder to collect them in.
    NoRoot,
    /// A command whose environment is unknown.
    ByHand(Evidence),
}

/// What they need, of an app that has `WhiteNoise`.
pub(super) fn of(files: &[&PythonFile<'_>]) -> Static {
    let assigned = |name: &str| {
        let in_file = |file: &&&PythonFile<'_>| file.source.assignments.iter().any(|one| one.name == name);
        files.iter().find(in_file).copied()
    };
    if assigned("WHITENOISE_USE_FINDERS").is_some() {
        return Static::Served;
    }
    let Some(settings) = assigned("STATIC_ROOT") else { return Static::NoRoot };
    let root = settings.source.assignments.iter().find(|one| one.name == "STATIC_ROOT");
    let evidence = settings.evidence(root.map_or(0, |one| one.at), "sets `STATIC_ROOT` for WhiteNoise");
    let has_middleware = files.iter().any(|file| file.text.contains("whitenoise.middleware.WhiteNoiseMiddleware"));
    let mut managers = files.iter().filter(|file| matches!(file.path.rsplit('/').next(), Some("manage.py")));
    let (Some(manager), None, true) = (managers.next(), managers.next(), has_middleware) else {
        return Static::ByHand(evidence);
    };
    let Some(names) = needed_names(files).filter(|_| settings_of(manager) == settings_of_server(files)) else {
        return Static::ByHand(evidence);
    };
    let values = names.iter().map(|name| format!("{name}=localhost"));
    let program = Some("env".to_owned()).filter(|_| !names.is_empty());
    let words = ["python", manager.path, "collectstatic", "--noinput"].map(str::to_owned);
    Static::Built(Seen::usual(program.into_iter().chain(values).chain(words).collect(), evidence))
}

/// The note about them, unless there is a command.
pub(super) fn note(found: &Static) -> Option<Note> {
    match found {
        Static::Served | Static::Built(_) => None,
        Static::NoRoot => {
            let note = Note::new("WhiteNoise finds no static files: the settings have no `STATIC_ROOT`");
            Some(note.help("set `STATIC_ROOT = BASE_DIR / \"staticfiles\"`, and run `spaces-new init` again"))
        }
        Static::ByHand(evidence) => {
            let note = Note::new(
                "nothing collects Django's static files, and the settings may need names that a build does not have",
            );
            let help = "add `RUN python manage.py collectstatic --noinput` to the Dockerfile below the files of the app, with a placeholder for each name that the settings require, as in `RUN env SECRET_KEY=build python ..`";
            Some(note.help(help).seen(evidence.clone()))
        }
    }
}

/// The module that `DJANGO_SETTINGS_MODULE` names in a file.
fn settings_of<'f>(file: &'f PythonFile<'_>) -> Option<&'f str> {
    let call = file.source.calls.iter().find(|call| {
        call.path == "os.environ.setdefault"
            && call.positional(0).and_then(Value::as_text) == Some("DJANGO_SETTINGS_MODULE")
    })?;
    call.positional(1)?.as_text()
}

fn settings_of_server<'f>(files: &[&'f PythonFile<'_>]) -> Option<&'f str> {
    files.iter().filter(|file| file.path.ends_with("sgi.py")).find_map(|file| settings_of(file))
}

/// The names without which the settings cannot be imported, if a placeholder is enough for each: a secret key, and the host of the Space.
fn needed_names<'f>(files: &[&'f PythonFile<'_>]) -> Option<BTreeSet<&'f str>> {
    let mut names = BTreeSet::new();
    for file in files {
        let subscripts = file.source.subscripts.iter().filter(|one| one.path == "os.environ");
        names.extend(subscripts.filter(|one| one.scope.is_top_level()).map(|one| one.key.as_str()));
        let calls = file.source.calls.iter().filter(|call| call.scope.is_top_level());
        names.extend(calls.filter_map(required_name));
        // Classes of settings, and files with names
        if file.text.contains("pydantic_settings") || file.text.contains("read_env(") {
            return None;
        }
    }
    names.iter().all(|name| name.contains("SECRET_KEY") || *name == "SPACE_HOST").then_some(names)
}

/// The name that a call of python-decouple or django-environ requires.
fn required_name<'c>(call: &'c Call<'_>) -> Option<&'c str> {
    let is_read = call.path == "decouple.config" || call.path.starts_with("environ.Env()");
    let has_default = call.positional(1).is_some() || call.keyword("default").is_some();
    call.positional(0).filter(|_| is_read && !has_default)?.as_text()
}
