//! A `USER` that the image does not have.
//!
//! ## What it does
//! Looks for the user among those that the base image is known to have and those that the stages create. Unknown
//! images, and system users such as `nobody`, are skipped. A step that runs as a user needs one that exists above it.
//!
//! ## Why it matters
//! The container does not start: `unable to find user app: no matching entries in passwd file`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! USER user
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
//! <https://docs.docker.com/reference/dockerfile/#user>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::users::{changes_accounts_by_other_means, comes_with_package, user_advice};
use crate::facts::distributions::SYSTEM_USERS;
use crate::formats::dockerfile::{Dockerfile, Instruction, State, Who};

pub(super) const RULE: Rule = Rule::new("unknown-user", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    if dockerfile.base_image().is_none_or(|image| !image.all_users_known()) {
        return;
    }
    let runs = stage.steps.iter().filter(|step| matches!(step.instruction, Instruction::Run(_)));
    let used = runs.map(|step| &step.before).chain([&stage.end]);
    let unknown = |state: &&State| matches!(state.who(), Who::Named(name) if state.account(&name).is_none());
    let Some(first) = used.into_iter().find(unknown) else { return };
    let (Who::Named(name), Some(range)) = (first.who(), first.user_range()) else { return };
    if SYSTEM_USERS.contains(&name.as_str()) || comes_with_package(dockerfile, &name) {
        return;
    }
    if changes_accounts_by_other_means(dockerfile) {
        return;
    }
    let finding = Finding::new(in_dockerfile(range), format!("the image has no user `{name}`"));
    found.push(if stage.end.account(&name).is_some() {
        finding.label("created only below").help(format!("write `USER {name}` below the `RUN` that creates it"))
    } else {
        finding.label("not created in this stage").help(user_advice(dockerfile, &stage.end, &name))
    });
}
