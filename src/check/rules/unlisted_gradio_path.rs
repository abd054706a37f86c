//! A file under `/data` that Gradio may not serve.
//!
//! ## What it does
//! Looks for a function of a Gradio app that returns a path under `/data` for a component that shows files, if no call of `launch()` has
//! `allowed_paths`.
//!
//! ## Why it matters
//! `InvalidPathError: Cannot move /data/.. to the gradio cache dir`: Gradio serves files of the working folder and of the system's temporary
//! folder only.
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
//! import gradio as gr
//!
//! def draw(text):
//!     return "/data/last.png"
//!
//! demo = gr.Interface(draw, gr.Textbox(), gr.Image())
//! demo.launch()
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
//! import gradio as gr
//!
//! def draw(text):
//!     return "/data/last.png"
//!
//! demo = gr.Interface(draw, gr.Textbox(), gr.Image())
//! demo.launch(allowed_paths=["/data"])
//! ```
//!
//! ## Source
//! `_check_allowed` in `gradio/processing_utils.py` of 5.50.0; <https://www.gradio.app/guides/file-access>

use std::collections::BTreeSet;

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::running::running;
use crate::formats::python::{Call, Source, Value};

pub(super) const RULE: Rule =
    Rule::new("unlisted-gradio-path", Group::Risky, Check::Views(&[Subject::Source, Subject::FrontMatter], check))
        .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker]);

/// Components that show a file by its path.
const SHOWS: [&str; 9] =
    ["Audio", "Chatbot", "DownloadButton", "File", "Files", "Gallery", "Image", "Model3D", "Video"];

/// Words in code that allow other paths, or serve the app in another way.
const MAY_ALLOW: [&str; 4] = ["allowed_paths", "set_static_paths", "mount_gradio_app", "GRADIO_ALLOWED_PATHS"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = space.python_files();
    let says = |word: &str| files.iter().any(|file| file.has(word));
    if !says("/data") || !says("gradio") || MAY_ALLOW.iter().any(|word| says(word)) {
        return;
    }
    // A Dockerfile may set the variable, or run in that folder
    if space.docker().is_some_and(|dockerfile| {
        dockerfile.text.contains("GRADIO_ALLOWED_PATHS") || dockerfile.text.contains("WORKDIR /data")
    }) {
        return;
    }
    for file in running(space).files {
        let source = file.source();
        let mut launches =
            source.calls.iter().filter(|call| call.method() == "launch" && call.path.starts_with("gradio."));
        let (Some(launch), None) = (launches.next(), launches.next()) else { continue };
        if launch.unpacks() || !shows_files(source) {
            continue;
        }
        let Some(function) = returns_data(source) else { continue };
        let finding = Finding::new(
            Place::bytes(file.path, launch.method_range()),
            format!("Gradio refuses to serve the file under `/data` that `{function}` returns"),
        )
        .label("no `allowed_paths`")
        .help("write `launch(allowed_paths=[\"/data\"])`");
        found.push(finding);
    }
}

fn shows_files(source: &Source<'_>) -> bool {
    source.calls.iter().any(|call| call.path.strip_prefix("gradio.").is_some_and(|name| SHOWS.contains(&name)))
}

/// A function that Gradio calls, and that returns a path under `/data`.
fn returns_data<'t>(source: &Source<'t>) -> Option<&'t str> {
    let mut names: BTreeSet<(Option<&str>, &str)> = BTreeSet::new();
    let is_from = |names: &BTreeSet<(Option<&str>, &str)>, function: Option<&str>, value: &Value<'_>| {
        let has = |name: &str| names.contains(&(None, name)) || names.contains(&(function, name));
        is_data(value) || is_path_of(value, has)
    };
    for assignment in &source.assignments {
        if is_from(&names, assignment.scope.function, &assignment.value) {
            names.insert((assignment.scope.function, assignment.name));
        }
    }
    let of_gradio = |call: &&Call<'_>| call.path.starts_with("gradio.");
    let is_called = |name: &str| {
        let mut arguments = source.calls.iter().filter(of_gradio).flat_map(|call| &call.arguments);
        arguments.any(|argument| argument.value == Value::Name(name))
    };
    source.returns.iter().find_map(|returned| {
        let function = returned.scope.function?;
        (is_from(&names, Some(function), &returned.value) && is_called(function)).then_some(function)
    })
}

/// A text that is a path under `/data`.
fn is_data(value: &Value<'_>) -> bool {
    value.as_text().is_some_and(|text| text == "/data" || text.starts_with("/data/"))
}

/// Whether a value is a path below one of the names: the name itself, `os.path.join(name, ..)`, `Path(name)`, `name / ".."`, and such a
/// path that begins with `/data`.
fn is_path_of(value: &Value<'_>, is_name: impl Fn(&str) -> bool) -> bool {
    let begins = |text: &str| {
        let text = text.trim_start_matches(['(', 'f']);
        let text = text.trim();
        let is_literal = ["\"/data/", "'/data/", "\"/data\"", "'/data'"].iter().any(|begin| text.starts_with(begin));
        let braces = text.strip_prefix(['"', '\'']).and_then(|text| text.strip_prefix('{'));
        let word = braces.unwrap_or(text);
        let end = word.find(|char: char| char != '_' && !char.is_alphanumeric()).unwrap_or(word.len());
        is_literal || is_name(&word[..end])
    };
    match value {
        Value::Name(name) => is_name(name),
        Value::Call(path, text) => {
            let is_path = matches!(path.as_str(), "os.path.join" | "str" | "pathlib.Path");
            is_path && text.split_once('(').is_some_and(|(_, rest)| begins(rest))
        }
        Value::Expression(text) => begins(text),
        _ => false,
    }
}
