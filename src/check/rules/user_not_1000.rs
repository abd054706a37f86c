//! A `USER` with another UID than 1000.
//!
//! ## What it does
//! Looks at the last `USER` of the image, if its UID is known.
//!
//! ## Why it matters
//! The Hub runs the container as UID 1000, whatever the image says: files of the image's own user are not writable.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1001 app
//! USER app
//! WORKDIR /home/app
//! COPY --chown=app . ./
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 app
//! USER app
//! WORKDIR /home/app
//! COPY --chown=app . ./
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Who};

pub(super) const RULE: Rule = Rule::new("user-not-1000", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let (Who::Uid(uid), Some(range)) = (stage.end.who(), stage.end.user_range()) else { return };
    if uid == 1000 {
        return;
    }
    let mut finding = Finding::new(in_dockerfile(range), "the image runs as a user without UID 1000")
        .label(format!("this is UID {uid}"))
        .help("give the user UID 1000");
    let made = stage.end.account_of(uid).and_then(|account| account.made_by.clone());
    if let Some(made) = made {
        finding = finding.related(in_dockerfile(made), "created here");
    }
    found.push(finding);
}
