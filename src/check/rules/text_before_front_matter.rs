//! Text above the metadata block.
//!
//! ## What it does
//! Looks for a block with `sdk` that has text above it.
//!
//! ## Why it matters
//! The Hub reads only a block at the very top: `missing configuration in README`.
//!
//! ## Example
//! ```README.md
//! # My demo
//!
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
//!
//! # My demo
//! ```
//!
//! ## Source
//! The pattern that `huggingface_hub` looks for: `REGEX_YAML_BLOCK` in
//! <https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/repocard.py>

use super::{Check, Finding, Group, Rule, in_readme};
use crate::check::metadata::{NoBlock, no_block};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("text-before-front-matter", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(NoBlock::Later(range)) = no_block(readme) else { return };
    let finding = Finding::new(in_readme(range), "text above the metadata block")
        .label("the block begins here")
        .help("move the block to the very top of the file");
    found.push(finding);
}
