//! Django. Source: <https://docs.djangoproject.com/en/stable/howto/deployment/checklist/>.

use super::row::{Hooks, PythonHooks, Row, Running};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE};
use crate::app::collectstatic;
use crate::app::command::{PORT, gunicorn, uvicorn, words};
use crate::app::framework::About;
use crate::app::import_root;
use crate::app::model::{App, Evidence, Note};
use crate::app::paths::within;
use crate::app::project::{Project, PythonFile, is_aside};

pub(super) static ROW: Row = Row {
    about: About { id: "django", name: "Django", package: Some("django"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        command,
        files: Some(files),
        notes: Some(notes),
        ..PythonHooks::SERVED
    }),
};

/// What makes the application for a server, also of <https://django-configurations.readthedocs.io>.
const WSGI: [&str; 2] = ["django.core.wsgi.get_wsgi_application", "configurations.wsgi.get_wsgi_application"];
const ASGI: [&str; 3] = [
    "django.core.asgi.get_asgi_application",
    "configurations.asgi.get_asgi_application",
    "channels.routing.ProtocolTypeRouter",
];

/// The file that a server starts from. A project with one for each kind of server is started through WSGI, unless it has Daphne,
/// which answers `WebSockets`.
fn find(applications: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let made = |paths: &[&str]| paths.iter().find_map(|path| Candidate::made(ROW.framework(), file, path));
    let first =
        |found: Candidate, is_first: bool| Candidate { strength: if is_first { SURE } else { LIKELY }, ..found };
    let has_daphne = || has_daphne(applications.project);
    made(&WSGI).map(|found| first(found, !has_daphne())).or_else(|| Some(first(made(&ASGI)?, has_daphne())))
}

/// Whether Daphne is one of the `INSTALLED_APPS`. Source: <https://channels.readthedocs.io/en/stable/installation.html>.
fn has_daphne(project: &Project<'_>) -> bool {
    let mut settings = project.python.values().filter(|file| file.text.contains("INSTALLED_APPS"));
    settings.any(|file| ["\"daphne\"", "'daphne'"].iter().any(|name| file.text.contains(name)))
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    let object = object.unwrap_or("application");
    match file.path.ends_with("asgi.py") {
        true if has_daphne(project) => daphne(project, file, object),
        true => uvicorn(project, file, object),
        false => gunicorn(project, file, object),
    }
}

fn daphne(project: &Project<'_>, file: &PythonFile<'_>, object: &str) -> Vec<String> {
    let root = import_root::of_module(project, file);
    let name = format!("{}:{object}", import_root::module_name(&root, file.path));
    let command = words(&["daphne", "-b", "0.0.0.0", "-p", PORT, &name]);
    if root.is_empty() { command } else { [words(&["env", &format!("PYTHONPATH={root}")]), command].concat() }
}

/// The files that may run: Django finds its settings and apps by names in strings.
fn files<'p, 'r>(project: &'p Project<'r>, start: &PythonFile<'_>) -> Vec<&'p PythonFile<'r>> {
    let root = import_root::of_module(project, start);
    let prefix = within(&root, "").trim_start_matches('/').to_owned();
    let is_part = |file: &&PythonFile<'_>| {
        file.path.starts_with(&prefix)
            && !is_aside(file.path)
            && !file.path.rsplit('/').next().unwrap_or_default().starts_with("test")
    };
    project.python.values().filter(is_part).collect()
}

/// The defaults of Django in a Space.
fn notes(running: &Running<'_, '_>, app: &mut App) {
    let (files, needed) = (running.files, running.needed);
    let setting = |name: &str| {
        files.iter().find_map(|file| {
            let found = file.source.assignments.iter().find(|assignment| assignment.name == name)?;
            Some(file.evidence(found.at, format!("sets `{name}`")))
        })
    };
    let knows_the_host = mentions(files, "SPACE_HOST");
    let settings = setting("INSTALLED_APPS").or_else(|| setting("ROOT_URLCONF"));
    let seen = |note: Note, evidence: Option<Evidence>| match evidence.or_else(|| settings.clone()) {
        Some(evidence) if note.evidence.is_none() => note.seen(evidence),
        _ => note,
    };
    if !knows_the_host {
        let note = Note::new(
            "Django only answers hosts in `ALLOWED_HOSTS`, and only accepts forms from `CSRF_TRUSTED_ORIGINS`",
        );
        let help = "add `os.environ[\"SPACE_HOST\"]` to the first, and `\"https://\" + os.environ[\"SPACE_HOST\"]` to the second, where it is set";
        app.notes.push(seen(note.help(help), setting("ALLOWED_HOSTS")));
    }
    if setting("SESSION_COOKIE_SAMESITE").is_none() {
        let note = Note::new("in the Hub's frame, browsers drop Django's cookies, so logins and forms fail");
        let help =
            "set `SESSION_COOKIE_SAMESITE` and `CSRF_COOKIE_SAMESITE` to `\"None\"`, and both `.._SECURE` to `True`";
        app.notes.push(seen(note.help(help), None));
    }
    if !needed.is_unknown && !needed.has("whitenoise") {
        let note = Note::new("nothing serves Django's static files: gunicorn does not");
        let help = "install `whitenoise`, put its middleware into `MIDDLEWARE`, set `STATIC_ROOT`, and run `spaces-new init` again, so that the image collects them";
        app.notes.push(seen(note.help(help), setting("STATIC_URL")));
    } else if needed.has("whitenoise") {
        let found = collectstatic::of(files);
        app.notes.extend(collectstatic::note(&found).map(|note| seen(note, setting("STATIC_URL"))));
        if let collectstatic::Static::Built(command) = found {
            app.install.build = Some(command);
        }
    }
    let note = Note::new("nothing runs `python manage.py migrate`, and a database file is lost at each restart");
    app.notes.push(seen(
        note.help("use a database outside the Space, and migrate it from your computer"),
        setting("DATABASES"),
    ));
}

/// Whether a file reads an environment variable.
fn mentions(files: &[&PythonFile<'_>], name: &str) -> bool {
    files.iter().any(|file| {
        let mut calls = file.source.calls.iter();
        calls.any(|call| call.positional(0).and_then(|value| value.as_text()) == Some(name))
            || file.source.subscripts.iter().any(|one| one.path == "os.environ" && one.key == name)
    })
}
