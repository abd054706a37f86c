//! A Gradio Space without `python_version`.
//!
//! ## What it does
//! Looks for `python_version` in a Gradio Space.
//!
//! ## Why it matters
//! The platform chooses: Spaces got 3.13 although the reference says 3.10, and packages without a wheel for it then
//! fail to build.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
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

use super::{Check, Finding, Fix, Group, Rule, SpaceSdk, in_readme};
use crate::check::metadata::text_of;
use crate::check::space::README;
use crate::facts::python::{DEFAULT, FOR_OLD_GRADIO, GRADIO_WITH_AUDIOOP, ZERO_GPU_VERSIONS};
use crate::formats::front_matter::Readme;
use crate::values::pep440::{self, is_below};

pub(super) const RULE: Rule =
    Rule::new("unpinned-python", Group::Risky, Check::FrontMatter(check)).only_in(&[SpaceSdk::Gradio]);

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(readme) = Some(readme).filter(|readme| readme.entry("python_version").is_none()) else { return };
    let Some((_, node)) = text_of(readme, "sdk") else { return };
    let gradio = text_of(readme, "sdk_version").map(|(version, _)| version).unwrap_or_default();
    let is_old = pep440::version(gradio).is_some_and(|version| is_below(&version, GRADIO_WITH_AUDIOOP));
    let on_zero_gpu = text_of(readme, "suggested_hardware").is_some_and(|(hardware, _)| hardware.starts_with("zero-"));
    let (version, title, help) = if on_zero_gpu {
        let fits = |version: &&&str| !is_old || version.starts_with(FOR_OLD_GRADIO);
        let version = ZERO_GPU_VERSIONS.iter().find(fits).unwrap_or(&ZERO_GPU_VERSIONS[0]);
        let help = format!("add one that ZeroGPU supports, in quotes: {}", ZERO_GPU_VERSIONS.join(" or "));
        (*version, "add a version that ZeroGPU supports", help)
    } else if is_old {
        (
            FOR_OLD_GRADIO,
            "add one that this Gradio runs on",
            format!("add a version below 3.13, in quotes: Gradio {gradio} does not start on a newer one"),
        )
    } else {
        let help = "add the version that you use, in quotes".to_owned();
        (DEFAULT, "add the version that Spaces get by default", help)
    };
    let mut finding = Finding::new(in_readme(node.range.clone()), "the Space does not pin its version of Python")
        .label("no `python_version`")
        .help(help);
    if let Some(at) = readme.end_of_yaml() {
        let line = format!("python_version: \"{version}\"{}", readme.line_break());
        finding = finding.fix(Fix::with_care(title).insert(README, at, line));
    }
    found.push(finding);
}
