//! An `EXPOSE` without the port that the Hub connects to.
//!
//! ## What it does
//! Compares the ports of `EXPOSE` in the last stage with `app_port`, 7860 by default.
//!
//! ## Why it matters
//! `EXPOSE` opens nothing, but people rely on it: the port that it names is then used in the command, and the Space
//! waits until `Launch timed out`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! EXPOSE 8000
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! EXPOSE 7860
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#expose>

use super::{Check, Finding, Group, Rule, Scope, Space, SpaceSdk, Subject, in_dockerfile, in_readme};
use crate::app::start::in_image;
use crate::app::start::servers::Given;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("expose-mismatch", Group::Pedantic, Check::DockerfileAnd(&[Subject::FrontMatter], check))
        .only_in(&[SpaceSdk::Docker])
        .of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((wanted, place)) = space.app_port() else { return };
    let exposed = in_image::exposed(dockerfile).unwrap_or_default();
    let Some(Given { value: port, range }) = exposed.first().cloned() else { return };
    if exposed.iter().any(|port| port.value == wanted) {
        return;
    }
    let mut finding =
        Finding::new(in_dockerfile(range), format!("port {port} is exposed, and the Hub connects to port {wanted}"))
            .label("opens nothing")
            .help(format!("write `EXPOSE {wanted}`"));
    if let Some(place) = place {
        finding = finding.related(in_readme(place), "the Hub connects to this port");
    }
    found.push(finding);
}
