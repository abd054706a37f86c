//! A package whose allowed versions have no wheel for the Python of the Space.
//!
//! ## What it does
//! Compares pinned packages, and those with an upper bound, such as `numpy<2` or `asyncpg==0.29.0`, with the Python of `python_version` or of the base
//! image, with a table of the oldest releases that have wheels for each Python. It is a warning where pip may build the package from its source.
//!
//! ## Why it matters
//! pip builds it from source, which takes minutes and fails without a compiler: `ERROR: Failed building wheel for
//! numpy`. Without a source, it stops: `ERROR: No matching distribution found for torch==2.1.2`.
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
//! The files of each release on `PyPI`; <https://numpy.org/doc/stable/release/2.1.0-notes.html>: the first release with wheels for Python 3.13.

use super::{Cause, Check, Finding, Group, Place, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::hub::sdk_version::{first_with_wheels, wheels_of};
use crate::app::image::packages::{lacks, lineage};
use crate::app::image::pip::Install;
use crate::check::diagnostic::Level;
use crate::check::python::python_version;
use crate::check::space::of_item;
use crate::facts::python_wheels::MEASURED;

pub(super) const RULE: Rule = Rule::new(
    "old-package-on-new-python",
    Group::Broken,
    Check::Views(&[Subject::Requirements, Subject::FrontMatter, Subject::Dockerfile], check),
)
.of(Scope::EveryTarget)
.caused_by(Cause::Pip);

/// A pure package, of which only a dependency has no wheel.
const PURE: &str = "streamlit";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let installed = space.installed();
    if installed.has_other_index {
        return;
    }
    for (command, item) in installed.items() {
        let Some(package) = item.package().filter(|package| package.address.is_none() && package.name != PURE) else {
            continue;
        };
        let Some(row) = wheels_of(package) else { continue };
        let Some(((major, minor), place)) = python(space, command) else { continue };
        if !package.counts_with(&format!("{major}.{minor}")) {
            continue;
        }
        let newest = row.newest.split_once('.').and_then(|(_, minor)| minor.parse::<u64>().ok()).unwrap_or(u64::MAX);
        if major != 3 || minor <= newest {
            continue;
        }
        let name = &package.name;
        let message = format!("this `{name}` has no wheel for Python {major}.{minor}");
        let finding = Finding::new(of_item(item), message)
            .label(if row.has_source { "built from source" } else { "nothing to install" })
            .related(place, format!("this is Python {major}.{minor}"))
            .help(help(name, minor, row.newest, newest));
        let is_certain = !row.has_source || fails_to_build(space, command, name);
        found.push(if is_certain { finding } else { finding.at_most(Level::Warning) });
    }
}

/// The release or the Python that fits.
fn help(name: &str, python: u64, older: &str, older_minor: u64) -> String {
    let release = match first_with_wheels(name, python) {
        Some(first) => format!("use {name} {first} or newer"),
        None => format!("use a newer {name}"),
    };
    // Before the oldest Python that was measured, there may be releases without wheels for it, too
    let condition = if older_minor > MEASURED.0 { "" } else { ", if this release has wheels for it," };
    format!("{release}, or{condition} Python {older}")
}

/// The Python that a command installs for.
fn python(space: &Space<'_>, command: &Install) -> Option<((u64, u64), Place)> {
    let Some((stage, _)) = command.at else { return python_version(space) };
    let (stages, image) = lineage(space.docker()?, stage);
    let (major, minor) = image?.python_version()?;
    Some(((major.into(), minor.into()), in_dockerfile(stages.first()?.from.image.range.clone())))
}

/// Whether its source certainly cannot be built.
fn fails_to_build(space: &Space<'_>, command: &Install, name: &str) -> bool {
    match (space.docker(), command.at) {
        (Some(dockerfile), Some((stage, step))) => lacks(dockerfile, stage, Some(step), "gcc"),
        // Seen in failing Spaces
        _ => name == "numpy",
    }
}

#[cfg(test)]
mod tests {
    use super::help;

    #[test]
    fn the_help_names_a_release_for_this_python() {
        for (name, python, older, expected) in [
            ("pandas", 13, 10, "use pandas 2.2.3 or newer, or, if this release has wheels for it, Python 3.10"),
            ("pandas", 11, 10, "use pandas 1.5 or newer, or, if this release has wheels for it, Python 3.10"),
            ("pandas", 14, 12, "use pandas 2.3.3 or newer, or Python 3.12"),
            ("pandas", 15, 12, "use a newer pandas, or Python 3.12"),
        ] {
            assert_eq!(help(name, python, &format!("3.{older}"), older), expected);
        }
    }
}
