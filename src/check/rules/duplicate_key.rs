//! A duplicate key in the metadata block.
//!
//! ## What it does
//! Compares the keys of the block.
//!
//! ## Why it matters
//! The Hub's parser refuses it: `duplicated mapping key`. Other parsers silently use the last one.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! title: Demo
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://yaml.org/spec/1.2.2/#mapping>: keys are unique.

use std::collections::BTreeMap;

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::metadata::whole_lines;
use crate::check::space::README;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("duplicate-key", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let mut known = BTreeMap::new();
    for entry in readme.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        let Some(first) = known.insert(key, entry) else { continue };
        let mut finding = Finding::new(in_readme(entry.key.range.clone()), format!("duplicate key `{key}`"))
            .label("again here")
            .related(in_readme(first.key.range.clone()), "first here")
            .help("keep one of the two");
        if first.value.value == entry.value.value
            && let Some(lines) = whole_lines(readme, &entry.range())
        {
            finding = finding.fix(Fix::safe("remove the second one").replace(README, lines, ""));
        }
        found.push(finding);
    }
}
