//! A server that listens on another port than the Hub connects to.
//!
//! ## What it does
//! Compares `app_port`, 7860 by default, with the port of the server that the container starts: the flags and variables
//! of uvicorn, gunicorn, Streamlit, Flask and others, where they are certain, and the settings of Streamlit. In a
//! script that is started by `node` or `python`, the number in its only `.listen(3000)`, `launch(server_port=..)` or
//! `run(port=..)` counts, if nothing can change it, also behind a constant; in a program in Go or Rust the one address that it
//! listens on. Next.js and Nuxt listen on port 3000 where their build is started with `node`. The default of a variable that the image does not set, as in
//! `${PORT:-8000}`, is a warning: the Hub does not set `PORT`. `EXPOSE` opens nothing and does not count.
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
use crate::app::start::in_image::{self, At};
use crate::check::diagnostic::Level;
use crate::check::space::README;
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
    let Some((wanted, place)) = space.app_port() else { return };
    let Some((port, at, variable)) = in_image::likely_port(space.repo(), dockerfile, space.sources()) else { return };
    if port == wanted {
        return;
    }
    let (at, started) = match at {
        At::Dockerfile(range) => (in_dockerfile(range), None),
        At::File { path, range, started } => (Place::bytes(&*path, range), Some(in_dockerfile(started))),
    };
    let message = match &variable {
        None => format!("the server listens on port {port}, and the Hub connects to port {wanted}"),
        Some(name) => {
            format!("the server listens on port {port} unless `{name}` is set, and the Hub connects to port {wanted}")
        }
    };
    let help = match &variable {
        None => format!("write `app_port: {port}` in README.md, or make the server listen on port {wanted}"),
        Some(name) => format!("write `app_port: {port}` in README.md, or set `ENV {name}={wanted}` in the Dockerfile"),
    };
    let finding = Finding::new(at, message).label(format!("port {port}")).help(help);
    let finding = started.into_iter().fold(finding, |finding, place| finding.related(place, "started here"));
    if variable.is_some() {
        // The settings of the Space may set it
        found.push(finding.at_most(Level::Warning));
        return;
    }
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
