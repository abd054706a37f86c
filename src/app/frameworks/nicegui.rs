//! `NiceGUI`. Source: <https://nicegui.io/documentation/run>.

use super::row::{Hooks, PythonHooks, Row, Running};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE};
use crate::app::framework::About;
use crate::app::model::{Note, Seen};
use crate::app::project::PythonFile;
use crate::app::start::python_start::row_of;
use crate::formats::python::{Call, Value};

pub(super) static ROW: Row = Row {
    about: About { id: "nicegui", name: "NiceGUI", package: Some("nicegui"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        usual_port,
        notes: Some(|running, app| app.notes.extend(reloads(running))),
        ..PythonHooks::SCRIPT
    }),
};

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let call = run(file)?;
    let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
    let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
    Some(Candidate::new(ROW.framework(), file.path, strength, evidence))
}

fn run<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    file.source.calls.iter().find(|call| call.path == "nicegui.ui.run")
}

/// The port of a call without one.
fn usual_port(file: &PythonFile<'_>) -> Option<Seen<u16>> {
    let call = run(file).filter(|call| call.keyword("port").is_none())?;
    // Nothing outside the code changes it
    let port = row_of(call)?.0.default_port?;
    let why = format!("calls `{}` without a port, which is {port}", call.written);
    Some(Seen::certain(port, file.evidence(call.at, why)))
}

/// The server starts the app in another process, to restart it when a file changes.
fn reloads(running: &Running<'_, '_>) -> Option<Note> {
    let file = running.file;
    let call = run(file).filter(|call| !matches!(call.keyword("reload"), Some(Value::Boolean(false))))?;
    let note = Note::new(format!("`{}` watches the files and restarts the app when one changes", call.written));
    let help = "set `reload=False`, and `show=False` so that no browser is opened";
    Some(note.help(help).seen(file.evidence(call.at, "does not set `reload`")))
}
