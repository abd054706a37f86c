//! A version of Gradio that newer packages break.
//!
//! ## What it does
//! Compares the pinned version of Gradio, in `requirements.txt` or as `sdk_version`, with a table of what breaks it:
//! Gradio 4 sets no upper bound on `huggingface_hub`, which it cannot use from version 1 on, nor on `pydantic`, which
//! it cannot use from version 2.11 on, nor on `starlette`, which Gradio 3 and 4 cannot use from version 1 on. Gradio 3.28 to 3.39 cannot use
//! newer versions of `gradio_client`. A file that includes others, or that has a package which holds them back, such
//! as `transformers`, is skipped.
//!
//! ## Why it matters
//! The app does not start: `ImportError: cannot import name 'HfFolder' from 'huggingface_hub'`; or its page says `No API
//! found`, with `TypeError: argument of type 'bool' is not iterable` or `TypeError: unhashable type: 'dict'` in the log.
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
//! starlette<1
//! ```
//!
//! ## Source
//! <https://github.com/gradio-app/gradio/issues/11116>, <https://github.com/Zeyi-Lin/HivisionIDPhotos/issues/281>

use super::{Cause, Check, Finding, Fix, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_readme};
use crate::facts::python::{BREAKS, Break};
use crate::formats::requirements::Package;
use crate::values::pep440::{self, Version, is_below};

const FILE: &str = "requirements.txt";

pub(super) const RULE: Rule = Rule::new(
    "packages-that-break-together",
    Group::Risky,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter], check),
)
.only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker])
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let requirements = space.requirements();
    if requirements.has_includes() {
        return;
    }
    for row in BREAKS {
        let Some((version, place)) = pinned(space, row.package) else { continue };
        let is_held_back = row.held_by.iter().any(|name| requirements.package(name).is_some());
        let other = requirements.package(row.other);
        let is_old = is_below(&version, row.before) && !is_below(&version, row.from);
        if !is_old || is_held_back || !breaks(other.map(|(package, _)| package), row) {
            continue;
        }
        let since = numbers(row.since);
        let mut finding = Finding::new(place, format!("this `{}` breaks with `{}` {since}", row.package, row.other))
            .label("sets no upper bound itself")
            .help(format!("add `{}`, or use a newer `{}`", row.pin, row.package));
        finding = match other {
            Some((_, line)) => finding.related(Place::bytes(FILE, line.range.clone()), "allows the newest"),
            None => match addition(space, row.pin) {
                Some(fix) => finding.fix(fix),
                None => finding,
            },
        };
        found.push(finding);
    }
}

/// Whether a version that breaks is installed of the other package.
fn breaks(other: Option<&Package>, row: &Break) -> bool {
    let Some(package) = other else { return true };
    let takes = match package.versions.exact() {
        Some(version) => !is_below(version, row.since),
        None => package.versions.takes_newest(),
    };
    takes && !package.is_conditional()
}

/// Adds a line to a file that can take one more: a pin without a hash breaks an install that checks hashes.
fn addition(space: &Space<'_>, pin: &str) -> Option<Fix> {
    let text = space.repo().text(FILE)?;
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let can_grow = !space.requirements().needs_hashes() && !text.trim_end().ends_with('\\');
    let fix = || Fix::with_care(format!("add `{pin}`"));
    can_grow.then(|| fix().insert(FILE, text.len(), format!("{gap}{pin}\n")))
}

/// The version that a package is pinned to, and where.
fn pinned(space: &Space<'_>, package: &str) -> Option<(Version, Place)> {
    if space.sdk() == SpaceSdk::Gradio && package == "gradio" {
        let node = space.readme()?.value("sdk_version")?;
        return Some((pep440::version(node.as_str()?)?, in_readme(node.range.clone())));
    }
    let mut lines = space.requirements().packages();
    let (package, line) = lines.find(|(found, _)| found.name == package && !found.is_conditional())?;
    Some((package.versions.exact()?.clone(), Place::bytes(FILE, line.range.clone())))
}

fn numbers(version: &[u32]) -> String {
    version.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
