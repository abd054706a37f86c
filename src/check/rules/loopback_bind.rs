//! A server that listens on 127.0.0.1 only.
//!
//! ## What it does
//! Looks at the address of the server in `CMD` or `ENTRYPOINT`. uvicorn, `flask run`, Chainlit and Shiny listen on
//! 127.0.0.1 by default. Where the container starts a script, looks at the address in the only call that listens.
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

use super::{Cause, Check, Finding, Fix, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::check::script::loopback_in_code;
use crate::check::server::{is_loopback, started};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("loopback-bind", Group::Broken, Check::DockerfileAnd(&[Subject::Source], check))
        .caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(server) = started(dockerfile) else {
        found.extend(in_code(space));
        return;
    };
    let name = server.known.names.first().copied().unwrap_or_default();
    if server.stays_on_loopback() {
        let finding =
            Finding::new(in_dockerfile(server.command.range()), format!("`{name}` listens on 127.0.0.1 only"))
                .label("no address is given")
                .help("make it listen on all addresses: `--host 0.0.0.0`");
        found.push(finding);
        return;
    }
    let Some(host) = server.host().filter(|host| is_loopback(&host.value)) else { return };
    let mut finding =
        Finding::new(in_dockerfile(host.range.clone()), format!("`{name}` listens on {} only", host.value))
            .label("only reachable from inside the container")
            .help("make it listen on all addresses: `0.0.0.0`");
    let written = dockerfile.text.get(host.range.clone());
    let bare = written.map(|text| text.trim_matches('"'));
    if bare == Some(host.value.as_str()) {
        let quoted = written.is_some_and(|text| text.starts_with('"'));
        let text = if quoted { "\"0.0.0.0\"" } else { "0.0.0.0" };
        finding = finding.fix(Fix::safe("write `0.0.0.0`").replace(DOCKERFILE, host.range, text));
    }
    found.push(finding);
}

/// The address that the script itself names.
fn in_code(space: &Space<'_>) -> Option<Finding> {
    let code = loopback_in_code(space)?;
    let finding = Finding::new(Place::bytes(code.file, code.range), format!("the app listens on {} only", code.value))
        .label("only reachable from inside the container")
        .related(in_dockerfile(code.started), "started here")
        .help("make it listen on all addresses: `0.0.0.0`");
    Some(finding)
}
