//! A server that listens on 127.0.0.1 only.
//!
//! ## What it does
//! Looks at the address of the server in `CMD` or `ENTRYPOINT`. uvicorn, `flask run`, Chainlit and Shiny listen on
//! 127.0.0.1 by default. Where the container starts a script, or a program in Go or Rust, looks at the address in the only
//! call that listens, also where it is a constant, the default of an option or of a variable, and in `gunicorn.conf.py`.
//! Fastify, Sanic, Rocket, Sinatra and Astro listen on the loopback address if nothing sets another.
//!
//! ## Why it matters
//! Nothing outside of the container can connect to it. The Space stays at "Starting", while its log says `Uvicorn
//! running on http://127.0.0.1:7860`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker>

use std::ops::Range;

use super::{Cause, Check, Finding, Fix, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::app::start::in_image::{self, At, Loopback};
use crate::check::diagnostic::Level;
use crate::check::space::DOCKERFILE;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("loopback-bind", Group::Broken, Check::DockerfileAnd(&[Subject::Source, Subject::Files], check))
        .caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    found.extend(match in_image::loopback(space.repo(), dockerfile, space.sources()) {
        None => return,
        Some(Loopback::ByDefault { server, at }) => {
            let name = server.names.first().copied().unwrap_or_default();
            let option = match (server.hosts, server.binds) {
                ([], [bind, ..]) => {
                    let port = space.app_port().map_or(APP_PORT_DEFAULT, |(port, _)| port);
                    format!("{bind} 0.0.0.0:{port}")
                }
                (hosts, _) => format!("{} 0.0.0.0", hosts.first().copied().unwrap_or("--host")),
            };
            let finding = Finding::new(in_dockerfile(at), format!("`{name}` listens on 127.0.0.1 only"));
            Some(finding.label("no address is given").help(format!("make it listen on all addresses: `{option}`")))
        }
        Some(Loopback::Given { server, host, at }) => {
            let finding =
                Finding::new(in_dockerfile(at.clone()), format!("`{server}` listens on {host} only")).label(REACHED);
            Some(with_fix(space, finding.help("make it listen on all addresses: `0.0.0.0`"), &host, at))
        }
        Some(Loopback::InCode { host, variable, at }) => {
            let label = if host.is_some() { REACHED } else { "no address is given" };
            let host = host.as_deref().unwrap_or("127.0.0.1");
            let (place, started) = match at {
                At::Dockerfile(range) => (in_dockerfile(range), None),
                At::File { path, range, started } => (Place::bytes(path, range), Some(started)),
            };
            let finding = match variable {
                None => Finding::new(place, format!("the app listens on {host} only"))
                    .help("make it listen on all addresses: `0.0.0.0`"),
                // The settings of the Space may set it
                Some(name) => Finding::new(place, format!("the app listens on {host} only, unless `{name}` is set"))
                    .help(format!("set `ENV {name}=0.0.0.0` in the Dockerfile"))
                    .at_most(Level::Warning),
            };
            let started = started.map(in_dockerfile);
            Some(
                started.into_iter().fold(finding.label(label), |finding, place| finding.related(place, "started here")),
            )
        }
    });
}

const REACHED: &str = "only reachable from inside the container";

/// The finding with the address replaced, where it is written as it is.
fn with_fix(space: &Space<'_>, finding: Finding, host: &str, at: Range<usize>) -> Finding {
    let written = space.dockerfile().and_then(|dockerfile| dockerfile.text.get(at.clone()));
    if written.map(|text| text.trim_matches('"')) != Some(host) {
        return finding;
    }
    let quoted = written.is_some_and(|text| text.starts_with('"'));
    let text = if quoted { "\"0.0.0.0\"" } else { "0.0.0.0" };
    finding.fix(Fix::safe("write `0.0.0.0`").replace(DOCKERFILE, at, text))
}
