//! Finds pydub on a Python that no longer has the module it needs.
//!
//! ## What it does
//! Looks for `pydub`, and for Gradio 4, which brings it, without `audioop-lts` in `requirements.txt`, with Python 3.13 or newer in `python_version` or the base image.
//!
//! ## Why it matters
//! `ModuleNotFoundError: No module named 'audioop'`, then `'pyaudioop'`: Python 3.13 took the module away.
//!
//! ## Example
//! ```requirements.txt
//! pydub==0.25.1
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! pydub==0.25.1
//! audioop-lts==0.2.2; python_version >= "3.13"
//! ```
//!
//! ## Source
//! <https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library>

use super::{Finding, Fix, Group, Place, Rule, Space, in_readme};
use crate::check::metadata::text_of;
use crate::check::python::python_version;
use crate::check::space::SpaceSdk;
use crate::repo::RequirementLine;

pub(super) const RULE: Rule =
    Rule { id: "pydub-on-new-python", group: Group::Broken, source: include_str!("pydub_on_new_python.rs"), check };

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let requirements = space.requirements();
    let has_module = requirements.iter().any(|line| matches!(line.name.as_str(), "audioop-lts" | "pyaudioop"));
    let Some((version, place)) = python_version(space).filter(|(version, _)| *version >= (3, 13)) else { return };
    if has_module {
        return;
    }
    let needs = |line: &&RequirementLine| {
        !line.conditional
            && (line.name == "pydub" || (line.name == "gradio" && line.exact_numbers().is_some_and(is_old)))
    };
    if let Some(line) = requirements.iter().find(needs) {
        let text = space.repo().text(FILE).unwrap_or_default();
        let gap = if text[..line.line.end].ends_with('\n') { "" } else { "\n" };
        let added = format!("{gap}audioop-lts; python_version >= \"3.13\"\n");
        let fix = Fix::safe("add `audioop-lts`").insert(FILE, line.line.end, added);
        found.push(finding(&line.name, Place::bytes(FILE, line.range.clone()), version, place).fix(fix));
        return;
    }
    let sdk_version = text_of(space, "sdk_version").filter(|_| space.sdk() == SpaceSdk::Gradio);
    let Some((text, node)) = sdk_version else { return };
    let numbers: Option<Vec<u32>> = text.split('.').map(|part| part.parse().ok()).collect();
    if numbers.is_some_and(is_old) {
        found.push(finding("gradio", in_readme(node.range.clone()), version, place));
    }
}

/// Gradio 4 imports pydub, and asks for no `audioop-lts`.
#[expect(clippy::needless_pass_by_value, reason = "as `is_some_and` hands it over")]
fn is_old(version: Vec<u32>) -> bool {
    version.first().is_some_and(|major| *major == 4)
}

fn finding(package: &str, at: Place, version: (u32, u32), place: Place) -> Finding {
    Finding::new(at, format!("`{package}` needs a module that this Python has not"))
        .label("imports `audioop`")
        .related(place, format!("this is Python {}.{}", version.0, version.1))
        .help("add `audioop-lts; python_version >= \"3.13\"`, or use Python 3.12")
}
