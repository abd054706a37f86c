//! A Gradio Space whose app does not start Gradio, or another server where the Hub expects one.
//!
//! ## What it does
//! Looks at the `app_file` of a Space with `sdk: gradio` that does not use Gradio: a server such as Flask's or uvicorn that listens on
//! another port than 7860, or on the loopback address only; an application of `FastAPI` or Flask that nothing starts; and a Streamlit app.
//! A server on `0.0.0.0:7860` is accepted: it runs.
//!
//! ## Why it matters
//! The Hub runs `python app.py` and waits for port 7860. The Space stays at "Starting" until it times out, or the app ends.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```app.py
//! from flask import Flask
//!
//! app = Flask(__name__)
//! app.run()
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```app.py
//! from flask import Flask
//!
//! app = Flask(__name__)
//! app.run(host="0.0.0.0", port=7860)
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-gradio>, <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::start::code_start::{OtherServer, other_server};
use crate::check::diagnostic::Level;
use crate::check::running::running;
use crate::check::space::PythonFile;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::facts::server_calls::APPLICATIONS;
use crate::formats::python::Source;

pub(super) const RULE: Rule = Rule::new(
    "other-server-in-gradio-space",
    Group::Broken,
    Check::Views(&[Subject::FrontMatter, Subject::Source], check),
)
.only_in(&[SpaceSdk::Gradio]);

/// Words in code that may start something else.
const MAY_START: [&str; 16] = [
    "launch(",
    "gradio",
    "subprocess",
    "os.system",
    "os.exec",
    "multiprocessing",
    "threading",
    "Thread",
    "runpy",
    "importlib",
    "__import__",
    "exec(",
    "uvicorn",
    "hypercorn",
    "waitress",
    "wsgi",
];
/// Methods that may start a server.
const STARTS: [&str; 9] = ["run", "serve", "start", "main", "listen", "run_app", "run_server", "serve_forever", "cli"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let named = space.text_of("app_file").map_or("app.py", |(text, _)| text);
    let path = named.strip_prefix("./").unwrap_or(named);
    let Some(file) = space.python_files().iter().find(|file| file.path == path) else { return };
    if file.has("gradio") {
        return;
    }
    let files = running(space).files;
    let mut others = files.iter().filter(|other| other.path != file.path);
    if others.any(|other| other.text.contains("gradio") || other.text.contains(".launch(")) {
        return;
    }
    let source = file.source();
    match other_server(file.text, source) {
        Some(server) => found.extend(elsewhere(file, &server)),
        None if files.iter().all(|file| starts_nothing(file)) => found.extend(never_started(file, source)),
        None => {}
    }
}

/// The finding for a server that the Hub does not reach.
fn elsewhere(file: &PythonFile<'_>, server: &OtherServer) -> Option<Finding> {
    let OtherServer { call, keywords: (host, port), range, .. } = server;
    let wrong_port = server.port.filter(|(port, _)| *port != APP_PORT_DEFAULT);
    let what = match (&server.host, wrong_port) {
        (None, None) => return None,
        (Some((host, _)), Some((port, _))) => format!("{host}:{port} only"),
        (Some((host, _)), None) => format!("{host} only"),
        (None, Some((port, _))) => format!("port {port}"),
    };
    let is_certain = server.host.as_ref().is_some_and(|(_, may_differ)| !may_differ)
        || wrong_port.is_some_and(|(_, may_differ)| !may_differ);
    let finding = Finding::new(
        Place::bytes(file.path, range.clone()),
        format!("`{call}()` listens on {what}, and the Hub connects to port {APP_PORT_DEFAULT} from outside"),
    )
    .label("the Hub waits for Gradio's port")
    .help(format!("write `{host}=\"0.0.0.0\", {port}={APP_PORT_DEFAULT}` in the call, or make it a Docker Space with `spaces-new init --migrate`"));
    Some(if is_certain { finding } else { finding.at_most(Level::Warning) })
}

/// Whether nothing in a file may start a server.
fn starts_nothing(file: &PythonFile<'_>) -> bool {
    !MAY_START.iter().any(|word| file.has(word))
        && !file.source().calls.iter().any(|call| STARTS.contains(&call.method()))
}

/// The finding for an application that nothing starts.
fn never_started(file: &PythonFile<'_>, source: &Source<'_>) -> Option<Finding> {
    let is_application = |path: &str| APPLICATIONS.contains(&path);
    let is_page = |path: &str| path.starts_with("streamlit.") && !path.starts_with("streamlit.web");
    let mut calls = source.calls.iter().filter(|call| call.scope.is_top_level() && !call.scope.conditional);
    let call = calls.find(|call| is_application(&call.path) || is_page(&call.path))?;
    let (message, help) = if is_page(&call.path) {
        (
            "a Streamlit app ends at once in a Gradio Space, which runs it with Python".to_owned(),
            "make it a Docker Space with `spaces-new init --migrate`",
        )
    } else {
        (
            format!("nothing starts the application that `{}()` makes, so Python ends", call.written),
            "start it with `uvicorn.run(app, host=\"0.0.0.0\", port=7860)` or the server of its framework, or make it a Docker Space with `spaces-new init --migrate`",
        )
    };
    Some(Finding::new(Place::bytes(file.path, call.method_range()), message).label("no server").help(help))
}
