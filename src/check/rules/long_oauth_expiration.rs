//! An `hf_oauth_expiration_minutes` above the Hub's maximum.
//!
//! ## What it does
//! Compares `hf_oauth_expiration_minutes` with 43200, which is 30 days.
//!
//! ## Why it matters
//! The push is refused.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth_expiration_minutes: 525600
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth_expiration_minutes: 43200
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule, in_readme};
use crate::facts::limits::OAUTH_EXPIRATION_MAX;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("long-oauth-expiration", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(node) = readme.value("hf_oauth_expiration_minutes") else { return };
    let Some(minutes) = node.as_integer().filter(|minutes| *minutes > OAUTH_EXPIRATION_MAX || *minutes < 1) else {
        return;
    };
    let message = format!("a sign-in cannot last {minutes} minutes");
    let finding = Finding::new(in_readme(node.range.clone()), message)
        .label(format!("must be from 1 to {OAUTH_EXPIRATION_MAX}"))
        .help(format!("write at most `{OAUTH_EXPIRATION_MAX}`, which is 30 days"));
    found.push(finding);
}
