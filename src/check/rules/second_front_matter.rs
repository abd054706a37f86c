//! A second metadata block below the first.
//!
//! ## What it does
//! Looks directly below the block for another one with keys of a Space.
//!
//! ## Why it matters
//! Only the first block counts; the second is shown as text, without a warning.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! ---
//!
//! ---
//! title: My demo
//! sdk: docker
//! app_port: 8501
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: My demo
//! sdk: docker
//! app_port: 7860
//! ---
//! ```
//!
//! ## Source
//! The pattern that `huggingface_hub` looks for: `REGEX_YAML_BLOCK` in
//! <https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/repocard.py>

use super::{Check, Finding, Group, Rule, in_readme};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("second-front-matter", Group::Risky, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(block) = readme.block() else { return };
    let rest = &readme.text()[block.closing.end..];
    let second = Readme::read(rest);
    let Some(opening) = second.block().map(|block| block.opening.clone()) else { return };
    if second.entry("sdk").is_none() && second.entry("title").is_none() {
        return;
    }
    let start = block.closing.end + opening.start;
    let finding = Finding::new(in_readme(start..start + 3), "a second metadata block follows the first")
        .label("this one does not count")
        .related(in_readme(block.opening.start..block.opening.start + 3), "this one does")
        .help("move its keys to the first one, and remove it");
    found.push(finding);
}
