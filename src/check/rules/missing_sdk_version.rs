//! A Gradio Space without `sdk_version`.
//!
//! ## What it does
//! Looks for `sdk_version` in a Gradio Space, unless `requirements.txt` pins Gradio.
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

use super::{Check, Finding, Group, Rule, Space, SpaceSdk, Subject, in_readme};

pub(super) const RULE: Rule =
    Rule::new("missing-sdk-version", Group::Risky, Check::Views(&[Subject::FrontMatter, Subject::Requirements], check))
        .only_in(&[SpaceSdk::Gradio]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(readme) = space.readme().filter(|readme| readme.entry("sdk_version").is_none()) else { return };
    let Some(node) = readme.value("sdk") else { return };
    let requirements = space.requirements();
    let is_pinned = requirements.package("gradio").is_some_and(|(gradio, _)| gradio.versions.exact().is_some());
    if is_pinned || requirements.has_includes() {
        return;
    }
    let finding = Finding::new(in_readme(node.range.clone()), "the Space does not pin its version of Gradio")
        .label("no `sdk_version`")
        .help("add `sdk_version` with the version that the app was written for, in quotes, such as \"6.31.0\"");
    found.push(finding);
}
