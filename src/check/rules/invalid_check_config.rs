//! Invalid settings of the check.
//!
//! ## What it does
//! Reads the table `[check]` of `.spaces-new.toml`: `pedantic = true` enables the pedantic rules, and the name of a
//! rule sets its level, `"off"`, `"warning"` or `"error"`.
//!
//! ## Why it matters
//! A rule that was meant to be off stays on, or the other way round.
//!
//! ## Example
//! ```.spaces-new.toml
//! [check]
//! missing-users = "off"
//! ```
//!
//! ## Use instead
//! ```.spaces-new.toml
//! [check]
//! missing-user = "off"
//! ```
//!
//! ## Source
//! `spaces-new rules` lists the names.

use super::{Check, Finding, Group, Rule};
use crate::check::config::Config;

pub(super) const RULE: Rule = Rule::new("invalid-check-config", Group::Risky, Check::Settings(check));

fn check(config: &Config, found: &mut Vec<Finding>) {
    found.clone_from(&config.findings);
}
