//! Streamlit.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE, WEAK};
use crate::app::command;
use crate::app::environment;
use crate::app::framework::About;
use crate::app::model::{App, EnvironmentRead, Note, Seen};
use crate::app::project::{Project, PythonFile};
use crate::formats::python::Call;

pub(super) static ROW: Row = Row {
    about: About {
        id: "streamlit",
        name: "Streamlit",
        template: "streamlit",
        package: Some("streamlit"),
        ..About::PYTHON
    },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        through_imports: Some(through_imports),
        command: |project, file, _| command::streamlit(project, file),
        parts: Some("pages"),
        titles: &[("streamlit.set_page_config", "page_title")],
        environment: Some(secrets),
        ..PythonHooks::SCRIPT
    }),
};

/// Calls that draw nothing, and names that are not calls.
const UNDRAWN: [&str; 4] =
    ["streamlit.experimental_", "streamlit.session_state", "streamlit.fragment", "streamlit.dialog"];

/// Calls of a file that is not drawn: it defines a component for other apps, or starts the server itself.
const OTHER: [&str; 4] = [
    "streamlit.components.v1.declare_component",
    "streamlit.components.v2.component",
    "streamlit.web.cli.main",
    "streamlit.web.bootstrap.run",
];

fn is_other(call: &Call<'_>) -> bool {
    call.scope.is_top_level() && OTHER.contains(&call.path.as_str())
}

fn is_drawing(call: &Call<'_>) -> bool {
    call.path.starts_with("streamlit.") && !call.path.starts_with("streamlit.cache")
}

/// A file that is run, and that draws with functions of other files alone.
fn through_imports(project: &Project<'_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let is_run = || file.source.calls.iter().find(|call| call.scope.is_top_level());
    let draws = |other: &&PythonFile<'_>| {
        let calls = || other.source.calls.iter();
        other.path != file.path && calls().any(is_drawing) && !calls().any(is_other)
    };
    let other = project.reachable(file.path).into_iter().find(draws)?;
    let call = is_run().filter(|_| !project.is_imported(file.path))?;
    let evidence = file.evidence(call.at, format!("runs {}, which draws with Streamlit", other.path));
    Some(Candidate::new(ROW.framework(), file.path, LIKELY, vec![evidence]))
}

/// A file that draws when it runs, by itself or through a function that it calls.
fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let source = &file.source;
    if !source.imports_module("streamlit") || source.calls.iter().any(is_other) {
        return None;
    }
    let found = |strength, evidence| Some(Candidate::new(ROW.framework(), file.path, strength, vec![evidence]));
    let is_undrawn = |path: &str| UNDRAWN.iter().any(|begin| path.starts_with(begin));
    let drawn = || source.calls.iter().filter(|call| is_drawing(call));
    let at_once: Vec<_> = drawn().filter(|call| call.scope.is_top_level() && !is_undrawn(&call.path)).collect();
    let page = at_once.iter().find(|call| call.path == "streamlit.set_page_config");
    if let Some(call) = page.or(at_once.first()) {
        return found(SURE, file.evidence(call.at, format!("calls `{}()` when it runs", call.written)));
    }
    let own = |call: &&Call<'_>| {
        let name = call.path.trim_end_matches("()").rsplit('.').next().unwrap_or_default();
        call.scope.is_top_level() && (source.functions.iter().any(|function| function.name == name) || name == "run")
    };
    if let Some(call) = source.calls.iter().find(own)
        && drawn().next().is_some()
    {
        let evidence = file.evidence(call.at, format!("calls `{}()`, which draws with Streamlit", call.written));
        return found(if call.scope.in_main { SURE } else { LIKELY }, evidence);
    }
    let import = source.imports.iter().find(|import| import.module == "streamlit")?;
    found(WEAK, file.evidence(import.at, "imports `streamlit`"))
}

/// The maximum number of secrets in a message.
const SECRETS_MAX: usize = 100;

/// Streamlit reads secrets from a file, but a Space provides them as environment variables.
fn secrets(files: &[&PythonFile<'_>], app: &mut App) {
    let found = environment::streamlit_secrets(files);
    let Some((name, read)) = found.iter().next() else { return };
    let note = Note::new(
        "`st.secrets` reads `.streamlit/secrets.toml`, but a Space passes its secrets as environment variables",
    );
    let help = format!("read `os.environ[\"{name}\"]` if `st.secrets` does not have it");
    app.notes.push(note.help(help).seen(read.evidence.clone()));
    for (name, read) in found.into_iter().take(SECRETS_MAX) {
        let is_plain = name.chars().all(|char| !char.is_ascii_lowercase());
        let secret = EnvironmentRead::Secret(name);
        if is_plain && !app.environment.iter().any(|read| read.value == secret) {
            app.environment.push(Seen::usual(secret, read.evidence));
        }
    }
}
