//! Finds a byte order mark in front of the metadata block.
//!
//! ## What it does
//! Looks at the first three bytes of `README.md`.
//!
//! ## Why it matters
//! The block has to begin with `---`, and the mark stands before it: `missing configuration in README`. Some editors write
//! the mark without a word, and none shows it.
//!
//! ## Example
//! ```README.md bom
//! ---
//! title: My demo
//! sdk: docker
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: My demo
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! The pattern that `huggingface_hub` looks for: `REGEX_YAML_BLOCK` in
//! <https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/repocard.py>

use super::{Check, Finding, Fix, Group, Place, Rule};
use crate::check::metadata::{NoBlock, no_block};
use crate::check::space::README;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("byte-order-mark", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    if no_block(readme) != Some(NoBlock::ByteOrderMark) {
        return;
    }
    let finding = Finding::new(Place::file(README), "a byte order mark stands in front of the metadata block")
        .help("save the file as UTF-8 without a byte order mark")
        .fix(Fix::safe("take the mark away").replace(README, 0..'\u{feff}'.len_utf8(), ""));
    found.push(finding);
}
