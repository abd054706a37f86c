//! An `ENTRYPOINT` without a `CMD`.
//!
//! ## What it does
//! Looks for both in the last stage and the stages that it is built from.
//!
//! ## Why it matters
//! Dev Mode replaces the `CMD`, and does not work without one.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENTRYPOINT ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-dev-mode>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("entrypoint-without-cmd", Group::Pedantic, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let (Some((step, _)), None) = (dockerfile.entrypoint(), dockerfile.cmd()) else { return };
    let finding = Finding::new(in_dockerfile(step.keyword.clone()), "Dev Mode requires a `CMD`")
        .label("only an `ENTRYPOINT`")
        .help("use `CMD` instead, unless arguments are appended to it");
    found.push(finding);
}
