//! A README that is not UTF-8.
//!
//! ## What it does
//! Looks at the bytes of `README.md`.
//!
//! ## Why it matters
//! The Hub cannot read the metadata: "Configuration error". The usual cause is an emoji that was copied with a tool for
//! another encoding.
//!
//! ## Example
//! A README that was saved as Latin-1, in which the byte `ff` stands for a letter:
//! ```README.md hex hidden
//! 2d2d2d0a656d6f6a693a20ff0a73646b3a20646f636b65720a2d2d2d0a
//! ```
//! ```text
//! ---
//! emoji: ÿ
//! sdk: docker
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! emoji: 🚀
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Group, Place, Rule, Space, Subject};
use crate::check::space::README;

pub(super) const RULE: Rule =
    Rule::new("readme-not-utf8", Group::Refused, Check::Views(&[Subject::FrontMatter], check));

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(bytes) = space.repo().get(README).and_then(|file| file.bytes()) else { return };
    let Err(error) = std::str::from_utf8(bytes) else { return };
    let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
    let message = format!("the README is not UTF-8: byte {} in line {line}", error.valid_up_to());
    found.push(Finding::new(Place::file(README), message).help("save the file as UTF-8, and enter its emoji again"));
}
