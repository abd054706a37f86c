//! Finds a short description of more than 60 characters.
//!
//! ## What it does
//! Counts `short_description` after YAML decoding, as JavaScript counts.
//!
//! ## Why it matters
//! The push is refused: `"short_description" length must be less than or equal to 60 characters long`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! short_description: A demonstration of everything that can be said about a text of any length
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! short_description: Everything that can be said about a text
//! ---
//! ```
//!
//! ## Source
//! The message of the Hub's validator, seen in many refused pushes, such as <https://github.com/qdonnars/ohmywind/pull/160>.

use super::{Finding, Group, Rule, Space, in_readme};
use crate::check::metadata::text_of;
use crate::facts::limits::SHORT_DESCRIPTION_MAX_UTF16;

pub(super) const RULE: Rule = Rule {
    id: "long-short-description",
    group: Group::Refused,
    source: include_str!("long_short_description.rs"),
    check,
};

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(space, "short_description") else { return };
    let length = text.encode_utf16().count();
    if length <= SHORT_DESCRIPTION_MAX_UTF16 {
        return;
    }
    let over = length - SHORT_DESCRIPTION_MAX_UTF16;
    let finding = Finding::new(in_readme(node.range.clone()), "the short description is too long")
        .label(format!("{length} characters, {over} more than the Hub takes"))
        .help(format!("shorten it to {SHORT_DESCRIPTION_MAX_UTF16} characters"));
    found.push(finding);
}
