//! A project whose version comes from git: an image has no `.git`, and installing the project stops without a version.

use crate::app::dependencies::Dependencies;
use crate::app::manifests;
use crate::app::model::{App, Note, Seen};
use crate::app::project::Project;
use crate::facts::version_tools::VERSION;

const FILE: &str = "pyproject.toml";

/// Gives it one, or reports that it has none.
pub(super) fn complete(project: &Project<'_>, needed: &Dependencies, app: &mut App) {
    // The image installs the project itself beside what these name
    let installs = matches!(needed.file.as_deref(), Some(FILE | "uv.lock" | "poetry.lock" | "pdm.lock"));
    let Some(manifest) = project.manifests.pyproject(project.repo, "").filter(|_| installs) else { return };
    let Some((tool, place)) = manifest.version_of_git.as_ref().filter(|_| manifest.has_build_system) else { return };
    let evidence =
        manifests::evidence(project.repo, FILE, place, format!("`{}` takes the version from git", tool.package));
    match tool.variable {
        Some(variable) => app.install.variables.push(Seen::usual(format!("{variable}={VERSION}"), evidence)),
        None => {
            let message =
                format!("`{}` takes the version from git, which an image does not have: its build stops", tool.package);
            let help = format!("set `{}` below `[tool.{}]`, or `version` itself", tool.fallback, tool.package);
            app.image_notes.push(Note::new(message).help(help).seen(evidence));
        }
    }
}
