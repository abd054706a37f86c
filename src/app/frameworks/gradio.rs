//! Gradio.

use super::row::{Hooks, PythonHooks, Row, Running};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE, WEAK};
use crate::app::framework::About;
use crate::app::model::{App, Note};
use crate::app::project::{Project, PythonFile};
use crate::formats::python::{Call, Import};

pub(super) static ROW: Row = Row {
    about: About {
        id: "gradio",
        name: "Gradio",
        template: "gradio",
        package: Some("gradio"),
        sdk: Some("gradio"),
        ..About::PYTHON
    },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        titles: &[
            ("gradio.Blocks", "title"),
            ("gradio.TabbedInterface", "title"),
            ("gradio.ChatInterface", "title"),
            ("gradio.Interface", "title"),
        ],
        address_variable: Some("GRADIO_SERVER_NAME"),
        notes: Some(notes),
        ..PythonHooks::SCRIPT
    }),
};

/// A file that launches an interface, or that only builds one and contains no application of another framework.
fn find(applications: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    if !knows_gradio(applications.project, file) {
        return None;
    }
    if let Some(call) = launch(file) {
        let evidence = vec![file.evidence(call.at, format!("calls `{}()`", call.written))];
        let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
        return Some(Candidate::new(ROW.framework(), file.path, strength, evidence));
    }
    applications.in_file(file).or_else(|| built(file))
}

fn built(file: &PythonFile<'_>) -> Option<Candidate> {
    const BUILDERS: [&str; 5] =
        ["gradio.Blocks", "gradio.Interface", "gradio.ChatInterface", "gradio.TabbedInterface", "gradio.load"];
    let call = file.source.calls.iter().find(|call| BUILDERS.contains(&call.path.as_str()))?;
    let evidence = vec![file.evidence(call.at, format!("calls `{}(..)`, and launches nothing", call.written))];
    Some(Candidate::new(ROW.framework(), file.path, WEAK, evidence))
}

/// Whether a file imports Gradio, or a file of this repository that does.
pub(in crate::app) fn knows_gradio(project: &Project<'_>, file: &PythonFile<'_>) -> bool {
    let imported =
        |import: &Import<'_>| project.imported(file.path, import.level, import.module, import.name).into_iter();
    file.source.imports_module("gradio")
        || file
            .source
            .imports
            .iter()
            .flat_map(imported)
            .any(|path| project.python.get(path).is_some_and(|other| other.source.imports_module("gradio")))
}

/// The call that launches an app.
fn launch<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    launches(file).next()
}

/// The calls that launch an app.
pub(in crate::app) fn launches<'f, 'r>(file: &'f PythonFile<'r>) -> impl Iterator<Item = &'f Call<'r>> {
    let is_of_another_module = |call: &Call<'_>| {
        let root = call.path.split(['.', '(', '[']).next().unwrap_or_default();
        let is_import = file.source.imports.iter().any(|import| {
            import.level == 0
                && import.module.split('.').next() == Some(root)
                && root != "gradio"
                && import.name.is_none()
        });
        is_import || root == "playwright"
    };
    file.source.calls.iter().filter(move |call| {
        call.method() == "launch"
            && call.path.contains('.')
            && (call.path.starts_with("gradio.") || !is_of_another_module(call))
    })
}

fn notes(running: &Running<'_, '_>, app: &mut App) {
    if let Some(evidence) = app.evidence.first().filter(|_| launch(running.file).is_none()) {
        let note = Note::new(format!("`{}` launches no Gradio app", app.file));
        app.notes.push(note.help("call `demo.launch()` at its end").seen(evidence.clone()));
    }
}
