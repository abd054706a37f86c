//! Finds metadata that the Hub's own validator refuses, with `--online`.
//!
//! ## What it does
//! Sends the README, and nothing else, to the validator that each push meets, and shows what it says. Without `--online`
//! nothing is asked. `HF_ENDPOINT` names another server than <https://huggingface.co>. What another rule has said of the same
//! value is not said twice.
//!
//! ## Why it matters
//! The push is refused: `Sorry, your push was rejected during YAML metadata verification`. The Hub's lists grow, and this
//! asks the Hub itself.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! emoji: 🇫🇷
//! sdk: docker
//! ---
//! ```
//! To which the validator answers:
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

use super::{Group, Rule};
use crate::check::suppress::nothing;

pub(super) const RULE: Rule =
    Rule { id: "refused-metadata", group: Group::Refused, source: include_str!("refused_metadata.rs"), check: nothing };
