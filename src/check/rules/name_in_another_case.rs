//! A file at the root whose name has another case than the one that is read.
//!
//! ## What it does
//! Looks at the root for `requirements.txt`, `packages.txt`, `.dockerignore` and the like in another case, and for two files
//! whose names differ in case alone, such as `README.md` and `readme.md`.
//!
//! ## Why it matters
//! The Hub and Docker read exactly one spelling, so packages are missing although the file names them. On macOS and Windows
//! only one of two such files exists, and an edit of the other one gets lost.
//!
//! ## Example
//! ```Requirements.txt
//! gradio==5.49.1
//! ```
//! ```!requirements.txt
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! gradio==5.49.1
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-dependencies>, <https://docs.docker.com/build/concepts/context/#dockerignore-files>

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::check::space::{DOCKERFILE, README};

pub(super) const RULE: Rule = Rule::new("name-in-another-case", Group::Risky, Check::Views(&[Subject::Files], check));

/// Files that are read if they exist. Those that must exist have rules of their own.
const READ: [&str; 7] = [
    "requirements.txt",
    "pre-requirements.txt",
    "packages.txt",
    ".dockerignore",
    ".gitattributes",
    "package.json",
    "pyproject.toml",
];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let repo = space.repo();
    for name in READ.into_iter().chain([README, DOCKERFILE]) {
        let Some(other) = repo.other_case(name) else { continue };
        if repo.get(name).is_some() {
            let message = format!("`{other}` and `{name}` differ in case alone, and only `{name}` is read");
            found.push(
                Finding::new(Place::file(other), message)
                    .help(format!("keep `{name}`, and remove or rename the other")),
            );
        } else if READ.contains(&name) && !repo.may_have(name) {
            let message = format!("`{other}` is not read: the name must be `{name}`");
            found.push(Finding::new(Place::file(other), message).help(format!("run `git mv {other} {name}`")));
        }
    }
}
