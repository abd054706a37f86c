//! Finds Gradio in the requirements of a Gradio Space, in another version than `sdk_version`.
//!
//! ## What it does
//! Compares the pinned version in `requirements.txt` with `sdk_version`.
//!
//! ## Why it matters
//! The Hub installs `sdk_version` itself: `ResolutionImpossible`, or another Gradio than the one that is pinned.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.13"
//! ---
//! ```
//! ```requirements.txt
//! gradio==5.49.1
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
//! ```requirements.txt
//! requests==2.32.5
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-dependencies>

use super::{Finding, Fix, Group, Place, Rule, Space, in_readme};
use crate::check::metadata::text_of;
use crate::check::space::SpaceSdk;
use crate::values::pep440;

pub(super) const RULE: Rule = Rule {
    id: "gradio-beside-sdk-version",
    group: Group::Risky,
    source: include_str!("gradio_beside_sdk_version.rs"),
    check,
};

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() != SpaceSdk::Gradio {
        return;
    }
    let Some((version, node)) = text_of(space, "sdk_version") else { return };
    let installed = pep440::version(version);
    for (package, line) in space.requirements().packages() {
        let exact = package.versions.exact().filter(|_| package.name == "gradio" && !package.is_conditional());
        if exact.is_none_or(|exact| installed.as_ref() == Some(exact)) {
            continue;
        }
        let finding =
            Finding::new(Place::bytes(FILE, line.range.clone()), "this is another Gradio than the Hub installs")
                .label("take it out")
                .related(in_readme(node.range.clone()), "the Hub installs this one")
                .help("leave Gradio out of requirements.txt, and choose its version with `sdk_version`")
                .fix(Fix::with_care("take the line away").replace(FILE, line.whole.clone(), ""));
        found.push(finding);
    }
}
