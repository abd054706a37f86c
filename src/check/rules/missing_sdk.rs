//! A metadata block without `sdk`.
//!
//! ## What it does
//! Looks for the key `sdk` with a value.
//!
//! ## Why it matters
//! The page of the Space says ``missing field `sdk` `` or "Missing SDK in configuration".
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, Space, Subject, in_readme};
use crate::check::space::{DOCKERFILE, README};
use crate::formats::front_matter::YamlType;

pub(super) const RULE: Rule =
    Rule::new("missing-sdk", Group::Refused, Check::Views(&[Subject::FrontMatter, Subject::Dockerfile], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(readme) = space.readme().filter(|readme| readme.problem().is_none()) else { return };
    let Some(block) = readme.block() else { return };
    let entry = readme.entry("sdk");
    if entry.is_some_and(|entry| entry.value.yaml_type() != YamlType::Null) {
        return;
    }
    // A key that is a near miss, as `SDK` or `Sdk`, is reported as such
    let misspelt = |key: &str| key.eq_ignore_ascii_case("sdk");
    if entry.is_none() && readme.entries().iter().any(|entry| entry.key.as_str().is_some_and(misspelt)) {
        return;
    }
    let place = entry.map_or(block.opening.start..block.opening.start + 3, |entry| entry.key.range.clone());
    let mut finding = Finding::new(in_readme(place), "the metadata block has no `sdk`")
        .label("one of `docker`, `gradio`, `static`")
        .help("add `sdk: docker` for a Dockerfile, `sdk: gradio` for a Gradio app, `sdk: static` for a page");
    if let (Some(at), None, true) = (readme.end_of_yaml(), entry, space.repo().get(DOCKERFILE).is_some()) {
        let line = format!("sdk: docker{}", readme.line_break());
        finding = finding.fix(Fix::safe("add `sdk: docker`, since there is a Dockerfile").insert(README, at, line));
    }
    found.push(finding);
}
