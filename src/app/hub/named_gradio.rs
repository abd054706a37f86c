//! What the files of an app name of Gradio.

use super::space::ExistingSpace;
use crate::app::dependencies::{self, Dependencies};
use crate::app::model::Evidence;
use crate::app::project::Project;
use crate::facts::python;
use crate::formats::requirements::Package;

pub(super) const PACKAGE: &str = "gradio";
pub(super) const REQUIREMENTS: &str = "requirements.txt";

/// What is named of Gradio.
pub(super) struct Named {
    /// What the version must meet.
    pub(super) lines: Vec<(Package, Evidence)>,
    /// The version in a lock, with which the app was tried.
    pub(super) locked: Option<(Package, Evidence)>,
}

/// What decides about the version.
pub(super) fn named(project: &Project<'_>, space: &ExistingSpace, app_file: &str) -> Named {
    let python = python(space);
    let of_gradio = |found: &Dependencies| -> Vec<_> {
        let lines = found.installable.iter().chain(&found.constraints);
        lines.filter(|(package, _)| is_plain(package, &python)).cloned().collect()
    };
    let of_hub = of_requirements(project);
    let elsewhere = elsewhere(project, app_file);
    let locked = elsewhere.iter().find_map(|found| found.locked_gradio.clone());
    let mut all = std::iter::once(&of_hub).chain(&elsewhere);
    let lines = all.find(|found| found.names.contains_key(PACKAGE)).map(of_gradio);
    let mut lines = lines.unwrap_or_default();
    // Constraints count for what the Hub installs, too
    for (package, evidence) in of_hub.constraints.iter().filter(|(package, _)| is_plain(package, &python)) {
        if !lines.iter().any(|(_, known)| known == evidence) {
            lines.push((package.clone(), evidence.clone()));
        }
    }
    Named { lines, locked }
}

/// What the Hub installs.
pub(super) fn of_requirements(project: &Project<'_>) -> Dependencies {
    let mut found = Dependencies::default();
    dependencies::lines_of(project, REQUIREMENTS, &mut found);
    found
}

/// What an image of its own would install, what `pyproject.toml` and Pipenv's files say beside a `requirements.txt`, and what is
/// optional.
pub(super) fn elsewhere(project: &Project<'_>, app_file: &str) -> [Dependencies; 4] {
    let folder = dependencies::folder_for(project, app_file, PACKAGE);
    let mut manifest = Dependencies::default();
    dependencies::manifest(project, "", &mut manifest);
    let optional = dependencies::optional(project, "");
    [dependencies::python(project, folder), manifest, dependencies::pipenv(project), optional]
}

/// Whether it names Gradio in a Space with this Python, from the index or as a wheel of a known version.
pub(super) fn is_plain(package: &Package, python: &str) -> bool {
    package.name == PACKAGE
        && package.counts_with(python)
        && (package.address.is_none() || package.wheel_version().is_some())
}

/// The Python of the Space, without the number of its release; the default if it has none.
pub(super) fn python(space: &ExistingSpace) -> String {
    let there = space.python.as_ref().map_or(python::DEFAULT, |python| &python.value);
    there.split('.').take(2).collect::<Vec<_>>().join(".")
}
