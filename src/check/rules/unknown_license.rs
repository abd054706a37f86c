//! An unknown `license`.
//!
//! ## What it does
//! Compares `license` with the Hub's list of identifiers; it may be a list.
//!
//! ## Why it matters
//! The push is refused: `"license" must be one of [apache-2.0, mit, ...]`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! license: Apache 2.0
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! license: apache-2.0
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/repositories-licenses>

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::not_in_list;
use crate::facts::licenses::{LICENSES, OTHER_NAMES};
use crate::formats::front_matter::{Node, Readme};

pub(super) const RULE: Rule = Rule::new("unknown-license", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(value) = readme.value("license") else { return };
    let known: Vec<&str> = LICENSES.iter().map(|license| license.id).collect();
    let one = |node: &Node| {
        let text = node.as_str().filter(|text| !known.contains(text))?;
        Some(not_in_list("license", text, node, &known, other_name(text)))
    };
    match value.items() {
        Some(items) => found.extend(items.iter().filter_map(one)),
        None => found.extend(one(value)),
    }
}

fn other_name(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    OTHER_NAMES.iter().find(|(name, _)| *name == text).map(|(_, id)| *id)
}
