//! A byte order mark before the metadata block.
//!
//! ## What it does
//! Looks at the first three bytes of `README.md`.
//!
//! ## Why it matters
//! The block must begin with `---`, and the mark comes before it: `missing configuration in README`. Some editors add
//! the mark silently, and none shows it.
//!
//! ## Example
//! With the invisible U+FEFF before the first line:
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
    let finding = Finding::new(Place::file(README), "a byte order mark precedes the metadata block")
        .help("save the file as UTF-8 without a byte order mark")
        .fix(Fix::safe("remove the mark").replace(README, 0..'\u{feff}'.len_utf8(), ""));
    found.push(finding);
}
