//! A `numpy` without a wheel for the Python of the Space.
//!
//! ## What it does
//! Compares a pinned `numpy` below 2.1 with Python 3.13 or newer, in `python_version` or the base image.
//!
//! ## Why it matters
//! pip builds it from source, which takes minutes and fails without a compiler: `ERROR: Failed building wheel for
//! numpy`.
//!
//! ## Example
//! ```requirements.txt
//! numpy==1.26.4
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! numpy==2.3.5
//! ```
//!
//! ## Source
//! <https://numpy.org/doc/stable/release/2.1.0-notes.html>: the first release with wheels for Python 3.13.

use super::{Cause, Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::check::python::python_version;
use crate::values::pep440::is_below;

pub(super) const RULE: Rule = Rule::new(
    "old-numpy-on-new-python",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

const FILE: &str = "requirements.txt";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((version, place)) = python_version(space).filter(|(version, _)| *version >= (3, 13)) else { return };
    for (package, line) in space.requirements().packages() {
        let exact = package.versions.exact().filter(|_| package.name == "numpy" && !package.is_conditional());
        if exact.is_none_or(|exact| !is_below(exact, &[2, 1])) {
            continue;
        }
        let finding =
            Finding::new(Place::bytes(FILE, line.range.clone()), "this NumPy has no wheel for the Python of the Space")
                .label("built from source")
                .related(place.clone(), format!("this is Python {}.{}", version.0, version.1))
                .help("use numpy 2.1 or newer, or Python 3.12");
        found.push(finding);
    }
}
