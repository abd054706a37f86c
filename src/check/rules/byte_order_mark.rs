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

use super::{Finding, Fix, Group, Place, Rule, Space};
use crate::check::metadata::{NoBlock, no_block};
use crate::check::space::README;

pub(super) const RULE: Rule =
    Rule { id: "byte-order-mark", group: Group::Refused, source: include_str!("byte_order_mark.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if space.readme().and_then(no_block) != Some(NoBlock::ByteOrderMark) {
        return;
    }
    let finding = Finding::new(Place::file(README), "a byte order mark stands in front of the metadata block")
        .help("save the file as UTF-8 without a byte order mark")
        .fix(Fix::safe("take the mark away").replace(README, 0..'\u{feff}'.len_utf8(), ""));
    found.push(finding);
}
