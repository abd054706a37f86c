//! A key that the Hub does not know.
//!
//! ## What it does
//! Looks for misspelt and shortened keys, and for names that are often mistaken for keys of a Space: `dockerfile`,
//! `hardware`, `env`. Any other key is skipped: it may be for another tool.
//!
//! ## Why it matters
//! The Hub silently ignores it.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! app-port: 7860
//! ---
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 7860
//! ---
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>

use super::{Check, Finding, Fix, Group, Rule, in_readme};
use crate::check::space::README;
use crate::facts::fields::{FIELDS, TAKEN_FOR_KEYS};
use crate::formats::front_matter::Readme;

pub(super) const RULE: Rule = Rule::new("unknown-key", Group::Wasteful, Check::FrontMatter(check));

fn check(readme: &Readme<'_>, found: &mut Vec<Finding>) {
    for entry in readme.entries() {
        let Some(key) = entry.key.as_str() else { continue };
        if FIELDS.iter().any(|field| field.key == key) {
            continue;
        }
        let plain = |key: &str| key.replace(['-', '_', ' '], "").to_lowercase();
        let meant = FIELDS.iter().map(|field| field.key).find(|known| plain(known) == plain(key));
        let place = in_readme(entry.key.range.clone());
        let finding = Finding::new(place, format!("unknown key `{key}`")).label("ignored");
        if let Some(known) = meant {
            let mut finding = finding.help(format!("write `{known}`"));
            if readme.entry(known).is_none() {
                let fix = Fix::safe(format!("write `{known}`"));
                finding = finding.fix(fix.replace(README, entry.key.range.clone(), known));
            }
            found.push(finding);
        } else if let Some((_, instead)) = TAKEN_FOR_KEYS.iter().find(|(name, _)| *name == key) {
            found.push(finding.help(*instead));
        } else if let Some(known) = near(key) {
            found.push(finding.help(format!("did you mean `{known}`?")));
        }
    }
}

/// A known key that differs in one or two letters of a long name, or of which this is the beginning.
fn near(key: &str) -> Option<&'static str> {
    let mut begun = FIELDS.iter().map(|field| field.key).filter(|known| key.len() >= 8 && known.starts_with(key));
    if let (Some(known), None) = (begun.next(), begun.next()) {
        return Some(known);
    }
    let close =
        |known: &&str| known.len() >= 6 && strsim::damerau_levenshtein(known, key) <= 1 + usize::from(known.len() > 10);
    FIELDS.iter().map(|field| field.key).find(close)
}
