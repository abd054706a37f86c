//! An image that runs as root.
//!
//! ## What it does
//! Looks at the last `USER` of the image.
//!
//! ## Why it matters
//! The Hub runs the container as UID 1000 anyway. What belongs to root is then not writable, and a command that needs
//! root fails.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! USER root
//! CMD ["python", "-m", "http.server", "7860"]
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
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::check::users::user_advice;
use crate::formats::dockerfile::{Dockerfile, Who};

pub(super) const RULE: Rule = Rule::new("root-user", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let (Who::Root, Some(range)) = (stage.end.who(), stage.end.user_range()) else { return };
    let finding = Finding::new(in_dockerfile(range), "the image ends as root, and the Hub runs it as UID 1000")
        .label("the last `USER`")
        .help(user_advice(dockerfile, &stage.end, "user"));
    found.push(finding);
}
