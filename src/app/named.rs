//! The packages that the files of a project name, as they are collected.

use std::collections::{BTreeMap, BTreeSet};

use super::locked::{Lock, LockedVersion};
use super::manifests;
use super::model::Evidence;
use super::paths::{folder_of, within};
use crate::facts::python_packages::BRINGS;
use crate::formats::pyproject::Origin;
use crate::formats::requirements::{Package, Requirement, leading_name};
use crate::values::normalised;
use crate::values::pep440::Version;

/// The maximum number of names whose place is searched in the text.
pub(super) const NAMES_MAX: usize = 1000;

/// A longer list of what is left out does not help.
const APART_MAX: usize = 20;

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

impl Dependencies {
    /// Whether a package is installed: listed, or a dependency of a listed one.
    pub(super) fn has(&self, package: &str) -> bool {
        let brings = |name: &str| BRINGS.iter().any(|(known, brought)| *known == name && brought.contains(&package));
        self.names.contains_key(package) || self.names.keys().chain(&self.extras).any(|name| brings(name))
    }

    /// Something is fetched with git.
    pub(super) fn fetches(&mut self, evidence: Evidence) {
        if !self.debian.iter().any(|(package, _)| package == "git") {
            self.debian.push(("git".to_owned(), evidence));
        }
    }

    pub(super) fn choose(&mut self, name: &str, folder: &str, why: &str) {
        self.file = Some(name.to_owned());
        self.evidence = Some(Evidence::file(within(folder, name), why));
    }

    /// Adds a requirement. Of an invalid one, only the name counts.
    pub(super) fn add(&mut self, requirement: &str, evidence: Evidence) {
        match Package::read(requirement) {
            Some(package) => self.add_package(&package, evidence),
            None => self.names.extend(leading_name(requirement).map(|name| (name, evidence))),
        }
    }

    pub(super) fn add_package(&mut self, package: &Package, evidence: Evidence) {
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
    pub(super) fn take(&mut self, lock: Lock) {
        for (name, evidence) in lock.installed {
            self.names.entry(name).or_insert(evidence);
        }
        (self.left_out, self.locked_gradio, self.locked_versions) = (lock.left_out, lock.gradio, lock.versions);
    }

    /// Adds a package that is not to be looked for by its name.
    pub(super) fn set_apart(&mut self, name: &str, origin: (String, Origin), evidence: Evidence) {
        self.names.entry(normalised(name)).or_insert_with(|| evidence.clone());
        if self.apart.len() < APART_MAX && !self.is_apart(name) {
            self.apart.push(Apart { name: name.to_owned(), origin: Some(origin), evidence });
        }
    }

    /// Adds a line that names a place, and no package.
    pub(super) fn set_line_apart(&mut self, line: &str, evidence: Evidence) {
        if self.apart.len() < APART_MAX {
            self.apart.push(Apart { name: line.to_owned(), origin: None, evidence });
        }
    }

    pub(super) fn is_apart(&self, name: &str) -> bool {
        self.apart.iter().any(|apart| apart.origin.is_some() && normalised(&apart.name) == normalised(name))
    }
}
