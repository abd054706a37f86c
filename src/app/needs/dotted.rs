//! An app whose file has a dot in its name, such as `api.v1.py`: Python imports it under no name.

use crate::app::command::words;
use crate::app::model::{App, Evidence, Note};
use crate::app::paths::name_of;
use crate::app::project::PythonFile;
use crate::app::start::python_start::row_of;
use crate::formats::python::{Call, Value};

/// Starts the file itself, if it runs its server, and otherwise reports it.
pub(super) fn complete(file: &PythonFile<'_>, app: &mut App) {
    let Some(stem) = name_of(file.path).strip_suffix(".py").filter(|stem| stem.contains('.')) else { return };
    let Some(command) = &mut app.command else { return };
    let mut names = command.value.iter().filter_map(|word| word.split(':').next());
    if !names.any(|name| name.ends_with(stem)) {
        return;
    }
    if runs_itself(file) {
        command.value = words(&["python", file.path]);
        return;
    }
    let note = Note::new(format!("`{}` cannot be imported: Python reads `{stem}` as a module in a package", file.path));
    let help = format!(
        "rename the file, such as to `{}.py`, and run this again: the image does not start before",
        stem.replace('.', "_")
    );
    app.notes.push(note.help(help).seen(Evidence::file(file.path, "has a dot in its name")));
}

/// Whether the file starts its server when it is run, and not by the name that cannot be imported: `uvicorn.run("api.v1:app")`.
fn runs_itself(file: &PythonFile<'_>) -> bool {
    let by_name = |call: &Call<'_>| call.positional(0).and_then(Value::as_text).is_some_and(|name| name.contains(':'));
    let mut calls = file.source.calls.iter();
    file.text.contains("__main__") && calls.any(|call| row_of(call).is_some() && !by_name(call))
}
