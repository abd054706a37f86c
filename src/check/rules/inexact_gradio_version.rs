//! Finds an `sdk_version` that is no exact version of Gradio.
//!
//! ## What it does
//! Looks for three numbers with dots between them, in a Gradio Space. Whether that version was published cannot be known
//! offline.
//!
//! ## Why it matters
//! The page of the Space says `ConfigError: Gradio version does not exist`. Without quotes YAML makes `5.10` the number 5.1.
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

use super::{Finding, Fix, Group, Rule, Space, in_readme};
use crate::check::metadata::is_scalar;
use crate::check::space::{README, SpaceSdk};
use crate::formats::front_matter::YamlType;
use crate::values::pep440;

pub(super) const RULE: Rule = Rule {
    id: "inexact-gradio-version",
    group: Group::Refused,
    source: include_str!("inexact_gradio_version.rs"),
    check,
};

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.sdk() != SpaceSdk::Gradio {
        return;
    }
    let Some(node) = space.readme().and_then(|readme| readme.value("sdk_version")).filter(|node| is_scalar(node))
    else {
        return;
    };
    let text = node.as_str().unwrap_or_default();
    if is_exact(text) {
        return;
    }
    let message =
        if text.is_empty() { "`sdk_version` is empty".to_owned() } else { format!("`{text}` is no exact version") };
    let finding = Finding::new(in_readme(node.range.clone()), message)
        .label(if node.yaml_type() == YamlType::Float { "YAML reads this as a number" } else { "three numbers" })
        .help("name one published version of Gradio, in quotes, such as \"6.31.0\"");
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
