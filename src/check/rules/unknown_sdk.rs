//! Finds an SDK that the Hub does not have.
//!
//! ## What it does
//! Compares `sdk` with `gradio`, `docker` and `static`. The former `streamlit` has a rule of its own.
//!
//! ## Why it matters
//! The page of the Space says "Configuration error": ``unknown variant `flask`, expected one of ...``.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: flask
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Finding, Group, Rule, Space};
use crate::check::metadata::{not_in_list, text_of};

pub(super) const RULE: Rule =
    Rule { id: "unknown-sdk", group: Group::Refused, source: include_str!("unknown_sdk.rs"), check };

const SDKS: [&str; 3] = ["gradio", "docker", "static"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(space, "sdk") else { return };
    if !SDKS.contains(&text) && text != "streamlit" {
        found.push(not_in_list("sdk", text, node, &SDKS, None));
    }
}
