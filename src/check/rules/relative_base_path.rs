//! A `base_path` that does not begin with a slash.
//!
//! ## What it does
//! Looks at its first character.
//!
//! ## Why it matters
//! The path is appended to the host of the Space, so a URL or a relative path leads nowhere.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! base_path: docs
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! base_path: /docs
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::metadata::{quoted_like, text_of};
use crate::check::space::README;
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("relative-base-path", Group::Refused, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    let Some((text, node)) = text_of(readme, "base_path").filter(|(text, _)| !text.starts_with('/')) else { return };
    let mut finding = Finding::new(in_readme(node.range.clone()), "`base_path` does not begin with `/`")
        .label("a relative path")
        .help("write the path from the root of the Space, such as `/docs`");
    if text.chars().all(|char| char.is_ascii_alphanumeric() || "-_/.".contains(char)) {
        let path = format!("/{text}");
        let fix = Fix::safe(format!("write `{path}`"));
        finding = finding.fix(fix.replace(README, node.range.clone(), quoted_like(node, &path)));
    }
    found.push(finding);
}
