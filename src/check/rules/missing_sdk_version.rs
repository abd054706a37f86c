//! A Gradio Space without `sdk_version`.
//!
//! ## What it does
//! Looks for `sdk_version` in a Gradio Space.
//!
//! ## Why it matters
//! The Hub chooses the version of Gradio, so the Space may run another one than the app was written for, which refuses keywords and names
//! that it has removed.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! python_version: "3.13"
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule, SpaceSdk, in_readme};
use crate::check::metadata::text_of;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule =
    Rule::new("missing-sdk-version", Group::Risky, Check::FrontMatter(check)).only_in(&[SpaceSdk::Gradio]);

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((_, node)) = text_of(readme, "sdk").filter(|_| readme.entry("sdk_version").is_none()) else { return };
    let finding = Finding::new(in_readme(node.range.clone()), "the Space does not pin its version of Gradio")
        .label("no `sdk_version`")
        .help("add `sdk_version` with the version that the app was written for, in quotes, such as \"6.31.0\"");
    found.push(finding);
}
