//! `suggested_storage`, which no longer has an effect.
//!
//! ## What it does
//! Looks for the key.
//!
//! ## Why it matters
//! Persistent storage was replaced by Storage Buckets, which are chosen in the settings; the key is ignored.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! suggested_storage: small
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::metadata::whole_lines;
use crate::check::space::README;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("ignored-storage", Group::Wasteful, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(entry) = readme.entry("suggested_storage") else { return };
    let mut finding = Finding::new(in_readme(entry.key.range.clone()), "`suggested_storage` no longer has an effect")
        .label("ignored")
        .help("remove it; choose a Storage Bucket in the settings of the Space");
    if let Some(lines) = whole_lines(readme, &entry.range()) {
        finding = finding.fix(Fix::safe("remove it").replace(README, lines, ""));
    }
    found.push(finding);
}
