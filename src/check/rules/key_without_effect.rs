//! A key that has no effect in this kind of Space.
//!
//! ## What it does
//! Compares each key with the SDKs in which it has an effect: `sdk_version`, `python_version` and `app_file` have none
//! in a Docker Space, `app_port` has none in a Gradio Space.
//!
//! ## Why it matters
//! The Hub silently ignores it, and changing it does nothing.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! sdk_version: "6.31.0"
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 7860
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::metadata::whole_lines;
use crate::check::space::README;
use crate::facts::fields::{Effect, FIELDS};

pub(super) const RULE: Rule =
    Rule::new("key-without-effect", Group::Wasteful, Check::Views(&[Subject::FrontMatter], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(readme) = space.readme() else { return };
    let sdk = space.sdk();
    let Some(name) = name(sdk) else { return };
    for entry in readme.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some(field) = FIELDS.iter().find(|field| field.key == key).filter(|field| !applies(field.effect, sdk))
        else {
            continue;
        };
        let mut finding = Finding::new(
            in_readme(entry.key.range.clone()),
            format!("`{}` has no effect in a {name} Space", field.key),
        )
        .label("ignored")
        .help("remove it");
        if let Some(lines) = whole_lines(readme, &entry.range()) {
            finding = finding.fix(Fix::safe("remove it").replace(README, lines, ""));
        }
        found.push(finding);
    }
}

fn name(sdk: SpaceSdk) -> Option<&'static str> {
    match sdk {
        SpaceSdk::Docker => Some("Docker"),
        SpaceSdk::Gradio => Some("Gradio"),
        SpaceSdk::Static => Some("static"),
        SpaceSdk::Streamlit | SpaceSdk::Unknown => None,
    }
}

fn applies(effect: Effect, sdk: SpaceSdk) -> bool {
    match effect {
        Effect::Any => true,
        Effect::Docker => sdk == SpaceSdk::Docker,
        Effect::Gradio => sdk == SpaceSdk::Gradio,
        Effect::GradioOrStatic => matches!(sdk, SpaceSdk::Gradio | SpaceSdk::Static),
        Effect::Static => sdk == SpaceSdk::Static,
    }
}
