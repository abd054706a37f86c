//! A server that only a group or an extra of `pyproject.toml` has, which the image does not install: `uv sync --no-dev`.
//!
//! Source: <https://docs.astral.sh/uv/concepts/projects/sync/>.

use crate::app::dependencies::Dependencies;
use crate::app::model::Note;
use crate::app::paths::within;
use crate::app::project::{Project, PythonFile};
use crate::facts::python_packages::BRINGS;
use crate::formats::pyproject::Pyproject;
use crate::formats::requirements::leading_name;

/// Packages that start a server: others may come with one that the project has.
const SERVERS: [&str; 8] = ["chainlit", "dash", "fastapi", "flask", "gradio", "nicegui", "panel", "streamlit"];

/// The server, and the note about it.
pub(super) fn note(
    project: &Project<'_>,
    folder: &str,
    files: &[&PythonFile<'_>],
    needed: &Dependencies,
) -> Option<(&'static str, Note)> {
    if needed.file.as_deref() != Some("uv.lock") {
        return None;
    }
    let path = within(folder, "pyproject.toml");
    let read = Pyproject::read(project.repo.text(&path)?)?;
    if read.dynamic_dependencies.is_some() {
        return None;
    }
    let installed: Vec<String> =
        read.dependencies.iter().flatten().filter_map(|placed| leading_name(&placed.text)).collect();
    let is_installed = |name: &str| {
        let brings = |by: &String| BRINGS.iter().any(|(known, brought)| known == by && brought.contains(&name));
        installed.iter().any(|known| known == name || brings(known))
    };
    let imports = |name: &str| {
        let mut imports = files.iter().flat_map(|file| &file.source.imports);
        imports.any(|import| import.scope.is_top_level() && import.module.split('.').next() == Some(name))
    };
    SERVERS.into_iter().filter(|name| imports(name) && !is_installed(name)).find_map(|name| {
        let is_it = |text: &str| leading_name(text).as_deref() == Some(name);
        let (group, placed) = read
            .left_out
            .iter()
            .find_map(|(group, requirements)| Some((group, requirements.iter().find(|placed| is_it(&placed.text))?)))?;
        let note = Note::new(format!("`{name}` is only in `{group}` of {path}, which the image does not install"));
        let evidence = project.evidence_at(&path, placed.range.start, "names it");
        let help = format!("add it to `dependencies` of {path} with `uv add {name}`, which also renews the lock");
        Some((name, note.help(help).seen(evidence)))
    })
}
