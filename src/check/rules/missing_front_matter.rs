//! A README without a metadata block.
//!
//! ## What it does
//! Looks for the block of YAML between two lines of `---` at the top of `README.md`. A README that is a link out of the
//! repository, or to a file that is not in it, has none. Neither has a file `readme.md`, which the Hub does not read.
//!
//! ## Why it matters
//! The Hub does not know what to build. The page of the Space says `missing configuration in README`; the usual cause
//! is a README from GitHub that was pushed over that of the Space.
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

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Place, Rule, Space, Subject, in_readme};
use crate::check::metadata::{NoBlock, no_block};
use crate::check::space::README;
use crate::formats::front_matter::{Readme, keys_without_dashes};

pub(super) const RULE: Rule =
    Rule::new("missing-front-matter", Group::Refused, Check::Views(&[Subject::FrontMatter], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let missing = match space.readme() {
        Some(readme) => no_block(readme) == Some(NoBlock::Absent),
        None => space.repo().get(README).is_none() || space.repo().is_lost_link(README),
    };
    if !missing {
        return;
    }
    if space.repo().is_lost_link(README) {
        let finding =
            Finding::new(Place::file(README), "`README.md` is a link to a file that is not in this repository")
                .help("git pushes only the link: replace it with the file itself");
        found.push(finding);
        return;
    }
    let keys = space.readme().and_then(|readme| Some((readme, keys_without_dashes(readme.text())?)));
    if let Some((readme, keys)) = keys {
        found.push(lost_dashes(readme, keys));
        return;
    }
    if let Some(other) = space.repo().other_case(README).filter(|_| space.repo().get(README).is_none()) {
        let message = format!("missing configuration in README: the Hub reads `README.md`, and the file is `{other}`");
        let finding = Finding::new(Place::file(README), message)
            .related(Place::file(other), "its name differs in case")
            .help(format!("run `git mv {other} README.md`, and give it a block with at least `sdk` at the very top"));
        found.push(finding);
        return;
    }
    let finding = Finding::new(Place::file(README), "missing configuration in README")
        .help("put a block with at least `sdk` at the very top, between two lines of `---`");
    found.push(finding);
}

/// Keys at the very top without lines of dashes around them.
fn lost_dashes(readme: &Readme<'_>, keys: Range<usize>) -> Finding {
    let (text, line_break) = (readme.text(), readme.line_break());
    let mut fix = Fix::safe("put them between two lines of `---`");
    fix = fix.insert(README, keys.start, format!("---{line_break}"));
    if text[keys.end..].lines().next().map(str::trim_end) != Some("---") {
        let gap = if text[..keys.end].ends_with('\n') { "" } else { line_break };
        fix = fix.insert(README, keys.end, format!("{gap}---{line_break}"));
    }
    Finding::new(in_readme(keys), "missing configuration in README")
        .label("these keys have no effect")
        .help("put them between two lines of `---`")
        .fix(fix)
}
