//! A malformed item of `preload_from_hub`.
//!
//! ## What it does
//! Checks that each item is `REPOSITORY [FILE,FILE] [COMMIT]`.
//!
//! ## Why it matters
//! The build stops: the Hub finds no such repository, file or commit.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub:
//! - https://huggingface.co/openai-community/gpt2
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub:
//! - openai-community/gpt2
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::metadata::list_of;
use crate::check::space::README;
use crate::formats::front_matter::Readme;
use crate::values::Preload;

pub(super) const RULE: Rule = Rule::new("malformed-preload", Group::Refused, Check::FrontMatter(check));

const ADDRESSES: [&str; 2] = ["https://huggingface.co/", "https://hf.co/"];

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    for item in list_of(readme, "preload_from_hub").into_iter().flatten() {
        let Some(text) = item.as_str() else { continue };
        let Err(error) = text.parse::<Preload>() else { continue };
        let mut finding = Finding::new(in_readme(item.range.clone()), format!("malformed preload: {error}"))
            .help("write `owner/name`, then files with commas between them, then a full commit hash");
        let plain =
            ADDRESSES.iter().find_map(|address| text.strip_prefix(address)).map(|rest| rest.trim_end_matches('/'));
        if let Some(plain) = plain.filter(|plain| plain.parse::<Preload>().is_ok()) {
            let fix = Fix::safe(format!("write `{plain}`"));
            finding = finding.fix(fix.replace(README, item.range.clone(), plain));
        }
        found.push(finding);
    }
}
