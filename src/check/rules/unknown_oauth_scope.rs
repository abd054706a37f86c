//! Finds a scope in `hf_oauth_scopes` that the Hub does not grant.
//!
//! ## What it does
//! Compares the scopes with those of the Hub's OAuth page.
//!
//! ## Why it matters
//! Signing in fails with `invalid_scope`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth: true
//! hf_oauth_scopes: [read_repos]
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! hf_oauth: true
//! hf_oauth_scopes: [read-repos]
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-oauth>

use super::{Finding, Group, Rule, Space};
use crate::check::metadata::{list_of, not_in_list};
use crate::facts::limits::OAUTH_SCOPES;

pub(super) const RULE: Rule =
    Rule { id: "unknown-oauth-scope", group: Group::Risky, source: include_str!("unknown_oauth_scope.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for node in list_of(space, "hf_oauth_scopes").into_iter().flatten() {
        if let Some(text) = node.as_str().filter(|text| !OAUTH_SCOPES.contains(text)) {
            found.push(not_in_list("hf_oauth_scopes", text, node, &OAUTH_SCOPES, None));
        }
    }
}
