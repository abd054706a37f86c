//! The dependency file of a project, and the packages in it.

use std::rc::Rc;

use super::locked;
use super::manifests;
use super::model::Evidence;
use super::named::NAMES_MAX;
pub(super) use super::named::{Conda, Dependencies};
use super::paths::{folder_of, within};
use super::project::Project;
use crate::facts::python_names::{OF_CONDA, OF_CONDA_IN_DEBIAN, SAME_NAME};
use crate::facts::python_packages::IMPORTS;
use crate::formats::conda::{Environment, name_of, versions_of};
use crate::formats::pipfile_lock::PipfileLock;
use crate::formats::pyproject::Pyproject;
use crate::formats::requirements::{Content, Flag, Line, Package, Requirement, leading_name};
use crate::formats::{Placed, pipfile, python_version};
use crate::values::normalised;

/// The lock file of Pipenv.
const PIPFILE_LOCK: &str = "Pipfile.lock";

/// The folder with the dependencies of an app: the root, unless a nearer folder lists its framework and the root does
/// not.
pub(super) fn folder_for<'p>(project: &Project<'_>, app: &'p str, framework: &str) -> &'p str {
    let has = |folder: &str| {
        ["requirements.txt", "pyproject.toml", "environment.yml", "environment.yaml", "Pipfile"]
            .iter()
            .any(|name| project.repo.get(&within(folder, name)).is_some())
    };
    let mut folder = folder_of(app);
    let mut nearest = None;
    loop {
        if has(folder) {
            nearest = nearest.or(Some(folder));
        }
        if folder.is_empty() {
            if nearest == Some("") {
                return "";
            }
            let names = |folder: &str| python(project, folder).has(framework);
            return nearest.filter(|nearest| !has("") || (names(nearest) && !names(""))).unwrap_or("");
        }
        folder = folder_of(folder);
    }
}

/// Reads the dependencies of a folder.
pub(super) fn python(project: &Project<'_>, folder: &str) -> Dependencies {
    let mut found = Dependencies::default();
    let has = |name: &str| project.repo.get(&within(folder, name)).is_some();
    let manifest = manifest(project, folder, &mut found);
    if let Some(lock) = locked::file_of(project, folder) {
        found.take(locked::read(project, folder, lock, &found.names));
        found.choose(lock, folder, "is the lock of `pyproject.toml`");
    } else if has("requirements.txt") {
        if manifest.is_some() {
            // Only one of the two is installed
            (found.names, found.extras, found.installable, found.apart) = Default::default();
        }
        lines_of(project, &within(folder, "requirements.txt"), &mut found);
        // Requirements of a subfolder are installed one by one
        found.checks_hashes &= folder.is_empty();
        found.choose("requirements.txt", folder, "names the dependencies");
    } else if manifest == Some(NamedFor::Poetry) {
        found.choose("poetry.lock", folder, "");
        let why = "is one of Poetry, without a lock";
        found.evidence = Some(Evidence::file(within(folder, "pyproject.toml"), why));
    } else if manifest.is_some() {
        found.choose("pyproject.toml", folder, "names the dependencies");
    } else if has(PIPFILE_LOCK) && has("Pipfile") && of_pipfile_lock(project, folder, &mut found) {
        found.choose(PIPFILE_LOCK, folder, "is the lock of `Pipfile`");
    } else {
        elsewhere(project, folder, &mut found);
    }
    found
}

/// The tools that read the dependencies of a `pyproject.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedFor {
    Every,
    Poetry,
}

