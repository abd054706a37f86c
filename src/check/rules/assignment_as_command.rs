//! `NAME=value` as the program of a `CMD` or `ENTRYPOINT` in exec form.
//!
//! ## What it does
//! Looks at the first word of `CMD` and `ENTRYPOINT` in exec form, which no shell reads.
//!
//! ## Why it matters
//! The container does not start: `exec: "PORT=7860": executable file not found in $PATH`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["PORT=7860", "python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PORT=7860
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#exec-form>

use super::{Cause, Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Form};

pub(super) const RULE: Rule =
    Rule::new("assignment-as-command", Group::Broken, Check::Dockerfile(check)).caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let started = dockerfile.entrypoint().or_else(|| dockerfile.cmd());
    let Some((_, line)) = started else { return };
    let Form::Exec(words) = &line.form else { return };
    let Some(first) = words.first() else { return };
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|char| char.is_ascii_uppercase() || char == '_' || char.is_ascii_digit())
    };
    if !first.text.split_once('=').is_some_and(|(name, _)| is_name(name)) {
        return;
    }
    let finding = Finding::new(in_dockerfile(first.range.clone()), format!("there is no program `{}`", first.text))
        .label("an assignment, which no shell reads here")
        .help(format!("write `ENV {}` above it", first.text));
    found.push(finding);
}
