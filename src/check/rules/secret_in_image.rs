//! A secret written into the image.
//!
//! ## What it does
//! Looks at `ENV` and `ARG` for variables that are named like a secret and have a value, and for values that contain a
//! token (`hf_`, `sk-`, `ghp_`). A value that certainly is a key is left to `key-in-image`.
//!
//! ## Why it matters
//! Everyone can read the Dockerfile of a public Space and pull its image; the history of the repository keeps both.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV JWT_SECRET=k3k2j4h2k3j4h
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! Set it as a secret in the settings of the Space; it is in the environment when the app runs.
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management>

use std::ops::Range;

use super::{Cause, Check, Finding, Group, Rule, in_dockerfile};
use crate::app::is_placeholder;
use crate::formats::dockerfile::{Dockerfile, Instruction};
use crate::values::{real_token, tokens};

pub(super) const RULE: Rule =
    Rule::new("secret-in-image", Group::Risky, Check::Dockerfile(check)).caused_by(Cause::Variables);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (name, value, range) in values(dockerfile) {
        // A certain key has a rule of its own
        let is_secret = !tokens(value).is_empty() || (is_secret_name(name) && is_meant(value));
        if !is_secret || real_token(value).is_some() {
            continue;
        }
        let finding = Finding::new(in_dockerfile(range), format!("`{name}` is written into the image"))
            .label("everyone can read this")
            .help("set it as a secret in the settings of the Space; if it was pushed, replace it");
        found.push(finding);
    }
}

/// What `ENV` and `ARG` set: name, value without quotes, and where the value stands.
pub(super) fn values<'s>(dockerfile: &'s Dockerfile<'_>) -> impl Iterator<Item = (&'s str, &'s str, Range<usize>)> {
    let assignments = dockerfile.steps().flat_map(|step| match &step.instruction {
        Instruction::Env(assignments) | Instruction::Arg(assignments) => assignments.as_slice(),
        _ => &[],
    });
    assignments.filter_map(|assignment| {
        let value = assignment.value.as_ref()?;
        Some((&*assignment.name.text, value.text.trim_matches(['"', '\'']), value.range.clone()))
    })
}

pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_uppercase();
    ["_TOKEN", "_SECRET", "_PASSWORD", "API_KEY", "SECRET_KEY"].iter().any(|end| name.ends_with(end))
        || name == "PASSWORD"
}

/// Whether a value may be a secret: not empty, and not a variable, a placeholder or a path.
fn is_meant(text: &str) -> bool {
    const PLACEHOLDERS: [&str; 12] = [
        "changeme",
        "change",
        "dummy",
        "placeholder",
        "example",
        "your",
        "xxx",
        "none",
        "null",
        "false",
        "true",
        "test",
    ];
    let lower = text.to_lowercase();
    text.len() >= 8
        && !text.contains(['$', '/', '<', '{', ' '])
        && !PLACEHOLDERS.iter().any(|word| lower.contains(word))
        && !is_placeholder(text)
}
