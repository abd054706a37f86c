//! An image without a start command.
//!
//! ## What it does
//! Looks for a `CMD` or an `ENTRYPOINT`. Reported only for official bases that are known to start an interpreter or a
//! shell, which exits at once: `python`, `node`, `debian`, `ubuntu` and `alpine`.
//!
//! ## Why it matters
//! The container exits as soon as it has started, and the page of the Space says "Runtime error".
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user . ./
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user . ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#cmd>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::facts::base_images::Starts;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new("missing-cmd", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    if dockerfile.cmd().is_some() || dockerfile.entrypoint().is_some() {
        return;
    }
    if dockerfile.base_image().is_none_or(|image| image.starts() != Starts::Nothing) {
        return;
    }
    let finding = Finding::new(in_dockerfile(stage.from.range.clone()), "the image has no start command")
        .label("no `CMD` in this stage")
        .help("end with a `CMD` that starts the app");
    found.push(finding);
}
