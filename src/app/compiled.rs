//! What an app in a compiled language needs.

use super::compiled_source::{is_loopback, port};
use super::frameworks::CompiledHooks;
use super::model::{App, Note};
use super::project::{Project, within};

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, hooks: &CompiledHooks, app: &mut App) {
    app.facts.command = command(&(hooks.program)(project, &app.file));
    app.facts.port = port(project, &app.file);
    let named = app.facts.port.as_ref().map(|(_, evidence)| evidence);
    if let Some(evidence) = named.filter(|evidence| is_loopback(project, evidence)).cloned() {
        let note = Note::new("the app listens on this computer alone");
        app.facts.notes.push(note.help("listen on `0.0.0.0`").seen(evidence));
    }
}

/// The start command: the program, where the template puts it.
fn command(program: &str) -> Vec<String> {
    let is_plain = !program.is_empty()
        && program.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'));
    vec![within("/usr/local/bin", if is_plain { program } else { "app" })]
}
