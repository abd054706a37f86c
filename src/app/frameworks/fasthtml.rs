//! `FastHTML`. Measured with 0.14.14: `serve()` listens on all addresses, on the port in `PORT` or 5001.

use super::row::{Hooks, PythonHooks, Row, Running};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE};
use crate::app::command::{script, uvicorn};
use crate::app::framework::About;
use crate::app::model::{Note, Seen};
use crate::app::project::{Project, PythonFile};
use crate::formats::python::{Call, Value};

pub(super) static ROW: Row = Row {
    about: About { id: "fasthtml", name: "FastHTML", package: Some("python-fasthtml"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        command,
        usual_port,
        notes: Some(|running, app| app.notes.extend(reloads(running))),
        ..PythonHooks::SCRIPT
    }),
};

/// Whether a call is one of the module, whose names are usually all imported with `*`.
fn is_call(call: &Call<'_>, name: &str) -> bool {
    call.path == name
        || call.path.strip_suffix(name).is_some_and(|rest| rest.starts_with("fasthtml.") && rest.ends_with('.'))
}

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let source = &file.source;
    if !source.imports_module("fasthtml") {
        return None;
    }
    if let Some(call) = serve(file) {
        let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
        let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
        return Some(Candidate::new(ROW.framework(), file.path, strength, evidence));
    }
    let makes = |value: &Value<'_>| {
        let Value::Call(path, _) = value else { return false };
        path == "FastHTML" || (path.starts_with("fasthtml.") && path.ends_with(".FastHTML"))
    };
    let made = source.assignments.iter().find(|found| found.scope.is_top_level() && makes(&found.value))?;
    let evidence = vec![file.evidence(made.at, format!("makes `{}` with `FastHTML(..)`", made.name))];
    let object = Some(made.name.to_owned());
    Some(Candidate { object, ..Candidate::new(ROW.framework(), file.path, SURE, evidence) })
}

fn serve<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    file.source.calls.iter().find(|call| is_call(call, "serve"))
}

/// `serve()` starts the server, and reads the port from the environment.
fn command(project: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    match object {
        Some(object) => uvicorn(project, file, object),
        None => script(project, file),
    }
}

/// A port in the code, which the environment does not change.
fn usual_port(file: &PythonFile<'_>) -> Option<Seen<u16>> {
    let call = serve(file)?;
    let port = match call.keyword("port")? {
        Value::Number(number) => number.parse().ok()?,
        _ => return None,
    };
    Some(Seen::certain(port, file.evidence(call.at, format!("calls `{}(.., port={port})`", call.written))))
}

/// The server starts the app in another process, to restart it when a file changes.
fn reloads(running: &Running<'_, '_>) -> Option<Note> {
    let call = serve(running.file).filter(|call| call.keyword("reload").is_none())?;
    let note = Note::new(format!("`{}` watches the files and restarts the app when one changes", call.written));
    Some(note.help("set `reload=False`").seen(running.file.evidence(call.at, "does not set `reload`")))
}
