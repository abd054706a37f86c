//! The file that names a project's dependencies, and the names in it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Evidence;
use super::project::{Project, folder_of, within};
use crate::facts::base_images::Runtime;
use crate::facts::python_packages::BRINGS;
use crate::repo::requirements;

use crate::values::{Requirement, normalised};

/// What a project depends on.
#[derive(Debug, Default)]
pub(super) struct Dependencies {
    /// The file, if it is one that an image can be built from.
    pub(super) file: Option<String>,
    pub(super) evidence: Option<Evidence>,
    /// Names as the index compares them, with where each stands. Those of a lock file are there too.
    pub(super) names: BTreeMap<String, Evidence>,
    /// Extras that are asked for, as `fastapi[standard]`.
    pub(super) extras: BTreeSet<String>,
    /// Whether nothing is known of what is installed, so that nothing can be said to be missing.
    pub(super) is_unknown: bool,
    /// Lines to install that stand in a file which an image cannot be built from as it is.
    pub(super) lines: Vec<(String, Evidence)>,
    /// Every line that can be installed by itself.
    pub(super) installable: Vec<(String, Evidence)>,
    pub(super) conda: Option<Conda>,
    /// Whether something is fetched by git.
    pub(super) needs_git: bool,
    /// Whether the dependencies stand where Poetry alone reads them.
    pub(super) is_of_poetry: bool,
    /// Files that were read, each once.
    read: BTreeSet<String>,
}

/// An environment of conda.
#[derive(Debug)]
pub(super) struct Conda {
    pub(super) evidence: Evidence,
    pub(super) packages: Vec<String>,
    pub(super) python: Option<Vec<u32>>,
}

/// So many names are looked up in the text that they stand in.
const NAMES_MAX: usize = 1000;

/// The folder whose dependencies an app has: the root, unless a folder nearer to it names its framework and the root does
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
    let lock = crate::values::Dependencies::locks(Runtime::Python)
        .map(|(file, _)| file)
        .find(|lock| has(lock) && has("pyproject.toml"));
    if let Some(lock) = lock {
        locked(project, &within(folder, lock), &mut found);
        found.choose(lock, folder, "is the lock of `pyproject.toml`");
    } else if has("requirements.txt") {
        if manifest {
            // Only one of the two is installed
            (found.names, found.extras, found.installable) = Default::default();
        }
        lines_of(project, &within(folder, "requirements.txt"), &mut found, 0);
        found.choose("requirements.txt", folder, "names the dependencies");
    } else if manifest && found.is_of_poetry {
        found.choose("poetry.lock", folder, "is not there, and `pyproject.toml` is one of Poetry");
    } else if manifest {
        found.choose("pyproject.toml", folder, "names the dependencies");
    } else {
        elsewhere(project, folder, &mut found);
    }
    found
}

impl Dependencies {
    /// Whether a package is installed: named, or brought by one that is named.
    pub(super) fn has(&self, package: &str) -> bool {
        let brings = |name: &str| BRINGS.iter().any(|(known, brought)| *known == name && brought.contains(&package));
        self.names.contains_key(package) || self.names.keys().chain(&self.extras).any(|name| brings(name))
    }

    fn choose(&mut self, name: &str, folder: &str, why: &str) {
        self.file = Some(name.to_owned());
        self.evidence = Some(Evidence::file(within(folder, name), why));
    }

    fn add(&mut self, requirement: &str, evidence: Evidence) {
        let name: String =
            requirement.chars().take_while(|char| char.is_ascii_alphanumeric() || "-_.".contains(*char)).collect();
        if name.is_empty() {
            return;
        }
        let rest = requirement[name.len()..].trim_start();
        if let Some((extras, _)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let extras = extras.split(',').map(|extra| format!("{}[{}]", normalised(&name), extra.trim()));
            self.extras.extend(extras);
        }
        if self.installable.len() < NAMES_MAX && requirement.parse::<Requirement>().is_ok() {
            self.installable.push((requirement.to_owned(), evidence.clone()));
        }
        self.names.entry(normalised(&name)).or_insert(evidence);
    }
}

/// The dependencies of `pyproject.toml`; whether it names any.
fn manifest(project: &Project<'_>, folder: &str, found: &mut Dependencies) -> bool {
    let path = within(folder, "pyproject.toml");
    let Some(table) = project.repo.text(&path).and_then(|text| text.parse::<toml::Table>().ok()) else { return false };
    let mut any = false;
    if let Some(project_table) = table.get("project").and_then(|value| value.as_table()) {
        let list = project_table.get("dependencies").and_then(|value| value.as_array());
        any = list.is_some();
        for line in list.into_iter().flatten().take(NAMES_MAX).filter_map(|line| line.as_str()) {
            found.add(line, project.line_with(&path, line, "names it"));
        }
        let dynamic = project_table.get("dynamic").and_then(|value| value.as_array());
        found.is_unknown = dynamic.is_some_and(|list| list.iter().any(|item| item.as_str() == Some("dependencies")));
    }
    let poetry = table.get("tool").and_then(|tool| tool.get("poetry")).and_then(|poetry| poetry.get("dependencies"));
    if let Some(poetry) = poetry.and_then(|value| value.as_table()) {
        found.is_of_poetry = !any;
        any = true;
        for name in poetry.keys().take(NAMES_MAX).filter(|name| *name != "python") {
            found.add(name, project.line_with(&path, name, "names it"));
        }
    }
    any
}

