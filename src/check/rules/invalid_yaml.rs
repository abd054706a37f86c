//! A metadata block that is not valid YAML.
//!
//! ## What it does
//! Parses the block as the Hub does, as YAML 1.2.
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

use super::{Check, Finding, Group, Rule, in_readme};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("invalid-yaml", Group::Refused, Check::FrontMatter(check)).of_syntax();

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(problem) = readme.problem() else { return };
    let finding =
        Finding::new(in_readme(problem.at.clone()), format!("invalid YAML in the metadata block: {}", problem.message))
            .label("the parser stopped here")
            .help("quote values that contain `:`, `#`, quotes or brackets");
    found.push(finding);
}