/// The dependencies of `pyproject.toml`. None if it lists none.
pub(super) fn manifest(project: &Project<'_>, folder: &str, found: &mut Dependencies) -> Option<NamedFor> {
    let manifest = project.manifests.pyproject(project.repo, folder)?;
    let path = within(folder, "pyproject.toml");
    let evidence = |placed: &Placed| manifests::evidence(project.repo, &path, &placed.range, "names it");
    let around = project.manifests.with_workspace(project.repo, folder);
    for requirement in manifest.dependencies.iter().flatten().take(NAMES_MAX) {
        // uv and Poetry take it from another place than the index
        let name = leading_name(&requirement.text).unwrap_or_default();
        let of = |(base, manifest): &(String, Rc<Pyproject>)| {
            let origin = manifest.source(&name).map(|source| source.origin(manifest))?;
            Some((base.clone(), origin))
        };
        if let Some((base, Some(origin))) = around.iter().find_map(of) {
            found.set_apart(&name, (base, origin), evidence(requirement));
            continue;
        }
        let source = around.iter().find_map(|(_, manifest)| manifest.source(&name));
        let extras = || Package::read(&requirement.text).map(|package| package.extras).unwrap_or_default();
        let elsewhere = source.filter(|source| source.has_address()).map(|source| source.requirement(&extras()));
        found.add(&elsewhere.unwrap_or_else(|| requirement.text.clone()), evidence(requirement));
    }
    found.is_unknown = manifest.dynamic_dependencies.is_some();
    for dependency in manifest.poetry.iter().flatten().take(NAMES_MAX) {
        match dependency.origin(&manifest) {
            Some(origin) => {
                found.set_apart(&dependency.name.text, (folder.to_owned(), origin), evidence(&dependency.name));
            }
            None => found.add(&dependency.requirement(&[]), evidence(&dependency.name)),
        }
    }
    let of_all = manifest.dependencies.as_ref().map(|_| NamedFor::Every);
    of_all.or_else(|| manifest.poetry.as_ref().map(|_| NamedFor::Poetry))
}

/// What the groups and extras of `pyproject.toml` name, which are only installed on request.
pub(super) fn optional(project: &Project<'_>, folder: &str) -> Dependencies {
    let mut found = Dependencies::default();
    let manifest = project.manifests.pyproject(project.repo, folder);
    let path = within(folder, "pyproject.toml");
    for requirement in manifest.iter().flat_map(|manifest| &manifest.optional).take(NAMES_MAX) {
        let evidence = manifests::evidence(project.repo, &path, &requirement.range, "names it");
        found.add(&requirement.text, evidence);
    }
    found
}

/// The lines of a requirements file and of those that it includes.
pub(super) fn lines_of(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    constraints_of(project, path, found);
    for file in project.manifests.requirements(project.repo, path, false) {
        found.checks_hashes |= file.read.needs_hashes();
        found.has_other_index |= file.read.has_other_index();
        for line in &file.read.lines {
            let evidence = || file.evidence(line.range.start, "names it");
            match &line.content {
                Content::Package(package) => found.add_package(package, evidence()),
                Content::Invalid(invalid) => {
                    if let Some(name) = &invalid.name {
                        found.names.entry(name.clone()).or_insert_with(evidence);
                    }
                }
                Content::Place(place) => match place.named_wheel() {
                    Some(requirement) => found.add(&requirement, evidence()),
                    None => found.set_line_apart(&place.text, evidence()),
                },
                Content::Options => {
                    for place in line.values(Flag::Editable) {
                        found.set_line_apart(place, evidence());
                    }
                }
            }
            found.places += places(line).count();
            found.is_unknown |= places(line).any(|place| place.starts_with('.'));
            if places(line).any(|place| place.contains("git+")) {
                found.fetches(file.evidence(line.range.start, "is fetched with git"));
            }
        }
    }
}

/// The lines of the files with constraints that a requirements file names.
fn constraints_of(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let read = |constraints| project.manifests.requirements(project.repo, path, constraints);
    let installed = read(false);
    for file in read(true).iter().filter(|file| !installed.iter().any(|other| other.path == file.path)) {
        let packages = file.read.packages().take(NAMES_MAX);
        let seen = packages.map(|(package, line)| (package.clone(), file.evidence(line.range.start, "restricts it")));
        found.constraints.extend(seen);
    }
}

/// The addresses and paths that a line installs from.
fn places(line: &Line) -> impl Iterator<Item = &str> {
    let own = match &line.content {
        Content::Package(package) => package.address.as_ref().map(|(address, _)| address.as_str()),
        Content::Place(place) => Some(place.text.as_str()),
        Content::Options | Content::Invalid(_) => None,
    };
    own.into_iter().chain(line.values(Flag::Editable))
}

