//! Finds a licence that the Hub does not know.
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

use super::{Finding, Group, Rule, Space};
use crate::check::metadata::not_in_list;
use crate::facts::licenses::{LICENSES, OTHER_NAMES};
use crate::formats::front_matter::Node;

pub(super) const RULE: Rule =
    Rule { id: "unknown-license", group: Group::Refused, source: include_str!("unknown_license.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(value) = space.readme().and_then(|readme| readme.value("license")) else { return };
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
