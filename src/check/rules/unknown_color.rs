//! An unknown `colorFrom` or `colorTo`.
//!
//! ## What it does
//! Compares them with the Hub's eight colours.
//!
//! ## Why it matters
//! The push is refused: `"colorFrom" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! colorFrom: "#ff0000"
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! colorFrom: red
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::{not_in_list, text_of};
use crate::facts::limits::COLORS;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-color", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    for key in ["colorFrom", "colorTo"] {
        let Some((text, node)) = text_of(readme, key).filter(|(text, _)| !COLORS.contains(text)) else { continue };
        let meant = text.eq_ignore_ascii_case("grey").then_some("gray");
        found.push(not_in_list(key, text, node, &COLORS, meant));
    }
}
