//! What an app in a compiled language needs.

use super::compiled_environment;
use crate::app::compiled_source::{loopback, port, unknown_port};
use crate::app::frameworks::CompiledHooks;
use crate::app::model::{App, Seen};
use crate::app::paths::within;
use crate::app::project::Project;

/// Fills in the facts of an app.
pub(super) fn complete(project: &Project<'_>, hooks: &CompiledHooks, app: &mut App) {
    app.command = Some(Seen::usual(command(&(hooks.program)(project, &app.file)), app.best_evidence()));
    app.server.port = port(project, &app.file);
    if app.server.port.is_none() {
        app.notes.extend(unknown_port(project, &app.file));
    }
    app.server.host = app.server.port.as_ref().and_then(|port| loopback(project, &port.evidence));
    app.notes.extend(app.server.loopback_note("the app only listens on the loopback address", "listen on `0.0.0.0`"));
    compiled_environment::fill(project, app);
}

/// The start command: the program, at the template's path.
fn command(program: &str) -> Vec<String> {
    let is_plain = !program.is_empty()
        && program.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.'));
    vec![within("/usr/local/bin", if is_plain { program } else { "app" })]
}
