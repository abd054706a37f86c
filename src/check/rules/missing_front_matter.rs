//! Finds a Space whose README has no metadata block.
//!
//! ## What it does
//! Looks for the block of YAML between two lines of `---` at the top of `README.md`.
//!
//! ## Why it matters
//! The Hub cannot tell what to build. The page of the Space says `missing configuration in README`; a README of GitHub that
//! was pushed over the Space's own is the usual cause.
//!
//! ## Example
//! ```README.md
//! # My demo
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: My demo
//! emoji: 🚀
//! colorFrom: blue
//! colorTo: green
//! sdk: docker
//! app_port: 7860
//! ---
//!
//! # My demo
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Finding, Group, Place, Rule, Space};
use crate::check::metadata::{NoBlock, no_block};
use crate::check::space::README;

pub(super) const RULE: Rule =
    Rule { id: "missing-front-matter", group: Group::Refused, source: include_str!("missing_front_matter.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let missing = match space.readme() {
        Some(readme) => no_block(readme) == Some(NoBlock::Absent),
        None => space.repo().get(README).is_none(),
    };
    if !missing {
        return;
    }
    let finding = Finding::new(Place::file(README), "missing configuration in README")
        .help("put a block with at least `sdk` at the very top, between two lines of `---`");
    found.push(finding);
}
