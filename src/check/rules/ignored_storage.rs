//! Finds `suggested_storage`, which does nothing any more.
//!
//! ## What it does
//! Looks for the key.
//!
//! ## Why it matters
//! Persistent storage gave way to Storage Buckets, which are chosen in the settings; the key is ignored.
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
    let mut finding = Finding::new(in_readme(entry.key.range.clone()), "`suggested_storage` does nothing any more")
        .label("ignored")
        .help("take it away; a Storage Bucket is chosen in the settings of the Space");
    if let Some(lines) = whole_lines(readme, &entry.range()) {
        finding = finding.fix(Fix::safe("take it away").replace(README, lines, ""));
    }
    found.push(finding);
}
