//! A version of Gradio that newer packages break.
//!
//! ## What it does
//! Compares the pinned version of Gradio, in `requirements.txt` or as `sdk_version`, with a table of what breaks it:
//! Gradio 4 sets no upper bound on `huggingface_hub`, which it cannot use from version 1 on, nor on `pydantic`, which
//! it cannot use from version 2.11 on. A file that includes others, or that has a package which holds them back, such
//! as `transformers`, is skipped.
//!
//! ## Why it matters
//! The app does not start: `ImportError: cannot import name 'HfFolder' from 'huggingface_hub'`; or its page says `No API
//! found`, with `TypeError: argument of type 'bool' is not iterable` in the log.
//!
//! ## Example
//! ```requirements.txt
//! gradio==4.44.1
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! gradio==4.44.1
//! huggingface_hub<1
//! pydantic==2.10.6
//! ```
//!
//! ## Source
//! <https://github.com/gradio-app/gradio/issues/11116>, <https://github.com/Zeyi-Lin/HivisionIDPhotos/issues/281>

use super::{Check, Finding, Fix, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_readme};
use crate::facts::python::BREAKS;

const FILE: &str = "requirements.txt";

pub(super) const RULE: Rule = Rule::new(
    "packages-that-break-together",
    Group::Risky,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter], check),
)
.only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker])
.of(Scope::EveryTarget);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let text = space.repo().text(FILE).unwrap_or_default();
    if text
        .lines()
        .any(|line| ["-r", "-c", "--requirement", "--constraint"].iter().any(|option| line.starts_with(option)))
    {
        return;
    }
    for row in BREAKS {
        let Some((version, place)) = pinned(space, row.package) else { continue };
        if version >= row.before.to_vec()
            || space.requirements().iter().any(|line| row.held_by.contains(&line.name.as_str()))
        {
            continue;
        }
        let other = space.requirements().iter().find(|line| line.name == row.other);
        let breaks = match other {
            None => true,
            Some(line) if line.conditional => false,
            Some(line) => match line.exact_numbers() {
                Some(version) => version >= row.since.to_vec(),
                None => {
                    !line.specifier.contains(['<', '~', '='])
                        || (line.specifier.starts_with(">=") && !line.specifier.contains(','))
                }
            },
        };
        if !breaks {
            continue;
        }
        let since = numbers(row.since);
        let mut finding = Finding::new(place, format!("this `{}` breaks with `{}` {since}", row.package, row.other))
            .label("sets no upper bound itself")
            .help(format!("add `{}`, or use a newer `{}`", row.pin, row.package));
        finding = match other {
            Some(line) => finding.related(Place::bytes(FILE, line.range.clone()), "allows the newest"),
            None if space.repo().text(FILE).is_some() => {
                let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
                let fix = Fix::with_care(format!("add `{}`", row.pin));
                finding.fix(fix.insert(FILE, text.len(), format!("{gap}{}\n", row.pin)))
            }
            None => finding,
        };
        found.push(finding);
    }
}

/// The version that a package is pinned to, and where.
fn pinned(space: &Space<'_>, package: &str) -> Option<(Vec<u32>, Place)> {
    if space.sdk() == SpaceSdk::Gradio && package == "gradio" {
        let node = space.readme()?.value("sdk_version")?;
        let version: Option<Vec<u32>> = node.as_str()?.split('.').map(|part| part.parse().ok()).collect();
        return Some((version?, in_readme(node.range.clone())));
    }
    let line = space.requirements().iter().find(|line| line.name == package && !line.conditional)?;
    Some((line.exact_numbers()?, Place::bytes(FILE, line.range.clone())))
}

fn numbers(version: &[u32]) -> String {
    version.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
