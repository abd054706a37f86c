//! A copied file that is not in the repository.
//!
//! ## What it does
//! Looks for each source of `COPY` and `ADD` that names one file or folder. For a pattern, looks for the folder in
//! front of it, and for the file that `pip install --requirement` then reads. Variables, URLs, and sources from other
//! stages are skipped.
//!
//! ## Why it matters
//! The build stops: `failed to calculate checksum of ref ...: "/requirements.txt": not found`. The file may exist and
//! be excluded by `.gitignore`: then it is not pushed. A pattern without a match copies nothing, and the build stops
//! where the file is read.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user server.py ./
//! CMD ["python", "server.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user app.py ./
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#copy>

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Cause, Check, Finding, Group, Rule, Space, Subject, in_dockerfile};
use crate::check::excluded::{advice, reason};
use crate::check::sources::{folders_of_patterns, plain_sources, wanted_of_patterns};
use crate::formats::dockerfile::Dockerfile;
use crate::repo::{Excluded, Unpushed};

pub(super) const RULE: Rule =
    Rule::new("missing-copy-source", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check))
        .caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    // Made when the first one is missing: there may be many sources, and many files
    let in_lower_case = OnceCell::new();
    let unpushed = OnceCell::new();
    for source in plain_sources(dockerfile) {
        let path = &source.path;
        // A README alone came from standard input
        if space.repo().get(path).is_some() || space.repo().has_folder(path) || space.repo().may_have(path) {
            continue;
        }
        let other = in_lower_case.get_or_init(|| paths_in_lower_case(space)).get(&path.to_ascii_lowercase());
        let excluded = unpushed.get_or_init(|| Unpushed::of(space.repo())).reason_of_any(path);
        let (message, help) = match (other, excluded) {
            (_, Some(excluded)) => {
                (format!("there is no `{path}` to copy: {}", reason(&excluded)), advice_for_copy(&excluded))
            }
            (Some(other), None) => {
                (format!("there is no `{path}` to copy"), format!("the file is `{other}`: names differ in case"))
            }
            (None, None) => (format!("there is no `{path}` to copy"), not_there(path)),
        };
        let finding =
            Finding::new(in_dockerfile(source.range.clone()), message).label("not in the repository").help(help);
        found.push(finding);
    }
    for folder in folders_of_patterns(dockerfile) {
        let path = &folder.path;
        if is_there(space, path) {
            continue;
        }
        let finding = Finding::new(in_dockerfile(folder.range), format!("there is no folder `{path}` to copy from"))
            .label("the build stops if the folder of a pattern is missing")
            .help(format!("add `{path}`, or remove the pattern"));
        found.push(finding);
    }
    for wanted in wanted_of_patterns(dockerfile, space.repo()) {
        let path = &wanted.path;
        if is_there(space, path) {
            continue;
        }
        let finding = Finding::new(in_dockerfile(wanted.pattern), format!("there is no `{path}` to copy"))
            .label("a pattern that matches nothing copies nothing")
            .related(in_dockerfile(wanted.read), "read here")
            .help(not_there(path));
        found.push(finding);
    }
}

/// What to do about a file that is nowhere.
fn not_there(path: &str) -> String {
    if path.rsplit('/').next().is_some_and(|name| name.starts_with(".env")) {
        return format!("remove `{path}` from the `COPY`, and set its values in the settings of the Space");
    }
    format!("add `{path}`, or remove it from .gitignore if it is excluded there")
}

/// What to do about one that exists and is not pushed: secrets and what a build makes must stay out.
fn advice_for_copy(excluded: &Excluded) -> String {
    let name = excluded.part.rsplit('/').next().unwrap_or_default();
    if name.starts_with(".env") {
        return not_there(&excluded.part);
    }
    if matches!(name, "dist" | "build" | "out" | ".next" | "target" | "node_modules" | "venv" | ".venv") {
        let add = advice(excluded);
        return format!("make it in the image with a `RUN`, and copy what it is made of instead; or {add}");
    }
    advice(excluded)
}

/// The paths of the files by what they are in lower case, the first of those that are the same.
fn paths_in_lower_case<'r>(space: &Space<'r>) -> HashMap<String, &'r str> {
    let paths: Vec<&str> = space.repo().files().map(|file| file.path()).collect();
    paths.into_iter().rev().map(|path| (path.to_ascii_lowercase(), path)).collect()
}

/// Whether there is a file or a folder, or a link on the way to it.
fn is_there(space: &Space<'_>, path: &str) -> bool {
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    space.repo().has_folder(path)
        || space.repo().may_have(path)
        || above.chain([path]).any(|path| space.repo().get(path).is_some())
}
