//! `pydub` on a Python without `audioop`.
//!
//! ## What it does
//! Looks for `pydub` without `audioop-lts` in `requirements.txt`, with Python 3.13 or newer in `python_version` or the
//! base image. Gradio requires pydub too; from 5.4 on it installs `audioop-lts` itself.
//!
//! ## Why it matters
//! `ModuleNotFoundError: No module named 'audioop'`, then `'pyaudioop'`: Python 3.13 removed the module.
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

use super::{Cause, Check, Finding, Fix, Group, Place, Rule, Scope, Space, SpaceSdk, Subject, in_readme};
use crate::check::python::python_version;
use crate::check::space::README;
use crate::facts::python::GRADIO_WITH_AUDIOOP;
use crate::formats::requirements::Package;
use crate::values::pep440::{Version, is_below, version as read_version};

pub(super) const RULE: Rule = Rule::new(
    "pydub-on-new-python",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

const FILE: &str = "requirements.txt";
const HELP: &str = "add `audioop-lts; python_version >= \"3.13\"`, or use Python 3.12";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let requirements = space.requirements();
    let Some((version, place)) = python_version(space).filter(|(version, _)| *version >= (3, 13)) else { return };
    if ["audioop-lts", "pyaudioop"].iter().any(|name| requirements.package(name).is_some()) {
        return;
    }
    let gradio = gradio(space);
    if gradio.as_ref().is_some_and(|gradio| gradio.brings_module) {
        return;
    }
    let this_is = format!("this is Python {}.{}", version.0, version.1);
    if let Some((_, line)) = requirements.packages().find(|(package, _)| is_plain(package, "pydub")) {
        let text = space.repo().text(FILE).unwrap_or_default();
        let gap = if text[..line.whole.end].ends_with('\n') { "" } else { "\n" };
        let added = format!("{gap}audioop-lts; python_version >= \"3.13\"\n");
        let place_of_line = Place::bytes(FILE, line.range.clone());
        let finding = Finding::new(place_of_line, "pydub needs a module that this Python does not have")
            .label("imports `audioop`")
            .related(place, this_is)
            .help(HELP);
        let fix = || Fix::safe("add `audioop-lts`").insert(FILE, line.whole.end, added);
        found.push(if requirements.needs_hashes() { finding } else { finding.fix(fix()) });
    } else if let Some(gradio) = gradio {
        let finding = Finding::new(gradio.place, "this Gradio needs a module that this Python does not have")
            .label("imports pydub, which imports `audioop`")
            .related(place, this_is)
            .help(format!("{HELP}, or a newer Gradio"));
        found.push(finding);
    }
}

/// The Gradio that is installed.
struct Gradio {
    place: Place,
    /// Whether it needs `audioop-lts` itself, so that pip installs it. An unknown version is taken for the newest, which does.
    brings_module: bool,
}

fn gradio(space: &Space<'_>) -> Option<Gradio> {
    let brings = |version: Option<&Version>| version.is_none_or(|version| !is_below(version, GRADIO_WITH_AUDIOOP));
    if space.sdk() == SpaceSdk::Gradio {
        return Some(match space.text_of("sdk_version") {
            Some((version, node)) => {
                Gradio { place: in_readme(node.range.clone()), brings_module: brings(read_version(version).as_ref()) }
            }
            None => Gradio { place: Place::file(README), brings_module: true },
        });
    }
    let (package, line) = space.requirements().packages().find(|(package, _)| is_plain(package, "gradio"))?;
    let place = Place::bytes(FILE, line.range.clone());
    Some(Gradio { place, brings_module: brings(package.versions.exact()) })
}

/// Whether it is this package, for every Python.
fn is_plain(package: &Package, name: &str) -> bool {
    package.name == name && !package.is_conditional()
}
