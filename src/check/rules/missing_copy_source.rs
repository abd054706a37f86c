//! Finds a file that the Dockerfile copies and that is not in the repository.
//!
//! ## What it does
//! Looks for each source of `COPY` and `ADD` that names one file or folder. Patterns, variables, addresses, and sources from
//! other stages are left alone.
//!
//! ## Why it matters
//! The build stops: `failed to calculate checksum of ref ...: "/requirements.txt": not found`. The file may be there and named in
//! `.gitignore`: then it is not pushed.
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

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::check::sources::plain_sources;

pub(super) const RULE: Rule =
    Rule { id: "missing-copy-source", group: Group::Broken, source: include_str!("missing_copy_source.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    for source in plain_sources(dockerfile) {
        let path = &source.path;
        // A README alone came from standard input
        if space.repo().get(path).is_some() || space.repo().has_folder(path) {
            continue;
        }
        let other = space.repo().files().find(|file| file.path().eq_ignore_ascii_case(path));
        let help = match other {
            Some(other) => format!("the file is `{}`: names differ in case", other.path()),
            None => format!("add `{path}`, or take it out of .gitignore if it is named there"),
        };
        let finding = Finding::new(in_dockerfile(source.range.clone()), format!("there is no `{path}` to copy"))
            .label("not in the repository")
            .help(help);
        found.push(finding);
    }
}
