//! Finds files of the app that belong to root while the app runs as another user.
//!
//! ## What it does
//! Looks for a `COPY` or `ADD` of a folder into the app folder without `--chown`, in an image that ends as a user other than
//! root, unless some command of the build changes owners or permissions.
//!
//! ## Why it matters
//! `COPY` gives everything to root, also behind `USER`. The app can read it, and cannot write beside it: `PermissionError:
//! [Errno 13] Permission denied: '/app/cache'`, or `attempt to write a readonly database`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY . ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user . ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Fix, Group, Rule, Space, Subject, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Dockerfile, Instruction, Step, Who};

pub(super) const RULE: Rule =
    Rule::new("copy-owned-by-root", Group::Risky, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    // Without a `USER` another rule says more
    let (Who::Uid(1..) | Who::Named(_)) = stage.end.who() else { return };
    let changes_owners = |step: &Step<'_>| match &step.instruction {
        Instruction::Run(run) => run
            .commands
            .iter()
            .any(|command| matches!(command.program(), Some("chown" | "chmod" | "install" | "chgrp"))),
        _ => false,
    };
    let (Some(app), false) = (stage.end.workdir(), dockerfile.image_steps().any(changes_owners)) else { return };
    for step in dockerfile.image_steps() {
        let Instruction::Copy(copy) = &step.instruction else { continue };
        let is_given = copy.flags.iter().any(|flag| matches!(&*flag.name, "from" | "chown" | "chmod"));
        let into_app = step.before.absolute_in_instruction(&copy.destination.text).is_some_and(|path| path == app);
        let is_folder = |text: &str| {
            let path = text.trim_start_matches("./").trim_matches('/');
            matches!(path, "" | ".") || space.repo().has_folder(path)
        };
        let Some(source) = copy.sources.iter().find(|source| is_folder(&source.text)) else { continue };
        if is_given || !into_app {
            continue;
        }
        let owner = match stage.end.account_of(1000) {
            Some(account) => account.name.clone(),
            None => "1000".to_owned(),
        };
        let mut finding = Finding::new(in_dockerfile(source.range.clone()), "the files of the app belong to root")
            .label("copied without an owner")
            .help(format!("write `COPY --chown={owner}`, so that the app can write beside its code"))
            .fix(Fix::with_care(format!("add `--chown={owner}`")).insert(
                DOCKERFILE,
                step.keyword.end,
                format!(" --chown={owner}"),
            ));
        if let Some(user) = stage.end.user_range() {
            finding = finding.related(in_dockerfile(user), "the app runs as this user");
        }
        found.push(finding);
        return;
    }
}
