//! Finds pydub on a Python that no longer has the module it needs.
//!
//! ## What it does
//! Looks for `pydub` without `audioop-lts` in `requirements.txt`, with Python 3.13 or newer in `python_version` or the base image.
//! Gradio needs pydub too; from 5.4 on it brings `audioop-lts` itself.
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

use super::{Check, Finding, Fix, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_readme};
use crate::app::exact_numbers;
use crate::check::python::python_version;
use crate::check::space::README;
use crate::facts::python::GRADIO_WITH_AUDIOOP;

pub(super) const RULE: Rule = Rule::new(
    "pydub-on-new-python",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.of(Scope::EveryTarget);

const FILE: &str = "requirements.txt";
const HELP: &str = "add `audioop-lts; python_version >= \"3.13\"`, or use Python 3.12";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let requirements = space.requirements();
    let Some((version, place)) = python_version(space).filter(|(version, _)| *version >= (3, 13)) else { return };
    if requirements.iter().any(|line| matches!(line.name.as_str(), "audioop-lts" | "pyaudioop")) {
        return;
    }
    let gradio = gradio(space);
    if gradio.as_ref().is_some_and(|gradio| gradio.brings_module) {
        return;
    }
    let this_is = format!("this is Python {}.{}", version.0, version.1);
    if let Some(line) = requirements.iter().find(|line| line.name == "pydub" && !line.conditional) {
        let text = space.repo().text(FILE).unwrap_or_default();
        let gap = if text[..line.line.end].ends_with('\n') { "" } else { "\n" };
        let added = format!("{gap}audioop-lts; python_version >= \"3.13\"\n");
        let place_of_line = Place::bytes(FILE, line.range.clone());
        let finding = Finding::new(place_of_line, "pydub needs a module that this Python has not")
            .label("imports `audioop`")
            .related(place, this_is)
            .help(HELP)
            .fix(Fix::safe("add `audioop-lts`").insert(FILE, line.line.end, added));
        found.push(finding);
    } else if let Some(gradio) = gradio {
        let finding = Finding::new(gradio.place, "this Gradio needs a module that this Python has not")
            .label("imports pydub, and that imports `audioop`")
            .related(place, this_is)
            .help(format!("{HELP}, or a newer Gradio"));
        found.push(finding);
    }
}

/// The Gradio that is installed.
struct Gradio {
    place: Place,
    /// Whether it needs `audioop-lts` itself, so that pip installs it. The newest does, and so stands for an unknown one.
    brings_module: bool,
}

fn gradio(space: &Space<'_>) -> Option<Gradio> {
    let brings = |version: &str| exact_numbers(version).is_none_or(|numbers| *numbers >= *GRADIO_WITH_AUDIOOP);
    if space.sdk() == SpaceSdk::Gradio {
        return Some(match space.text_of("sdk_version") {
            Some((version, node)) => Gradio { place: in_readme(node.range.clone()), brings_module: brings(version) },
            None => Gradio { place: Place::file(README), brings_module: true },
        });
    }
    let line = space.requirements().iter().find(|line| line.name == "gradio" && !line.conditional)?;
    let place = Place::bytes(FILE, line.range.clone());
    Some(Gradio { place, brings_module: line.exact().is_none_or(brings) })
}
