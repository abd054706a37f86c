//! `$HOME` in an `ENV` where no `HOME` is set.
//!
//! ## What it does
//! Looks for `$HOME` in the values of `ENV`, in official images, before an `ENV` sets `HOME`. All values of one `ENV` see the variables
//! from before it, so that `ENV HOME=/home/user PATH=$HOME/.local/bin:$PATH` is reported too. Commands in `RUN` and `CMD` get a `HOME`
//! from the engine, and are accepted.
//!
//! ## Why it matters
//! `$HOME` is then empty: `PATH` gets `/.local/bin`, where nothing is, and `HF_HOME` becomes `/.cache/huggingface`, which the app cannot
//! create: `PermissionError: [Errno 13] Permission denied: '/.cache'`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user HF_HOME=$HOME/.cache/huggingface
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HOME=/home/user
//! ENV HF_HOME=$HOME/.cache/huggingface
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#environment-replacement>; measured with the classic builder and with BuildKit

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Assignment, Dockerfile, State, Step};

pub(super) const RULE: Rule = Rule::new("home-unset-at-build", Group::Risky, Check::Dockerfile(check));

const NAMES: [&str; 2] = ["$HOME", "${HOME}"];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if !NAMES.iter().any(|name| dockerfile.text.contains(name)) {
        return;
    }
    let Some(end) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    if !dockerfile.base_image().is_some_and(|image| image.is_official() && image.is_known()) {
        return;
    }
    for (step, assignments) in dockerfile.image_envs() {
        let is_argument = step.before.expand("${HOME:+set}").is_some();
        if step.before.sets_env("HOME") || is_argument {
            continue;
        }
        let beside = assignments.iter().find(|assignment| assignment.name.text == "HOME");
        for assignment in assignments.iter().filter(|assignment| assignment.name.text != "HOME") {
            found.extend(of_assignment(dockerfile, step, assignment, beside, end));
        }
    }
}

fn of_assignment(
    dockerfile: &Dockerfile<'_>,
    step: &Step<'_>,
    assignment: &Assignment<'_>,
    beside: Option<&Assignment<'_>>,
    end: &State,
) -> Option<Finding> {
    let value = assignment.value.as_ref()?;
    let text = dockerfile.text.get(value.range.clone())?;
    let uses = uses(text);
    let first = uses.first()?.clone();
    let home = match beside {
        Some(beside) => step.before.expand(&beside.value.as_ref()?.text).filter(|home| home.starts_with('/')),
        None => end.account_of(1000).filter(|account| account.is_certain).and_then(|account| account.home.clone()),
    };
    let name = &assignment.name.text;
    let place = |range: &Range<usize>| value.range.start + range.start..value.range.start + range.end;
    let finding =
        Finding::new(in_dockerfile(place(&first)), format!("`$HOME` is empty here, in the value of `{name}`")).label(
            if beside.is_some() {
                "set in the same `ENV`, which counts from the next one on"
            } else {
                "not set at build time"
            },
        );
    let Some(home) = home.filter(|home| home.chars().all(|char| char.is_ascii_alphanumeric() || "/_-.".contains(char)))
    else {
        return Some(finding.help("set `HOME` in an `ENV` of its own above it"));
    };
    let fix = uses.iter().fold(Fix::with_care(format!("write `{home}`")), |fix, range| {
        fix.replace(DOCKERFILE, place(range), home.clone())
    });
    Some(finding.help(format!("write `{home}`, or set `ENV HOME={home}` above it")).fix(fix))
}

/// The places of `$HOME` in the text of a value.
fn uses(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for name in NAMES {
        for (at, _) in text.match_indices(name) {
            let ends = !text[at + name.len()..].starts_with(|char: char| char.is_ascii_alphanumeric() || char == '_');
            let is_escaped = text[..at].ends_with('\\');
            if !is_escaped && (ends || name.ends_with('}')) {
                places.push(at..at + name.len());
            }
        }
    }
    let is_single = text.starts_with('\'') && text.ends_with('\'');
    if is_single { Vec::new() } else { places }
}
