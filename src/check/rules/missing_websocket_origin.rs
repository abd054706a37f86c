//! A Bokeh or Panel server that rejects the address of the Space.
//!
//! ## What it does
//! Looks for `--allow-websocket-origin` and `BOKEH_ALLOW_WS_ORIGIN` where the container starts `panel serve` or `bokeh
//! serve`.
//!
//! ## Why it matters
//! The page stays empty: `Refusing websocket connection from Origin 'https://user-space.hf.space'`. The server accepts
//! only its own address, and the Space has another.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["panel", "serve", "app.py", "--address", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["panel", "serve", "app.py", "--address", "0.0.0.0", "--port", "7860", "--allow-websocket-origin", "*"]
//! ```
//!
//! ## Source
//! <https://docs.bokeh.org/en/latest/docs/user_guide/server/deploy.html>,
//! <https://panel.holoviz.org/how_to/deployment/huggingface.html>

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::start::in_image::started;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("missing-websocket-origin", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check))
        .of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(server) = started(space.repo(), dockerfile) else { return };
    if !matches!(server.name(), "panel" | "bokeh") {
        return;
    }
    let set = dockerfile.last_stage().is_none_or(|stage| stage.end.sets_env("BOKEH_ALLOW_WS_ORIGIN"));
    let says = server.command.argv().iter().any(|word| {
        word.text.starts_with("--allow-websocket-origin") || word.text.starts_with("--oauth") || word.text.contains('$')
    });
    if set || says || !server.command.assignments.is_empty() {
        return;
    }
    let finding = Finding::new(
        in_dockerfile(server.command.range()),
        "the server rejects websocket connections from the page of the Space",
    )
    .label("accepts only its own address")
    .help("add `--allow-websocket-origin *`, or the host of the Space, such as `user-space.hf.space`");
    found.push(finding);
}
