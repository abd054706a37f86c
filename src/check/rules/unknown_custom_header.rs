//! An unknown header or value in `custom_headers`.
//!
//! ## What it does
//! Compares the keys and values of `custom_headers` with the three headers that the Hub sets, in lower case.
//!
//! ## Why it matters
//! The push is refused, or the header is not sent and a page that needs it, for example for `SharedArrayBuffer`, does
//! not work.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: static
//! custom_headers:
//!   cross-origin-embedder-policy: required
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: static
//! custom_headers:
//!   cross-origin-embedder-policy: require-corp
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::not_in_list;
use crate::facts::limits::CUSTOM_HEADERS;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-custom-header", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let entries = readme.value("custom_headers").and_then(|node| node.entries());
    let names = CUSTOM_HEADERS.map(|(name, _)| name);
    for entry in entries.into_iter().flatten() {
        let Some(key) = entry.key.as_str() else { continue };
        match CUSTOM_HEADERS.iter().find(|(name, _)| *name == key) {
            None => found.push(not_in_list("custom_headers", key, &entry.key, &names, None)),
            Some((name, values)) => {
                if let Some(text) = entry.value.as_str().filter(|text| !values.contains(text)) {
                    found.push(not_in_list(name, text, &entry.value, values, None));
                }
            }
        }
    }
}
