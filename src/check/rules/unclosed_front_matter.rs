//! A metadata block without proper lines of `---` around it.
//!
//! ## What it does
//! Checks that the line that opens the block and the one that closes it are three dashes and nothing else.
//!
//! ## Why it matters
//! The Hub finds no block: `missing configuration in README`.
//!
//! ## Example
//! ```README.md
//! ---
//! title: My demo
//! sdk: docker
//!
//! # My demo
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

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::metadata::{NoBlock, no_block};
use crate::check::space::README;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unclosed-front-matter", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(NoBlock::Malformed(range)) = no_block(readme) else { return };
    let text = readme.text();
    let dashes = text[range.clone()].find("---").map_or(range.start, |at| range.start + at);
    let after = &text[dashes + 3..];
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let finding = if blanks > 0 {
        Finding::new(
            in_readme(dashes..dashes + 3 + blanks),
            "the line that opens the metadata block has trailing spaces",
        )
        .label("must be three dashes only")
        .help("remove the trailing spaces")
        .fix(Fix::safe("remove the trailing spaces").replace(README, dashes + 3..dashes + 3 + blanks, ""))
    } else {
        Finding::new(in_readme(range), "the metadata block is not closed")
            .label("it begins here")
            .help("put a line of `---` under its last key")
    };
    found.push(finding);
}
