//! The packages in the lock file of a `pyproject.toml`: which of them an image installs, and up to which Python.
//!
//! An image installs neither groups nor extras: `uv sync --no-dev`, `poetry install --only main`, `pdm sync --prod`.

use std::collections::{BTreeMap, BTreeSet};

use super::manifests;
use super::model::Evidence;
use super::paths::within;
use super::project::Project;
use super::versions::minor;
use crate::facts::base_images::Runtime;
use crate::facts::python::{DEFAULT, IMAGE_VERSIONS};
use crate::formats::pyproject::Pyproject;
use crate::formats::python_lock::{Locked, newest_with_wheels, packages};
use crate::formats::requirements::{Package, leading_name};
use crate::order;
use crate::values::normalised;

/// The lock file of the `pyproject.toml` in a folder.
pub(super) fn file_of(project: &Project<'_>, folder: &str) -> Option<&'static str> {
    let has = |name: &str| project.repo.get(&within(folder, name)).is_some();
    let locks = crate::values::Dependencies::locks(Runtime::Python).map(|(file, _)| file);
    locks.filter(|lock| *lock != "Pipfile.lock" && has(lock)).find(|_| has("pyproject.toml"))
}

/// What a lock file says.
#[derive(Debug, Default)]
pub(super) struct Lock {
    /// The names of what an image installs.
    pub(super) installed: Vec<(String, Evidence)>,
    /// The names of what only groups and extras need.
    pub(super) left_out: BTreeSet<String>,
    /// The version of Gradio, if it has one alone.
    pub(super) gradio: Option<(Package, Evidence)>,
    pub(super) versions: Vec<LockedVersion>,
}

/// A version that an image installs with every Python. Of several versions of a package it is not known which is installed.
#[derive(Debug)]
pub(super) struct LockedVersion {
    pub(super) name: String,
    pub(super) version: String,
    /// The newest Python up to the default one with a wheel, if the file lists wheels.
    pub(super) newest_python: Option<&'static str>,
    pub(super) evidence: Evidence,
}

/// Reads a lock file, beside the names of what the project needs itself.
pub(super) fn read(project: &Project<'_>, folder: &str, lock: &str, named: &BTreeMap<String, Evidence>) -> Lock {
    let path = within(folder, lock);
    let all: Vec<Locked<'_>> = packages(project.repo.text(&path).unwrap_or_default()).collect();
    let manifest = project.manifests.pyproject(project.repo, folder);
    let installed = installed(&all, manifest.as_deref());
    let conditional = conditional(&all, named);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for locked in &all {
        *numbers.entry(locked.name.text.as_str()).or_default() += 1;
    }
    let mut found = Lock::default();
    for locked in &all {
        let name = &locked.name.text;
        if installed.as_ref().is_some_and(|installed| !installed.contains(name.as_str())) {
            found.left_out.insert(name.clone());
            continue;
        }
        let evidence = |why: String| manifests::evidence(project.repo, &path, &locked.name.range, why);
        found.installed.push((name.clone(), evidence("locks it".to_owned())));
        let Some(version) = locked.version.filter(|_| numbers.get(name.as_str()) == Some(&1)) else { continue };
        let evidence = evidence(format!("locks `{name}=={version}`"));
        if name == "gradio" {
            found.gradio = Package::read(&format!("gradio=={version}")).map(|package| (package, evidence.clone()));
        }
        if !conditional.contains(name) {
            let (name, version, newest_python) = (name.clone(), version.to_owned(), newest_python(locked));
            found.versions.push(LockedVersion { name, version, newest_python, evidence });
        }
    }
    found.left_out.retain(|name| !named.contains_key(name));
    found
}

/// The newest Python up to the default one that has a wheel in the lock file.
fn newest_python(locked: &Locked<'_>) -> Option<&'static str> {
    let offered = IMAGE_VERSIONS.iter().copied().filter(|offered| minor(offered) <= minor(DEFAULT));
    newest_with_wheels(locked.wheels(), offered, |offered| u64::from(minor(offered)))
}

/// The names of what an image installs. None if that is not known.
fn installed<'l>(all: &'l [Locked<'_>], manifest: Option<&Pyproject>) -> Option<BTreeSet<&'l str>> {
    if all.iter().any(Locked::has_group) {
        let wanted = all.iter().filter(|locked| !locked.is_left_out());
        return Some(order::set(wanted.map(|locked| locked.name.text.as_str())));
    }
    let manifest =
        manifest.filter(|manifest| !manifest.has_default_groups && manifest.dynamic_dependencies.is_none())?;
    let own = all.iter().find(|locked| locked.is_project());
    let roots: Vec<String> = match own {
        Some(own) => own.needs().map(|need| need.name).collect(),
        None if all.iter().any(|locked| locked.text.contains("\nsource = { ")) => return None,
        None => names_of(manifest),
    };
    let mut by_name: BTreeMap<&str, Vec<&Locked<'_>>> = BTreeMap::new();
    for locked in all {
        by_name.entry(locked.name.text.as_str()).or_default().push(locked);
    }
    let mut found: BTreeSet<&str> = order::set(own.map(|own| own.name.text.as_str()));
    let mut next = roots;
    while let Some(name) = next.pop() {
        let Some((name, locked)) = by_name.get_key_value(name.as_str()) else { continue };
        if found.insert(name) {
            next.extend(locked.iter().flat_map(|locked| locked.all_needs()).map(|need| need.name));
        }
    }
    Some(found)
}

/// The names of what a project needs itself.
fn names_of(manifest: &Pyproject) -> Vec<String> {
    let of_poetry = manifest.poetry.iter().flatten().map(|dependency| normalised(&dependency.name.text));
    let named = manifest.dependencies.iter().flatten().filter_map(|placed| leading_name(&placed.text));
    of_poetry.chain(named).collect()
}

/// The names of what is only needed on some Pythons.
fn conditional(all: &[Locked<'_>], named: &BTreeMap<String, Evidence>) -> BTreeSet<String> {
    let needs: Vec<_> = all.iter().flat_map(Locked::all_needs).collect();
    let always = needs.iter().filter(|need| !need.is_for_some_pythons).map(|need| need.name.as_str());
    let always: BTreeSet<&str> = order::set(always);
    let sometimes = needs.iter().filter(|need| need.is_for_some_pythons).map(|need| need.name.clone());
    order::set(sometimes.filter(|name| !always.contains(name.as_str()) && !named.contains_key(name)))
}
