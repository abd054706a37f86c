//! An unknown `header`.
//!
//! ## What it does
//! Compares it with `mini` and `default`.
//!
//! ## Why it matters
//! The push is refused: `"header" must be one of [default, mini]`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! header: small
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! header: mini
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::{not_in_list, text_of};
use crate::facts::limits::HEADERS;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-header", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    if let Some((text, node)) = text_of(readme, "header").filter(|(text, _)| !HEADERS.contains(text)) {
        found.push(not_in_list("header", text, node, &HEADERS, None));
    }
}
