//! Finds a metadata block that is no YAML.
//!
//! ## What it does
//! Reads the block as the Hub does, as YAML 1.2.
//!
//! ## Why it matters
//! The push is refused with the message of the YAML parser, or the page of the Space says "Configuration error".
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo: the second
//! sdk: docker
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: "Demo: the second"
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Finding, Group, Rule, Space, in_readme};

pub(super) const RULE: Rule =
    Rule { id: "invalid-yaml", group: Group::Refused, source: include_str!("invalid_yaml.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(problem) = space.readme().and_then(|readme| readme.problem()) else { return };
    let finding =
        Finding::new(in_readme(problem.at.clone()), format!("the metadata block cannot be read: {}", problem.message))
            .label("the parser stopped here")
            .help("put a value with `:`, `#`, quotes or brackets in it into quotes");
    found.push(finding);
}
