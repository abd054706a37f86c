//! Finds a `suggested_hardware` that is none of the Hub's flavours.
//!
//! ## What it does
//! Compares it with every flavour that the Hub's docs and clients name. Their lists differ, so this is a warning.
//!
//! ## Why it matters
//! The push may be refused, and whoever duplicates the Space is offered no hardware.
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

use super::{Finding, Group, Rule, Space};
use crate::check::metadata::{not_in_list, text_of};
use crate::facts::hardware::{FLAVORS, SEEN_ELSEWHERE};

pub(super) const RULE: Rule =
    Rule { id: "unknown-hardware", group: Group::Risky, source: include_str!("unknown_hardware.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(space, "suggested_hardware") else { return };
    let known: Vec<&str> = FLAVORS.iter().map(|flavor| flavor.id).chain(SEEN_ELSEWHERE).collect();
    if !known.contains(&text) {
        found.push(not_in_list("suggested_hardware", text, node, &known, None));
    }
}
