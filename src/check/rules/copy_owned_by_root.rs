//! App files owned by root while the app runs as another user.
//!
//! ## What it does
//! Looks for a `COPY` or `ADD` of a folder into the app folder without `--chown`, in an image that ends as a user other
//! than root, unless a command of the build changes owners or permissions.
//!
//! ## Why it matters
//! `COPY` gives everything to root, also after `USER`. The app can read it, but cannot write beside it:
//! `PermissionError: [Errno 13] Permission denied: '/app/cache'`, or `attempt to write a readonly database`.
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
use crate::formats::dockerfile::{Dockerfile, Who};

pub(super) const RULE: Rule =
    Rule::new("copy-owned-by-root", Group::Risky, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    // An image without a `USER` has a rule of its own
    let (Who::Uid(1..) | Who::Named(_)) = stage.end.who() else { return };
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    let changes_owners =
        commands.any(|command| matches!(command.program(), Some("chown" | "chmod" | "install" | "chgrp")));
    let (Some(app), false) = (stage.end.workdir(), changes_owners) else { return };
    for (step, copy) in dockerfile.image_copies() {
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
        let mut finding = Finding::new(in_dockerfile(source.range.clone()), "the files of the app are owned by root")
            .label("copied without `--chown`")
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
