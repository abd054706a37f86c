//! A server that listens on another port than the Hub connects to.
//!
//! ## What it does
//! Compares `app_port`, 7860 by default, with the port of the server that the container starts: the flags and variables
//! of uvicorn, gunicorn, Streamlit, Flask and others, where they are certain, and the settings of Streamlit. In a
//! script that is started by `node` or `python`, the number in its only `.listen(3000)`, `launch(server_port=..)` or
//! `run(port=..)` counts, if nothing can change it. `EXPOSE` opens nothing and does not count.
//!
//! ## Why it matters
//! The Space stays at "Starting", until `Launch timed out, workload was not healthy after 30 min`, while its log says
//! `Uvicorn running on http://0.0.0.0:8000`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 7860
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 8000
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#setting-up-docker-spaces>

use std::ops::Range;

use super::{
    Cause, Check, Finding, Fix, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_dockerfile, in_readme,
};
use crate::check::script::port_in_code;
use crate::check::server::{Given, Started, app_port, started};
use crate::check::space::README;
use crate::check::streamlit::{DEFAULT_PORT, SETTINGS, server_port};
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new(
    "port-mismatch",
    Group::Broken,
    Check::DockerfileAnd(&[Subject::FrontMatter, Subject::Source, Subject::Files], check),
)
.only_in(&[SpaceSdk::Docker])
.of(Scope::SPACES)
.caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((wanted, place)) = app_port(space) else { return };
    let server = started(dockerfile);
    let by_command = server.and_then(|server| server.port().or_else(|| by_settings(space, &server)));
    let (port, at, started) = match by_command {
        Some(port) => (port.value, in_dockerfile(port.range), None),
        None => match port_in_code(space) {
            Some(code) => (code.value, Place::bytes(code.file, code.range), Some(in_dockerfile(code.started))),
            None => return,
        },
    };
    if port == wanted {
        return;
    }
    let message = format!("the server listens on port {port}, and the Hub connects to port {wanted}");
    let finding = Finding::new(at, message)
        .label(format!("port {port}"))
        .help(format!("write `app_port: {port}` in README.md, or make the server listen on port {wanted}"));
    let finding = started.into_iter().fold(finding, |finding, place| finding.related(place, "started here"));
    found.extend(with_fix(space, finding, port, place));
}

/// The finding with the port of the app for the README.
fn with_fix(space: &Space<'_>, mut finding: Finding, port: u16, place: Option<Range<usize>>) -> Option<Finding> {
    let value = port.to_string();
    let readme = space.readme()?;
    if let Some(range) = place {
        finding = finding.related(in_readme(range.clone()), "the Hub connects to this port");
        if port >= APP_PORT_MIN {
            let fix = Fix::safe(format!("write `app_port: {value}`, the port of the server"));
            finding = finding.fix(fix.replace(README, range, value));
        }
    } else if let Some(at) = readme.end_of_yaml().filter(|_| port >= APP_PORT_MIN) {
        let fix = Fix::safe(format!("add `app_port: {value}`, the port of the server"));
        finding = finding.fix(fix.insert(README, at, format!("app_port: {value}{}", readme.line_break())));
    }
    Some(finding)
}

/// The port of Streamlit where the command does not say it: that of its settings, otherwise its default.
fn by_settings(space: &Space<'_>, server: &Started<'_>) -> Option<Given<u16>> {
    let is_streamlit = server.known.names.contains(&"streamlit");
    let says = ["--server.port", "$", "--config"];
    let is_given = server.command.argv().iter().any(|word| says.iter().any(|part| word.text.contains(part)));
    if !is_streamlit || is_given || space.dockerfile()?.last_stage()?.end.sets_env("STREAMLIT_SERVER_PORT") {
        return None;
    }
    let port = match server_port(space) {
        Some((port, _)) => port,
        // Settings that are not understood, or are made while the image is built, may say otherwise
        None if space.repo().get(SETTINGS).is_some_and(|file| file.text().is_none_or(|text| text.contains("port"))) => {
            return None;
        }
        None if space.dockerfile()?.text.contains(".streamlit") => return None,
        None => DEFAULT_PORT,
    };
    Some(Given { value: u16::try_from(port).ok()?, range: server.command.range() })
}
