//! An unknown scope in `hf_oauth_scopes`.
//!
//! ## What it does
//! Compares the scopes with those in the Hub's OAuth documentation.
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

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::{list_of, not_in_list};
use crate::facts::limits::OAUTH_SCOPES;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-oauth-scope", Group::Risky, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    for node in list_of(readme, "hf_oauth_scopes").into_iter().flatten() {
        if let Some(text) = node.as_str().filter(|text| !OAUTH_SCOPES.contains(text)) {
            found.push(not_in_list("hf_oauth_scopes", text, node, &OAUTH_SCOPES, None));
        }
    }
}
