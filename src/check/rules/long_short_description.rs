//! A `short_description` of more than 60 characters.
//!
//! ## What it does
//! Counts the characters of `short_description` after YAML decoding, as JavaScript does.
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

use super::{Check, Finding, Group, Rule, in_readme};
use crate::check::metadata::text_of;
use crate::facts::limits::SHORT_DESCRIPTION_MAX_UTF16;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("long-short-description", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "short_description") else { return };
    let length = text.encode_utf16().count();
    if length <= SHORT_DESCRIPTION_MAX_UTF16 {
        return;
    }
    let over = length - SHORT_DESCRIPTION_MAX_UTF16;
    let finding = Finding::new(in_readme(node.range.clone()), "`short_description` is too long")
        .label(format!("{length} characters, {over} more than the Hub accepts"))
        .help(format!("shorten it to {SHORT_DESCRIPTION_MAX_UTF16} characters"));
    found.push(finding);
}
