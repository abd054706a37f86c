//! A port in the settings of a Space with the Streamlit SDK.
//!
//! ## What it does
//! Looks for `server.port` other than 8501 in `.streamlit/config.toml`.
//!
//! ## Why it matters
//! The platform connects to port 8501 only: the Space waits until `Launch timed out`.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! sdk: streamlit
//! sdk_version: "1.41.1"
//! ---
//! ```
//! ```.streamlit/config.toml
//! [server]
//! port = 7860
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! title: Demo
//! sdk: streamlit
//! sdk_version: "1.41.1"
//! ---
//! ```
//! ```.streamlit/config.toml
//! [server]
//! headless = true
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-streamlit>

use super::{Check, Finding, Fix, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::app::start::streamlit::{DEFAULT_PORT, SETTINGS, server_port};

pub(super) const RULE: Rule =
    Rule::new("streamlit-port-set", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check))
        .only_in(&[SpaceSdk::Streamlit]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((port, range)) = server_port(space.repo()).filter(|(port, _)| *port != i64::from(DEFAULT_PORT)) else {
        return;
    };
    let mut finding = Finding::new(
        Place::bytes(SETTINGS, range.clone()),
        format!("the Hub connects to port {DEFAULT_PORT}, not {port}"),
    )
    .label("nothing connects to this port")
    .help("remove the line");
    finding =
        finding.fix(Fix::safe(format!("write {DEFAULT_PORT}")).replace(SETTINGS, range, DEFAULT_PORT.to_string()));
    found.push(finding);
}