/// The names in a lock.
fn locked(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let names = project.repo.text(path).unwrap_or_default().lines().enumerate().filter_map(|(number, line)| {
        let name = line.strip_prefix("name = \"")?.trim_end().strip_suffix('"')?;
        Some((normalised(name), Evidence::line(path, number + 1, "locks it")))
    });
    for (name, evidence) in names {
        found.names.entry(name).or_insert(evidence);
    }
}

/// Files that include each other are followed this deep.
const INCLUDES_MAX: usize = 4;

fn lines_of(project: &Project<'_>, path: &str, found: &mut Dependencies, depth: usize) {
    if !found.read.insert(path.to_owned()) {
        return;
    }
    let Some(text) = project.repo.text(path) else { return };
    let lines = crate::repo::Lines::of_text(text);
    for line in requirements(text) {
        let evidence = Evidence::line(path, lines.line(line.range.start), "names it");
        found.add(&text[line.range.clone()], evidence);
    }
    for line in text.lines().map(str::trim) {
        let included = ["-r", "--requirement"].iter().find_map(|flag| line.strip_prefix(flag));
        if let Some(name) = included.filter(|_| depth < INCLUDES_MAX) {
            let name = name.trim_start_matches(['=', ' ']).trim_start_matches("./").trim();
            lines_of(project, &within(folder_of(path), name), found, depth + 1);
        }
        let editable =
            ["-e", "--editable"].iter().find_map(|flag| line.strip_prefix(flag)).map_or(line, str::trim_start);
        found.is_unknown |= editable.starts_with('.');
        found.needs_git |= line.contains("git+") && !line.starts_with('#');
    }
}

/// Other files that name dependencies: their lines can be installed, though not the file.
fn elsewhere(project: &Project<'_>, folder: &str, found: &mut Dependencies) {
    let has = |name: &str| project.repo.get(&within(folder, name)).is_some();
    for name in ["environment.yml", "environment.yaml"].into_iter().filter(|name| has(name)) {
        conda(project, &within(folder, name), found);
    }
    if has("Pipfile") {
        pipfile(project, &within(folder, "Pipfile"), found);
    }
    found.is_unknown |= has("setup.py") || has("setup.cfg");
}

/// `environment.yml`: what stands under `pip:` is kept, the rest is told.
fn conda(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let text = project.repo.text(path).unwrap_or_default();
    let mut read =
        Conda { evidence: Evidence::file(path, "is a conda environment"), packages: Vec::new(), python: None };
    let (mut in_list, mut pip_indent) = (false, None);
    for (number, line) in text.lines().enumerate() {
        let line = line.split(" #").next().unwrap_or_default().trim_end();
        let indent = line.len() - line.trim_start().len();
        let item = line.trim_start().strip_prefix("- ").map(str::trim);
        if item.is_none() && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            in_list = line.starts_with("dependencies:");
            pip_indent = None;
        }
        let Some(item) = item.filter(|_| in_list).map(|item| item.trim_matches(['"', '\''])) else { continue };
        if item.trim_end() == "pip:" {
            pip_indent = Some(indent);
        } else if pip_indent.is_some_and(|outer| indent > outer) {
            let evidence = Evidence::line(path, number + 1, "names it under `pip`");
            found.add(item, evidence.clone());
            found.lines.push((item.to_owned(), evidence));
        } else if let Some(version) =
            item.strip_prefix("python").filter(|rest| rest.starts_with(['=', '>', '<', ' ', '~']))
        {
            read.python = super::versions::numbers(version);
        } else if !matches!(item, "pip" | "python") {
            read.packages.push(item.to_owned());
        }
    }
    // The names of conda are often, and not always, those of the index
    for package in &read.packages {
        found.add(package.rsplit("::").next().unwrap_or(package), read.evidence.clone());
    }
    found.conda = Some(read);
}

/// `Pipfile`: its packages, as lines of requirements.
fn pipfile(project: &Project<'_>, path: &str, found: &mut Dependencies) {
    let Some(table) = project.repo.text(path).and_then(|text| text.parse::<toml::Table>().ok()) else { return };
    let Some(packages) = table.get("packages").and_then(|value| value.as_table()) else { return };
    for (name, value) in packages.iter().take(NAMES_MAX) {
        let version = value.as_str().or_else(|| value.get("version")?.as_str()).unwrap_or("*");
        let line = if version == "*" { name.clone() } else { format!("{name}{version}") };
        let evidence = project.line_with(path, name, "names it");
        found.add(&line, evidence.clone());
        found.lines.push((line, evidence));
    }
}
