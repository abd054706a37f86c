//! Finds traces of an unfinished run of `spaces-new`.
//!
//! ## What it does
//! Looks for `.spaces-new-unfinished`, which a run keeps in the folder while it writes.
//!
//! ## Why it matters
//! A run that was killed leaves some files as they were and others as they should become. If nobody remembers such a run,
//! the traces came with the folder, and say nothing that can be believed.
//!
//! ## Example
//! ```.spaces-new-unfinished/lock
//! ```
//!
//! ## Use instead
//! ```.spaces-new.toml
//! ```
//!
//! ## Source
//! The next run that writes takes back what the killed one had begun, if it was yours.

use super::{Finding, Group, Place, Rule, Space};
use crate::apply::UNFINISHED;

pub(super) const RULE: Rule =
    Rule { id: "unfinished-run", group: Group::Risky, source: include_str!("unfinished_run.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !space.repo().has_unfinished_run() {
        return;
    }
    let message = format!("`{UNFINISHED}` is what an unfinished run left");
    let help = format!(
        "`spaces-new check --fix` takes back what the run had begun, if it was yours; otherwise look at `{UNFINISHED}/before` \
         and remove the folder"
    );
    found.push(Finding::new(Place::file(UNFINISHED), message).help(help));
}
