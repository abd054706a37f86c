//! A requirement of Gradio that `sdk_version` does not meet.
//!
//! ## What it does
//! Compares the versions of Gradio that `requirements.txt` of a Gradio Space pins or allows, also by the address of a wheel, with
//! `sdk_version`.
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
use crate::check::python::python_version;
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
    let python = python_version(space).map(|((major, minor), _)| format!("{major}.{minor}"));
    for (package, line) in space.requirements().packages() {
        let counts = python.as_ref().map_or(!package.has_condition(), |python| package.counts_with(python));
        if package.name != "gradio" || !counts {
            continue;
        }
        let place = Place::bytes(FILE, line.range.clone());
        let exact = package.wheel_version().or_else(|| package.versions.exact().cloned());
        let finding = match (exact, &installed) {
            (Some(exact), installed) if installed.as_ref() != Some(&exact) => {
                let help = format!("leave Gradio out of requirements.txt, or write `sdk_version: \"{exact}\"`");
                Finding::new(place, "the Hub installs another version of Gradio")
                    .label("remove it")
                    .help(help)
                    .fix(Fix::with_care("remove the line").replace(FILE, line.whole.clone(), ""))
            }
            (None, Some(installed)) if package.excludes(installed) => {
                Finding::new(place, "the Hub installs a version of Gradio that this line does not allow")
                    .label("no version can be both")
                    .help("set `sdk_version` to a version that it allows, or leave Gradio out of requirements.txt")
            }
            _ => continue,
        };
        found.push(finding.related(in_readme(node.range.clone()), "the Hub installs this one"));
    }
}
