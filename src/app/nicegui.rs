//! What is special about apps of `NiceGUI`. Source: <https://nicegui.io/documentation/run>.

use super::model::{Evidence, Note};
use super::project::PythonFile;
use super::python_apps::RUNS_NICEGUI;
use super::script::row_of;
use crate::formats::python::{Call, Value};

fn run<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    file.source.calls.iter().find(|call| call.path == RUNS_NICEGUI)
}

/// The port of a call that names none.
pub(super) fn usual_port(file: &PythonFile<'_>) -> Option<(u16, Evidence)> {
    let call = run(file).filter(|call| call.keyword("port").is_none())?;
    // Nothing outside the code changes it
    let port = row_of(call)?.0.default_port?;
    Some((port, file.evidence(call.at, format!("calls `{}` without a port, which is {port}", call.written))))
}

/// The server starts the app in a process of its own, to start it again when a file changes.
pub(super) fn reloads(file: &PythonFile<'_>) -> Option<Note> {
    let call = run(file).filter(|call| !matches!(call.keyword("reload"), Some(Value::Boolean(false))))?;
    let note = Note::new(format!("`{}` watches the files and starts the app anew when one changes", call.written));
    let help = "give `reload=False`, and `show=False`, which opens no browser";
    Some(note.help(help).seen(file.evidence(call.at, "says nothing of `reload`")))
}
