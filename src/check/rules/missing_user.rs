//! An image without a `USER`.
//!
//! ## What it does
//! Looks for a `USER` in the last stage and the stages that it is built from.
//!
//! ## Why it matters
//! The Hub runs the container as UID 1000, whatever user the image was built for. Without that user the home folder is
//! `/`, and what was installed and copied belongs to root: `PermissionError: [Errno 13] Permission denied: '/.cache'`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! WORKDIR /app
//! COPY . .
//! EXPOSE 7860
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd -m -u 1000 user
//! USER user
//! ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! COPY --chown=user . .
//! EXPOSE 7860
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::check::users::{creation, owner_of_1000};
use crate::formats::dockerfile::{Dockerfile, Stage, Who};

pub(super) const RULE: Rule = Rule::new("missing-user", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    if stage.end.who() != Who::Root || stage.end.user_range().is_some() {
        return;
    }
    let place = in_dockerfile(stage.from.image.range.clone());
    let finding = Finding::new(place, "the image has no `USER`, and the Hub runs it as UID 1000")
        .label("this stage is built, and starts, as root")
        .help(advice(dockerfile, stage));
    found.push(finding);
}

fn advice(dockerfile: &Dockerfile<'_>, stage: &Stage<'_>) -> String {
    // Package managers of the system, `npm install --global` and `corepack enable` need root
    let place = "below what is installed for the system, and above the app's `WORKDIR` and `COPY`";
    match (owner_of_1000(&stage.end), creation(dockerfile, "user")) {
        (Some(owner), _) => format!("write `USER {}`, which has UID 1000, {place}", owner.name),
        (None, Some(creation)) => format!("write `{creation}` and `USER user` {place}"),
        (None, None) => "write `USER 1000` before anything is copied".to_owned(),
    }
}
