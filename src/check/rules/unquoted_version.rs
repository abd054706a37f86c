//! A `python_version` that YAML reads as another number.
//!
//! ## What it does
//! Looks for a `python_version` without quotes that ends with a zero.
//!
//! ## Why it matters
//! `3.10` is the number 3.1, so the Space gets another version than the one that is written there.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: 3.10
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: gradio
//! sdk_version: "6.31.0"
//! python_version: "3.10"
//! ---
//! ```
//!
//! ## Source
//! <https://yaml.org/spec/1.2.2/#1032-tag-resolution>

use super::{Check, Finding, Fix, Group, Rule, SpaceSdk, in_readme};
use crate::check::space::README;
use crate::formats::front_matter::{Readme, YamlType};

pub(super) const RULE: Rule =
    Rule::new("unquoted-version", Group::Broken, Check::FrontMatter(check)).only_in(&[SpaceSdk::Gradio]);

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(node) = readme.value("python_version") else { return };
    let Some(text) = node.as_str().filter(|_| node.yaml_type() == YamlType::Float) else { return };
    // A number without a zero at its end is read back as it was written
    let harm = text.ends_with('0');
    if !harm {
        return;
    }
    let finding =
        Finding::new(in_readme(node.range.clone()), format!("YAML reads `{text}` as the number {}", read(text)))
            .label("not in quotes")
            .help("quote the version")
            .fix(Fix::safe(format!("write \"{text}\"")).replace(README, node.range.clone(), format!("\"{text}\"")));
    found.push(finding);
}

fn read(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string())
}