/// Other dependency files: their requirements can be installed, though not the file.
fn elsewhere(project: &Project<'_>, folder: &str, found: &mut Dependencies) {
    let has = |name: &str| project.repo.get(&within(folder, name)).is_some();
    for name in ["environment.yml", "environment.yaml"].into_iter().filter(|name| has(name)) {
        conda(project, &within(folder, name), found);
    }
    if has("Pipfile") {
        of_pipfile(project, &within(folder, "Pipfile"), found);
    }
    let is_dynamic = std::mem::take(&mut found.is_unknown);
    let unread = ["setup.py", "setup.cfg"].into_iter().find(|name| has(name));
    let unread = unread.or_else(|| is_dynamic.then_some("pyproject.toml"));
    found.unread = unread.map(|name| Evidence::file(within(folder, name), "says what the app needs"));
}

/// `environment.yml`: the requirements under `pip:` are used, and the packages of conda that the index has; the others are reported.
fn conda(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let environment = Environment::read(project.repo.text(path).unwrap_or_default());
    let evidence = Evidence::file(path, "is a conda environment");
    for line in &environment.pip {
        let evidence = manifests::evidence(project.repo, path, &line.range, "names it under `pip`");
        found.add(&line.text, evidence.clone());
        found.lines.push((line.text.clone(), evidence));
    }
    let mut packages = Vec::new();
    for package in environment.packages {
        let name = normalised(name_of(&package.text));
        found.names.entry(name.clone()).or_insert_with(|| evidence.clone());
        let evidence = || manifests::evidence(project.repo, path, &package.range, "names it");
        if let Some((_, debian)) = OF_CONDA_IN_DEBIAN.iter().find(|(known, _)| *known == name) {
            found.debian.push(((*debian).to_owned(), evidence()));
        } else if let Some(line) = on_index(&name, &package.text) {
            found.add(&line, evidence());
            found.lines.push((line, evidence()));
        } else {
            packages.push(package.text);
        }
    }
    let python = environment.python.and_then(|version| python_version::named(&version.text));
    found.conda = Some(Conda { evidence, packages, python });
}

/// The requirement for a package of conda, if the index has it under a known name.
fn on_index(name: &str, package: &str) -> Option<String> {
    let other = OF_CONDA.iter().find(|(known, _)| *known == name).map(|(_, other)| (*other).to_owned());
    let is_known = || {
        let modules = SAME_NAME.iter().copied().chain(IMPORTS.iter().map(|(_, package)| *package));
        modules.map(normalised).any(|known| known == name)
    };
    let line = format!("{}{}", other.or_else(|| is_known().then(|| name.to_owned()))?, versions_of(package));
    line.parse::<Requirement>().is_ok().then_some(line)
}

/// What Pipenv would install at the root.
pub(super) fn pipenv(project: &Project<'_>) -> Dependencies {
    let mut found = Dependencies::default();
    if project.repo.get("Pipfile").is_none() {
        return found;
    }
    if !of_pipfile_lock(project, "", &mut found) {
        of_pipfile(project, "Pipfile", &mut found);
    }
    let is_locked = |(package, evidence): &&(Package, Evidence)| {
        package.name == "gradio" && evidence.path == PIPFILE_LOCK && !package.is_conditional()
    };
    found.locked_gradio = found.installable.iter().find(is_locked).cloned();
    if let Some((package, evidence)) = &mut found.locked_gradio {
        evidence.why = format!("locks `{}`", package.text);
    }
    found
}

/// `Pipfile.lock`: its packages. False if it cannot be read.
fn of_pipfile_lock(project: &Project<'_>, folder: &str, found: &mut Dependencies) -> bool {
    let path = within(folder, PIPFILE_LOCK);
    let Some(lock) = project.repo.text(&path).and_then(PipfileLock::read) else { return false };
    for package in lock.packages.iter().take(NAMES_MAX) {
        found.add(&package.text, manifests::evidence(project.repo, &path, &package.range, "locks it"));
    }
    if lock.needs_git {
        found.fetches(Evidence::file(path, "names something to fetch with git"));
    }
    true
}

/// `Pipfile`: its packages, as requirements.
fn of_pipfile(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let packages = project.repo.text(path).and_then(pipfile::packages).unwrap_or_default();
    for package in packages.into_iter().take(NAMES_MAX) {
        let evidence = manifests::evidence(project.repo, path, &package.range, "names it");
        found.add(&package.text, evidence.clone());
        found.lines.push((package.text, evidence));
    }
}
