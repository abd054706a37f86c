//! An `sdk_version` that is not an exact version of Gradio.
//!
//! ## What it does
//! Checks that the `sdk_version` of a Gradio Space is three numbers with dots between them. Whether that version was
//! published cannot be known offline.
//!
//! ## Why it matters
//! The page of the Space says `ConfigError: Gradio version does not exist`. Without quotes, YAML reads `5.10` as the
//! number 5.1.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: ">=5.0"
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
//! <https://huggingface.co/docs/hub/spaces-sdks-gradio>

use super::{Check, Finding, Fix, Group, Rule, SpaceSdk, in_readme};
use crate::check::metadata::is_scalar;
use crate::check::space::README;
use crate::formats::front_matter::{Readme, YamlType};
use crate::values::pep440;

pub(super) const RULE: Rule =
    Rule::new("inexact-gradio-version", Group::Refused, Check::FrontMatter(check)).only_in(&[SpaceSdk::Gradio]);

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(node) = readme.value("sdk_version").filter(|node| is_scalar(node)) else {
        return;
    };
    let text = node.as_str().unwrap_or_default();
    if is_exact(text) {
        return;
    }
    let message =
        if text.is_empty() { "`sdk_version` is empty".to_owned() } else { format!("`{text}` is not an exact version") };
    let finding = Finding::new(in_readme(node.range.clone()), message)
        .label(if node.yaml_type() == YamlType::Float {
            "YAML reads this as a number"
        } else {
            "must be three numbers"
        })
        .help("write a published version of Gradio, in quotes, such as \"6.31.0\"");
    let stripped = text.trim().trim_start_matches(['=', '~', '^', '>', 'v', ' ']);
    let exact_with_sign = is_exact(stripped) && (text.trim().starts_with("==") || text.trim().starts_with('v'));
    found.push(if exact_with_sign {
        let fix = Fix::safe(format!("write \"{stripped}\""));
        finding.fix(fix.replace(README, node.range.clone(), format!("\"{stripped}\"")))
    } else {
        finding
    });
}

/// `5.49.1`, also `6.0.0b1`, `5.0.0-beta.2` and the like.
fn is_exact(text: &str) -> bool {
    let is_plain = text.starts_with(|char: char| char.is_ascii_digit()) && !text.contains(['!', ' ']);
    is_plain && pep440::version(text).is_some_and(|version| version.release().len() >= 3)
}
