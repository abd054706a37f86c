//! A working folder of root, into which the app writes.
//!
//! ## What it does
//! Looks for a working folder that `WORKDIR`, `COPY` or `mkdir` makes as root, in an image that ends as another user, if the app creates
//! a file or folder in it: `open("log.txt", "w")`, `sqlite3.connect("app.db")`, `os.makedirs("uploads")`. Files that are copied with
//! `--chown` belong to the user, but the folder around them does not. Code in a `try` is skipped, and nothing is reported if a command
//! changes owners or permissions.
//!
//! ## Why it matters
//! `PermissionError: [Errno 13] Permission denied: 'uploads'`, or `sqlite3.OperationalError: unable to open database file`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! COPY --chown=user . ./
//! USER user
//! CMD ["python", "main.py"]
//! ```
//!
//! ```main.py
//! import sqlite3
//!
//! database = sqlite3.connect("app.db")
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! RUN chown user /app
//! COPY --chown=user . ./
//! USER user
//! CMD ["python", "main.py"]
//! ```
//!
//! ```main.py
//! import sqlite3
//!
//! database = sqlite3.connect("app.db")
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>; the owner of a `WORKDIR` was measured with the classic builder and
//! with `BuildKit`

use std::ops::Range;

use super::{Check, Finding, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::check::writes::first_written;
use crate::formats::dockerfile::{Dockerfile, Instruction, Step, Who};

pub(super) const RULE: Rule =
    Rule::new("workdir-owned-by-root", Group::Risky, Check::DockerfileAnd(&[Subject::Source], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(end) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    let name = match end.who() {
        Who::Uid(uid @ 1..) => end.account_of(uid).map_or_else(|| uid.to_string(), |account| account.name.clone()),
        Who::Named(name) => name,
        _ => return,
    };
    let Some(folder) = end.workdir().filter(|folder| folder.matches('/').count() > 0 && *folder != "/") else { return };
    let is_known = dockerfile.base_image().is_some_and(|image| image.is_official() && image.is_known());
    let is_home = end.accounts().iter().any(|account| account.home.as_deref() == Some(folder));
    if !is_known || is_home || folder.starts_with("/tmp") || changes_owners(dockerfile) {
        return;
    }
    let Some(range) = made_by_root(dockerfile, folder) else { return };
    let Some(written) = first_written(dockerfile, space) else { return };
    let text = format!("the app cannot create `{}` in `{folder}`, which is owned by root", written.name);
    let finding = Finding::new(in_dockerfile(range), text)
        .label("made as root")
        .related(Place::bytes(written.file, written.range), "written here")
        .help(format!("write `RUN chown {name} {folder}` below it, or move it below `USER`"));
    found.push(finding);
}

/// Whether a command may change the owner of the folder, or who may write into it.
fn changes_owners(dockerfile: &Dockerfile<'_>) -> bool {
    const CHANGES: [&str; 7] = ["chown", "chgrp", "chmod", "install", "setfacl", "cp", "mv"];
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    let changes = commands.any(|command| {
        command.program().is_none_or(|program| CHANGES.contains(&program) || program.strip_suffix(".sh").is_some())
    });
    // What is copied without an owner has a rule of its own
    let is_other = |step: &Step<'_>| {
        step.copy().is_some_and(|copy| {
            let is_folder = copy.sources.iter().any(|source| !source.text.trim_start_matches("./").contains('.'));
            copy.flag("chmod").is_some() || (copy.flag("chown").is_none() && copy.flag("from").is_none() && is_folder)
        })
    };
    changes || dockerfile.image_steps().any(is_other)
}

/// The place of the step that makes a folder, if it is the first one, and makes it as root.
fn made_by_root(dockerfile: &Dockerfile<'_>, folder: &str) -> Option<Range<usize>> {
    let is_in = |path: Option<String>| {
        path.is_some_and(|path| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    dockerfile.image_steps().find_map(|step| {
        let is_root = step.before.who() == Who::Root;
        match &step.instruction {
            Instruction::Workdir(word) => is_in(step.before.absolute_in_instruction(&word.text))
                .then(|| Some(word.range.clone()).filter(|_| is_root)),
            Instruction::Copy(copy) => is_in(step.before.absolute_in_instruction(&copy.destination.text))
                .then(|| Some(copy.destination.range.clone()).filter(|_| copy.flag("chown").is_none())),
            Instruction::Run(run) => {
                let mut words = run.commands.iter().flat_map(|command| command.argv().iter().skip(1));
                let word = words.find(|word| word.text.starts_with('/') && is_in(step.before.absolute(&word.text)))?;
                Some(Some(word.range.clone()).filter(|_| is_root))
            }
            _ => None,
        }
    })?
}
