//! An important file that the check could not read.
//!
//! ## What it does
//! Reports a `README.md`, `Dockerfile`, `.spaces-new.toml`, `requirements.txt`, `pyproject.toml` or `package.json` that is larger
//! than 2 MiB, unreadable, a link or not a regular file, and a Dockerfile larger than 256 KiB, with more than 2,000 instructions or
//! 4,000 shell commands, or with a start command of more than 16 KiB.
//!
//! ## Why it matters
//! Other rules skip what they cannot read, so a check without findings would not mean that nothing is wrong.
//!
//! ## Example
//! A Dockerfile of more than 256 KiB.
//! ```Dockerfile spaces=262145 hidden
//! FROM python:3.13-slim-trixie
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! ```
//!
//! ## Source
//! The limits are those of this check. An ordinary Space stays far below them.

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::check::space::DOCKERFILE;
use crate::disk::Unread;

pub(super) const RULE: Rule = Rule::new(
    "not-analysed",
    Group::Risky,
    Check::Views(&[Subject::FrontMatter, Subject::Dockerfile, Subject::Requirements, Subject::Settings], check),
);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let unread = space.repo().unread().map(|(path, why)| {
        let help = match &why {
            Unread::TooLarge { .. } => "make it smaller",
            Unread::Link => "replace it with the file itself: git pushes only the link",
            Unread::NotAFile => "replace it with a regular file",
            Unread::Missing | Unread::Refused(_) => "make it readable",
        };
        (path, why.to_string(), help)
    });
    let too_long = space.dockerfile().and_then(|dockerfile| dockerfile.unread.clone());
    let too_long = too_long.map(|why| (DOCKERFILE, why, "make it shorter: move commands into scripts"));
    found.extend(unread.chain(too_long).map(|(path, why, help)| {
        let help = format!("{help}; until then nothing in it is checked");
        Finding::new(Place::file(path), format!("`{path}` was not analysed: {why}")).help(help)
    }));
}
