//! The dependency file of a project, and the packages in it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::locked::{self, Lock, LockedVersion};
use super::manifests;
use super::model::Evidence;
use super::paths::{folder_of, within};
use super::project::Project;
use crate::facts::python_names::{OF_CONDA, OF_CONDA_IN_DEBIAN, SAME_NAME};
use crate::facts::python_packages::{BRINGS, IMPORTS};
use crate::formats::conda::{Environment, name_of, versions_of};
use crate::formats::pipfile_lock::PipfileLock;
use crate::formats::pyproject::{Origin, Pyproject};
use crate::formats::requirements::{Content, Flag, Line, Package, Requirement, leading_name};
use crate::formats::{Placed, pipfile, python_version};
use crate::values::normalised;
use crate::values::pep440::Version;

/// The dependencies of a project.
#[derive(Debug, Default)]
pub(super) struct Dependencies {
    /// The file, if an image can install from it.
    pub(super) file: Option<String>,
    pub(super) evidence: Option<Evidence>,
    /// Normalised names with their places, including those of a lock file.
    pub(super) names: BTreeMap<String, Evidence>,
    /// Requested extras, as `fastapi[standard]`.
    pub(super) extras: BTreeSet<String>,
    /// Whether it is unknown what is installed, so that no package can be reported as missing.
    pub(super) is_unknown: bool,
    /// A file that says what the app needs, in a way that is not read; nothing of it is installed.
    pub(super) unread: Option<Evidence>,
    /// Requirements from a file that an image cannot install from.
    pub(super) lines: Vec<(String, Evidence)>,
    /// Every requirement that can be installed separately.
    pub(super) installable: Vec<(Package, Evidence)>,
    /// What files with constraints ask for, which install nothing themselves.
    pub(super) constraints: Vec<(Package, Evidence)>,
    /// The version of Gradio in a lock file of `pyproject.toml`, if it has one alone.
    pub(super) locked_gradio: Option<(Package, Evidence)>,
    pub(super) conda: Option<Conda>,
    /// Packages of Debian that installing needs: git, and what a conda environment names.
    pub(super) debian: Vec<(String, Evidence)>,
    /// Whether pip requires hashes for everything in the file, so that nothing can be added to it.
    pub(super) checks_hashes: bool,
    /// The number of addresses and paths that something is installed from.
    pub(super) places: usize,
    /// Whether the file names another index, or a folder of packages.
    pub(super) has_other_index: bool,
    /// Normalised names in a lock file that only groups and extras need, which an image leaves out.
    pub(super) left_out: BTreeSet<String>,
    /// What it has in one version alone.
    pub(super) locked_versions: Vec<LockedVersion>,
    /// What pip cannot install apart from its file.
    pub(super) apart: Vec<Apart>,
}

/// Something that only the file that names it can install.
#[derive(Debug)]
pub(super) struct Apart {
    /// The name of the package, or the line.
    pub(super) name: String,
    /// The place, and the folder that a path starts from. None for a line that names its place itself.
    pub(super) origin: Option<(String, Origin)>,
    pub(super) evidence: Evidence,
}

/// An environment of conda, and its packages that pip is not known to have.
#[derive(Debug)]
pub(super) struct Conda {
    pub(super) evidence: Evidence,
    pub(super) packages: Vec<String>,
    pub(super) python: Option<Version>,
}

/// The lock file of Pipenv.
const PIPFILE_LOCK: &str = "Pipfile.lock";

/// A longer list of what is left out does not help.
const APART_MAX: usize = 20;

/// The maximum number of names whose place is searched in the text.
const NAMES_MAX: usize = 1000;

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

impl Dependencies {
    /// Whether a package is installed: listed, or a dependency of a listed one.
    pub(super) fn has(&self, package: &str) -> bool {
        let brings = |name: &str| BRINGS.iter().any(|(known, brought)| *known == name && brought.contains(&package));
        self.names.contains_key(package) || self.names.keys().chain(&self.extras).any(|name| brings(name))
    }

    /// Something is fetched with git.
    fn fetches(&mut self, evidence: Evidence) {
        if !self.debian.iter().any(|(package, _)| package == "git") {
            self.debian.push(("git".to_owned(), evidence));
        }
    }

    fn choose(&mut self, name: &str, folder: &str, why: &str) {
        self.file = Some(name.to_owned());
        self.evidence = Some(Evidence::file(within(folder, name), why));
    }

    /// Adds a requirement. Of an invalid one, only the name counts.
    fn add(&mut self, requirement: &str, evidence: Evidence) {
        match Package::read(requirement) {
            Some(package) => self.add_package(&package, evidence),
            None => self.names.extend(leading_name(requirement).map(|name| (name, evidence))),
        }
    }

    fn add_package(&mut self, package: &Package, evidence: Evidence) {
        self.extras.extend(package.extras.iter().map(|extra| format!("{}[{extra}]", package.name)));
        if let Some(path) = manifests::path_of(package) {
            let base = folder_of(&evidence.path).to_owned();
            return self.set_apart(&package.name, (base, Origin::Path(path)), evidence);
        }
        if self.installable.len() < NAMES_MAX && package.text.parse::<Requirement>().is_ok() {
            self.installable.push((package.clone(), evidence.clone()));
        }
        self.names.entry(package.name.clone()).or_insert(evidence);
    }

    /// Adds what a lock file says.
    fn take(&mut self, lock: Lock) {
        for (name, evidence) in lock.installed {
            self.names.entry(name).or_insert(evidence);
        }
        (self.left_out, self.locked_gradio, self.locked_versions) = (lock.left_out, lock.gradio, lock.versions);
    }

    /// Adds a package that is not to be looked for by its name.
    fn set_apart(&mut self, name: &str, origin: (String, Origin), evidence: Evidence) {
        self.names.entry(normalised(name)).or_insert_with(|| evidence.clone());
        if self.apart.len() < APART_MAX && !self.is_apart(name) {
            self.apart.push(Apart { name: name.to_owned(), origin: Some(origin), evidence });
        }
    }

    /// Adds a line that names a place, and no package.
    fn set_line_apart(&mut self, line: &str, evidence: Evidence) {
        if self.apart.len() < APART_MAX {
            self.apart.push(Apart { name: line.to_owned(), origin: None, evidence });
        }
    }

    fn is_apart(&self, name: &str) -> bool {
        self.apart.iter().any(|apart| apart.origin.is_some() && normalised(&apart.name) == normalised(name))
    }
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
