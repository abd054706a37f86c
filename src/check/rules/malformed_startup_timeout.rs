//! A `startup_duration_timeout` that is not a duration.
//!
//! ## What it does
//! Checks for a number with the unit `s`, `m`, `h` or `d`, or several of them.
//!
//! ## Why it matters
//! The page of the Space says "Configuration error", or the default of 30 minutes applies.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! startup_duration_timeout: one hour
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! startup_duration_timeout: 1h
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Rule, in_readme};
use crate::check::metadata::text_of;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("malformed-startup-timeout", Group::Risky, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "startup_duration_timeout") else { return };
    if is_duration(text) {
        return;
    }
    let finding = Finding::new(in_readme(node.range.clone()), "`startup_duration_timeout` is not a duration")
        .label("must be a number with a unit")
        .help("write it like `30m` or `1h`");
    found.push(finding);
}

/// `1h`, `90m`, `1h30m`, `45 minutes`: the docs show the short forms, and the parser behind them takes the long ones.
fn is_duration(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let number = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.').len();
        let after = rest[number..].trim_start();
        let unit = after.len() - after.trim_start_matches(|char: char| char.is_ascii_alphabetic()).len();
        if number == 0 || unit == 0 {
            return false;
        }
        rest = after[unit..].trim_start();
    }
    true
}
