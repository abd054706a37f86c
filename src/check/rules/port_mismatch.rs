//! Finds a server that listens on another port than the one the Hub asks.
//!
//! ## What it does
//! Compares `app_port` (7860 if it is not there) with the port of the server that the container starts: the flags and
//! variables of uvicorn, gunicorn, Streamlit, Flask and others, where they are certain. `EXPOSE` opens nothing and does not
//! count.
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

use super::{Finding, Fix, Group, Rule, Space, in_dockerfile, in_readme};
use crate::check::server::{app_port, started};
use crate::check::space::{README, SpaceSdk};
use crate::hub::limits::APP_PORT_MIN;

pub(super) const RULE: Rule =
    Rule { id: "port-mismatch", group: Group::Broken, source: include_str!("port_mismatch.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() != SpaceSdk::Docker {
        return;
    }
    let Some(server) = space.docker().and_then(started) else { return };
    let (Some(port), Some((wanted, place))) = (server.port(), app_port(space)) else { return };
    if port.value == wanted {
        return;
    }
    let message = format!("the server listens on port {}, and the Hub asks port {wanted}", port.value);
    let mut finding = Finding::new(in_dockerfile(port.range), message)
        .label(format!("port {}", port.value))
        .help(format!("write `app_port: {}` in README.md, or let the server listen on {wanted}", port.value));
    let value = port.value.to_string();
    let Some(readme) = space.readme() else { return };
    if let Some(range) = place {
        finding = finding.related(in_readme(range.clone()), "the Hub asks this port");
        if port.value >= APP_PORT_MIN {
            let fix = Fix::safe(format!("write `app_port: {value}`, since the app is what runs"));
            finding = finding.fix(fix.replace(README, range, value));
        }
    } else if let Some(at) = readme.end_of_yaml().filter(|_| port.value >= APP_PORT_MIN) {
        let fix = Fix::safe(format!("add `app_port: {value}`, since the app is what runs"));
        finding = finding.fix(fix.insert(README, at, format!("app_port: {value}{}", readme.line_break())));
    }
    found.push(finding);
}
