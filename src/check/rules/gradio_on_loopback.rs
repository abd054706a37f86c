//! A Gradio app in a container that listens on 127.0.0.1 only.
//!
//! ## What it does
//! Looks for an image that runs a Python file in which `launch()` is called without an address, if nothing sets
//! `GRADIO_SERVER_NAME`.
//!
//! ## Why it matters
//! Gradio listens on 127.0.0.1 by default. The Space stays at "Starting", or the app stops with `When localhost is not
//! accessible, a shareable link must be created`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user app.py ./
//! CMD ["python", "app.py"]
//! ```
//! ```app.py
//! import gradio as gr
//!
//! demo = gr.Interface(str.upper, "text", "text")
//! demo.launch()
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user app.py ./
//! ENV GRADIO_SERVER_NAME=0.0.0.0
//! CMD ["python", "app.py"]
//! ```
//! ```app.py
//! import gradio as gr
//!
//! demo = gr.Interface(str.upper, "text", "text")
//! demo.launch()
//! ```
//!
//! ## Source
//! <https://www.gradio.app/guides/environment-variables>

use super::{Cause, Check, Finding, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::python::{Source, code_has_word};

pub(super) const RULE: Rule =
    Rule::new("gradio-on-loopback", Group::Broken, Check::DockerfileAnd(&[Subject::Source], check))
        .caused_by(Cause::Command);

/// The variable that gives Gradio its address.
const ADDRESS: &str = "GRADIO_SERVER_NAME";

/// Words in code that may give an address, or start another server.
const MAY_SAY_MORE: [&str; 4] = ["server_name", "SERVER_NAME", "uvicorn", "mount_gradio_app"];

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let (Some(stage), Some((_, line)), None) = (dockerfile.last_stage(), dockerfile.cmd(), dockerfile.entrypoint())
    else {
        return;
    };
    let commands = line.commands();
    let [command] = &*commands else { return };
    let argv = command.argv();
    if !command.program().is_some_and(|program| program.starts_with("python")) || !command.assignments.is_empty() {
        return;
    }
    let label = match stage.end.env(ADDRESS) {
        None if stage.end.sets_env(ADDRESS) => return,
        None => "no address is given".to_owned(),
        Some(host) if ["127.0.0.1", "localhost", "::1"].contains(&host) => format!("`{ADDRESS}` is `{host}`"),
        Some(_) => return,
    };
    let Some(script) =
        argv.iter().skip(1).find(|word| !word.text.starts_with('-')).filter(|word| word.text.ends_with(".py"))
    else {
        return;
    };
    let Some(file) = space.repo().get(script.text.trim_start_matches("./")) else { return };
    let Some(text) = file.text() else { return };
    let source = Source::read(text);
    // An address may be given in any way: as an argument, a variable, or not at all because another server is used
    if !source.imports_module("gradio") || code_has_word(text, &MAY_SAY_MORE) {
        return;
    }
    let mut launches = source.calls.iter().filter(|call| call.method() == "launch");
    let (Some(call), None) = (launches.next(), launches.next()) else { return };
    if call.unpacks() {
        return;
    }
    let finding = Finding::new(Place::bytes(file.path(), call.method_range()), "Gradio listens on 127.0.0.1 only")
        .label(label)
        .related(in_dockerfile(line.range.clone()), "started here")
        .help("set `ENV GRADIO_SERVER_NAME=0.0.0.0` in the Dockerfile, or `server_name=\"0.0.0.0\"` in the call");
    found.push(finding);
}
