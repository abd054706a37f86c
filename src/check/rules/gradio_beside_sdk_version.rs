//! Gradio pinned to another version than `sdk_version`.
//!
//! ## What it does
//! Compares the version of Gradio that is pinned in `requirements.txt` of a Gradio Space with `sdk_version`.
//!
//! ## Why it matters
//! The Hub installs `sdk_version` itself: `ResolutionImpossible`, or another Gradio than the pinned one.
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

use super::{Check, Finding, Fix, Group, Place, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::values::pep440;

pub(super) const RULE: Rule = Rule::new(
    "gradio-beside-sdk-version",
    Group::Risky,
    Check::Views(&[Subject::FrontMatter, Subject::Requirements], check),
)
.only_in(&[SpaceSdk::Gradio]);

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((version, node)) = space.text_of("sdk_version") else { return };
    let installed = pep440::version(version);
    for (package, line) in space.requirements().packages() {
        let exact = package.versions.exact().filter(|_| package.name == "gradio" && !package.is_conditional());
        if exact.is_none_or(|exact| installed.as_ref() == Some(exact)) {
            continue;
        }
        let finding =
            Finding::new(Place::bytes(FILE, line.range.clone()), "the Hub installs another version of Gradio")
                .label("remove it")
                .related(in_readme(node.range.clone()), "the Hub installs this one")
                .help("leave Gradio out of requirements.txt, and choose its version with `sdk_version`")
                .fix(Fix::with_care("remove the line").replace(FILE, line.whole.clone(), ""));
        found.push(finding);
    }
}
