//! An unknown `suggested_hardware`.
//!
//! ## What it does
//! Compares it with every flavour that the documentation and the clients of the Hub name. Their lists differ, so this
//! is a warning.
//!
//! ## Why it matters
//! The push may be refused, and a person who duplicates the Space is offered no hardware.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! suggested_hardware: gpu
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! suggested_hardware: t4-small
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-gpus>

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::{not_in_list, text_of};
use crate::facts::hardware::{FLAVORS, SEEN_ELSEWHERE};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-hardware", Group::Risky, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "suggested_hardware") else { return };
    let known: Vec<&str> = FLAVORS.iter().map(|flavor| flavor.id).chain(SEEN_ELSEWHERE).collect();
    if !known.contains(&text) {
        found.push(not_in_list("suggested_hardware", text, node, &known, None));
    }
}
