//! Traces of an interrupted run of `spaces-new`.
//!
//! ## What it does
//! Looks for `.spaces-new-unfinished`, which a run keeps in the folder while it writes.
//!
//! ## Why it matters
//! A run that was killed leaves some files in their old state and others in their new one. If you remember no such run,
//! the traces came with the folder, and cannot be trusted.
//!
//! ## Example
//! ```.spaces-new-unfinished/lock
//! ```
//!
//! ## Use instead
//! A folder without it: the next run that writes undoes a run of yours; delete by hand what came with the files.
//! ```.spaces-new.toml
//! ```
//!
//! ## Source
//! The record of a run is kept outside of the folder, for its user alone: see SECURITY.md.

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::repo::UNFINISHED;

pub(super) const RULE: Rule =
    Rule::new("unfinished-run", Group::Risky, Check::Views(&[Subject::Files], check)).of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    if !space.repo().has_unfinished_run() {
        return;
    }
    let message = format!("`{UNFINISHED}` was left by an interrupted run");
    let help = format!(
        "if the run was yours, `spaces-new check --fix` or the next `init` undoes what it had begun; if you ran none \
         here, delete `{UNFINISHED}`, which came with the files"
    );
    found.push(Finding::new(Place::file(UNFINISHED), message).help(help));
}
