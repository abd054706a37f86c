//! An unknown `sdk`.
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

use super::{Check, Finding, Group, Rule};
use crate::check::metadata::{not_in_list, text_of};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-sdk", Group::Refused, Check::FrontMatter(check));

const SDKS: [&str; 3] = ["gradio", "docker", "static"];

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "sdk") else { return };
    if !SDKS.contains(&text) && text != "streamlit" {
        found.push(not_in_list("sdk", text, node, &SDKS, None));
    }
}
