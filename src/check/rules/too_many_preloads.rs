//! More than ten items in `preload_from_hub`.
//!
//! ## What it does
//! Counts the items.
//!
//! ## Why it matters
//! The page of the Space says "Configuration error": `preload models limited to 10`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub: [a/1, a/2, a/3, a/4, a/5, a/6, a/7, a/8, a/9, a/10, a/11]
//! ---
//! ```
//!
//! ## Use instead
//! Preload what is needed first, and download the rest when the app starts.
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub: [a/1, a/2, a/3, a/4, a/5, a/6, a/7, a/8, a/9, a/10]
//! ---
//! ```
//!
//! ## Source
//! The message of the Hub's builder.

use super::{Check, Finding, Group, Rule, in_readme};
use crate::check::metadata::list_of;
use crate::facts::limits::PRELOAD_MAX;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("too-many-preloads", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(items) = list_of(readme, "preload_from_hub") else { return };
    let Some(first) = items.get(PRELOAD_MAX) else { return };
    let finding = Finding::new(in_readme(first.range.clone()), format!("{} items are preloaded", items.len()))
        .label(format!("the Hub accepts {PRELOAD_MAX}"))
        .help("download the others when the app starts, or at build time");
    found.push(finding);
}
