//! What the imports and requirements of a Python app need: missing packages, Debian packages, a
//! GPU.

use std::collections::{BTreeMap, BTreeSet};

use super::debian;
use super::dependencies::Dependencies;
use super::model::{App, Evidence, Note};
use super::project::{Project, PythonFile};
use crate::facts::python_modules::STANDARD;
use crate::facts::python_packages::{ALTERNATIVES, GPU, IMPORTS};
use crate::formats::python::Import;
use crate::formats::requirements::leading_name;
use crate::values::{Pins, normalised};

/// A longer list of missing packages does not help.
const MISSING_MAX: usize = 50;

/// Adds what follows from imports and requirements.
pub(super) fn complete(
    project: &Project<'_>,
    folder: &str,
    files: &[&PythonFile<'_>],
    needed: &Dependencies,
    app: &mut App,
) {
    let imported = imported(project, files);
    let missing = missing(&imported, needed);
    debian::listed(project, folder, app);
    debian::needed(needed, app);
    gpu(needed, app);
    for (package, evidence) in missing.into_iter().take(MISSING_MAX) {
        let pin = Pins::builtin().version(&normalised(&package));
        let line = pin.map_or_else(|| package.clone(), |version| format!("{package}=={version}"));
        let is_it = |item: &str| leading_name(item) == leading_name(&package);
        let already = app.install.packages().any(is_it);
        if !already {
            let note = Note::new(format!("`{package}` is imported, but nothing installs it"));
            let file = needed.file.as_deref().unwrap_or("requirements.txt");
            let note = if needed.checks_hashes {
                note.help(format!("add `{line}` to `{file}`, with its hashes"))
            } else {
                note.help(format!("add `{line}` to `{file}`, or have it added")).or_answer("pip", line)
            };
            app.notes.push(note.seen(evidence));
        }
    }
}

/// The third-party modules that are certainly imported, by their first name, with the place.
fn imported(project: &Project<'_>, files: &[&PythonFile<'_>]) -> BTreeMap<String, Evidence> {
    let mut found = BTreeMap::new();
    for file in files {
        for import in file.source.imports.iter().filter(|import| is_certain(import)) {
            let first = import.module.split('.').next().unwrap_or_default();
            let is_own = project.base_of(file.path, import.module).is_some();
            if is_own || STANDARD.contains(&first) || first.starts_with('_') || first.is_empty() {
                continue;
            }
            let evidence = file.evidence(import.at, format!("imports `{first}`"));
            found.entry(name(import)).or_insert(evidence);
        }
    }
    found
}

/// An import in a `try`, under a condition or in a function may never be run.
fn is_certain(import: &Import<'_>) -> bool {
    import.level == 0 && import.scope.is_top_level() && !import.scope.conditional
}

/// The name that identifies the package: `google.genai` and `google.cloud` are different ones.
fn name(import: &Import<'_>) -> String {
    let first = import.module.split('.').next().unwrap_or_default();
    if first != "google" {
        return first.to_owned();
    }
    match (import.module.split('.').nth(1), import.name) {
        (Some(second), _) => format!("google.{second}"),
        (None, Some(name)) => format!("google.{name}"),
        (None, None) => first.to_owned(),
    }
}

/// Imports whose package is not installed, with the name of that package.
fn missing(imported: &BTreeMap<String, Evidence>, needed: &Dependencies) -> Vec<(String, Evidence)> {
    if needed.is_unknown {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut missing = Vec::new();
    for (module, evidence) in imported {
        let known = IMPORTS.iter().find(|(name, _)| name == module).map(|(_, package)| *package);
        // A namespace of many packages: the right one is unknown
        if known.is_none() && module.contains('.') {
            continue;
        }
        let package = known.unwrap_or(module);
        let alternatives =
            ALTERNATIVES.iter().find(|(name, _)| name == module).map_or(&[][..], |(_, packages)| packages);
        let names = [normalised(package), normalised(module)];
        let has = names.iter().any(|name| needed.has(name)) || alternatives.iter().any(|name| needed.has(name));
        let has = has || needed.names.keys().any(|name| has_prefix(name, module));
        if !has && seen.insert(package.to_owned()) {
            missing.push((package.to_owned(), evidence.clone()));
        }
    }
    missing
}

/// Whether a package's name suggests that it contains a module: `python-foo`, `pyfoo`, `foo-python`, `foo-client`.
fn has_prefix(package: &str, module: &str) -> bool {
    let module = normalised(module);
    let rest = package.strip_prefix(&module).or_else(|| package.strip_suffix(&module));
    rest.is_some_and(|rest| rest.starts_with('-') || rest.ends_with('-') || rest == "py")
}

fn gpu(needed: &Dependencies, app: &mut App) {
    let found: Vec<_> = GPU.iter().filter(|(name, _)| needed.has(name)).collect();
    let Some((name, _)) = found.iter().find(|(_, needs)| *needs).or(found.first()) else { return };
    let needs = found.iter().any(|(_, needs)| *needs);
    let message = if needs {
        format!("`{name}` requires a GPU, but no hardware is chosen")
    } else {
        format!("`{name}` uses a GPU if there is one, but no hardware is chosen")
    };
    let note = Note::new(message).help("suggest a GPU, which is billed by the hour").or_answer("hardware", "t4-small");
    app.notes.push(match needed.names.get(*name) {
        Some(evidence) => note.seen(evidence.clone()),
        None => note,
    });
}
