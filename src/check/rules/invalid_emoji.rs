//! An `emoji` that is not an emoji.
//!
//! ## What it does
//! Checks that `emoji` contains a pictograph. Flags and keycaps, which may pass or not, are skipped.
//!
//! ## Why it matters
//! The push is refused: the Hub accepts only characters of Unicode's class Extended_Pictographic.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! emoji: rocket
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! emoji: 🚀
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>; the class is from the validator's message.

use super::{Check, Finding, Group, Rule, in_readme};
use crate::check::metadata::text_of;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("invalid-emoji", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "emoji") else { return };
    // What has a character beyond letters may be an emoji that is newer than our tables
    let plain = |char: char| char.is_alphanumeric() || char.is_ascii() || char == '\u{fffd}';
    if !text.chars().all(plain) || text.chars().all(|char| char.is_ascii_digit() || "#*".contains(char)) {
        return;
    }
    let finding = Finding::new(in_readme(node.range.clone()), format!("`emoji` cannot be `{}`", short(text)))
        .label("not an emoji")
        .help("write one emoji, such as 🚀");
    found.push(finding);
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}
