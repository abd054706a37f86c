//! Metadata that the Hub's own validator refuses, with `--online`.
//!
//! ## What it does
//! Sends the README, and nothing else, to the validator that checks every push, and reports its answer. Without
//! `--online` nothing is sent. `HF_ENDPOINT` names another server than <https://huggingface.co>. A value that another
//! rule reports is not reported twice.
//!
//! ## Why it matters
//! The push is refused: `Sorry, your push was rejected during YAML metadata verification`. The Hub's lists grow, and
//! its validator always has the current ones.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! emoji: 🇫🇷
//! sdk: docker
//! ---
//! ```
//! The validator answers:
//! ```hub-answer
//! {"errors": [{"message": "\"emoji\" must be an emoji"}], "warnings": []}
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: Demo
//! emoji: 🥐
//! sdk: docker
//! ---
//! ```
//! ```hub-answer
//! {"errors": [], "warnings": []}
//! ```
//!
//! ## Source
//! `RepoCard.validate` in <https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/repocard.py>

use super::{Check, Finding, Group, Place, Rule, Space, in_readme};
use crate::check::diagnostic::Level;
use crate::check::rule::Online;
use crate::check::space::README;

pub(super) const RULE: Rule = Rule::new("refused-metadata", Group::Refused, Check::Online(check));

fn check(online: &Online<'_, '_>, found: &mut Vec<Finding>) {
    let errors = online.verdict.errors.iter().map(|message| (message, online.level));
    let warnings = online.verdict.warnings.iter().map(|message| (message, Level::Warning));
    for (message, level) in errors.chain(warnings) {
        let place = place(online.space, message);
        let covers = |known: &&crate::check::Diagnostic| known.level >= level && known.place == place;
        if place.range().is_some() && online.reported.iter().any(|known| covers(&known)) {
            continue;
        }
        let finding = Finding::new(place, format!("the Hub says: {message}"))
            .at_most(level)
            .help("change the value that it names; `--online` checks again");
        found.push(finding);
    }
}

/// The value of the key that a message begins with, as in `"colorFrom" must be ...`; otherwise the README.
fn place(space: &Space<'_>, message: &str) -> Place {
    let key =
        message.trim_start_matches(['-', ' ']).strip_prefix('"').and_then(|rest| rest.split(['"', '[', '.']).next());
    let value = key.and_then(|key| space.readme()?.value(key));
    value.map_or_else(|| Place::file(README), |node| in_readme(node.range.clone()))
}
