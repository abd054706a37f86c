//! Finds pydub on a Python that no longer has the module it needs.
//!
//! ## What it does
//! Looks for `pydub` without `audioop-lts` in `requirements.txt`, with Python 3.13 or newer in `python_version` or the base image.
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

use super::{Finding, Fix, Group, Place, Rule, Space};
use crate::check::python::python_version;

pub(super) const RULE: Rule =
    Rule { id: "pydub-on-new-python", group: Group::Broken, source: include_str!("pydub_on_new_python.rs"), check };

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let requirements = space.requirements();
    let Some(line) = requirements.iter().find(|line| line.name == "pydub" && !line.conditional) else { return };
    let has_module = requirements.iter().any(|line| matches!(line.name.as_str(), "audioop-lts" | "pyaudioop"));
    let Some((version, place)) = python_version(space).filter(|(version, _)| *version >= (3, 13)) else { return };
    if has_module {
        return;
    }
    let text = space.repo().text(FILE).unwrap_or_default();
    let gap = if text[..line.line.end].ends_with('\n') { "" } else { "\n" };
    let added = format!("{gap}audioop-lts; python_version >= \"3.13\"\n");
    let finding = Finding::new(Place::bytes(FILE, line.range.clone()), "pydub needs a module that this Python has not")
        .label("imports `audioop`")
        .related(place, format!("this is Python {}.{}", version.0, version.1))
        .help("add `audioop-lts; python_version >= \"3.13\"`, or use Python 3.12")
        .fix(Fix::safe("add `audioop-lts`").insert(FILE, line.line.end, added));
    found.push(finding);
}
