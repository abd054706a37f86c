//! An `app_port` outside of 1025 to 65535.
//!
//! ## What it does
//! Checks that `app_port` in the front matter is an integer from 1025 to 65535.
//!
//! ## Why it matters
//! The push is refused: `"app_port" must be greater than or equal to 1025`. UID 1000 cannot open ports below 1024
//! either.
//!
//! ## Example
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! app_port: 80
//! ---
//! ```
//!
//! ## Use instead
//! Let the app listen on a higher port too.
//! ```README.md
//! ---
//! title: Demo
//! sdk: docker
//! app_port: 7860
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>; the limit is from the validator's message.

use super::{Check, Finding, Group, Rule, in_readme};
use crate::facts::limits::{APP_PORT_DEFAULT, APP_PORT_MIN};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("app-port-too-low", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some(value) = readme.value("app_port") else { return };
    let Some(port) = value.as_integer() else { return };
    if (i64::from(APP_PORT_MIN)..=i64::from(u16::MAX)).contains(&port) {
        return;
    }
    let limit = if port > 0 && port < i64::from(APP_PORT_MIN) {
        format!("must be {APP_PORT_MIN} or more")
    } else {
        format!("ports end at {}", u16::MAX)
    };
    let finding = Finding::new(in_readme(value.range.clone()), format!("the Hub refuses `app_port: {port}`"))
        .label(limit)
        .help(format!("make the app listen on {APP_PORT_DEFAULT}, and write `app_port: {APP_PORT_DEFAULT}`"));
    found.push(finding);
}
