//! A home folder that exists before its user, and so belongs to root.
//!
//! ## What it does
//! Looks for a `WORKDIR`, `COPY` or `mkdir` as root at or below the home of the user that is created later in the image. Nothing is
//! reported if a later command changes owners or permissions, or if `HOME` is another folder.
//!
//! ## Why it matters
//! `useradd` leaves a folder that exists as it is, so the home belongs to root: `mkdir: cannot create directory
//! '/home/user/.cache': Permission denied`, also of `pip install` as the user.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! WORKDIR /home/user/app
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user . ./
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
//! <https://manpages.debian.org/trixie/passwd/useradd.8.en.html> (`--create-home`); measured with the classic builder and with BuildKit

use std::ops::Range;

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::facts::base_images::Distribution;
use crate::formats::dockerfile::{Dockerfile, Instruction, Step, Who};

pub(super) const RULE: Rule = Rule::new("home-owned-by-root", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let Some(account) = stage.end.account_of(1000).filter(|account| account.is_certain) else { return };
    let (Some(created), Some(home)) = (account.made_by.clone(), account.home.as_deref()) else { return };
    // adduser of busybox has not been measured
    let is_measured = dockerfile.base_image().is_some_and(|image| {
        image.is_known() && image.account().is_none() && image.distribution() != Distribution::Alpine
    });
    let is_elsewhere =
        stage.end.sets_env("HOME") && stage.end.env("HOME").map(|path| path.trim_end_matches('/')) != Some(home);
    if !is_measured || is_elsewhere || !home.starts_with('/') || home.contains('$') || is_changed(dockerfile, &created)
    {
        return;
    }
    let first =
        dockerfile.image_steps().filter(|step| step.before.who() == Who::Root).find_map(|step| made_in(step, home));
    let Some((range, what)) = first.filter(|(range, _)| range.start < created.start) else { return };
    let finding = Finding::new(in_dockerfile(range), format!("the home of `{}` is owned by root", account.name))
        .label(format!("{what} makes {home} before the user exists"))
        .related(in_dockerfile(created), "this leaves a folder that exists as it is")
        .help("move it below the lines that create the user and write `USER`");
    found.push(finding);
}

/// Whether a command after the creation of the user may change the owner of its home.
fn is_changed(dockerfile: &Dockerfile<'_>, created: &Range<usize>) -> bool {
    const CHANGES: [&str; 9] =
        ["chown", "chgrp", "chmod", "install", "mkhomedir_helper", "cp", "rm", "usermod", "setfacl"];
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    commands.any(|command| {
        command.range().start > created.start && command.program().is_some_and(|program| CHANGES.contains(&program))
    })
}

/// The place in a step that makes a folder, or one below it, and what that is.
fn made_in(step: &Step<'_>, home: &str) -> Option<(Range<usize>, &'static str)> {
    let is_in = |path: Option<String>| {
        path.is_some_and(|path| path.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    match &step.instruction {
        Instruction::Workdir(word) => {
            is_in(step.before.absolute_in_instruction(&word.text)).then(|| (word.range.clone(), "`WORKDIR`"))
        }
        Instruction::Copy(copy) => {
            let word = &copy.destination;
            is_in(step.before.absolute_in_instruction(&word.text)).then(|| (word.range.clone(), "this"))
        }
        Instruction::Run(run) => {
            let made =
                run.commands.iter().filter(|command| command.program() == Some("mkdir") && !command.is_conditional());
            let mut words = made.flat_map(|command| command.argv().iter().skip(1));
            words.find(|word| is_in(step.before.absolute(&word.text))).map(|word| (word.range.clone(), "`mkdir`"))
        }
        _ => None,
    }
}
