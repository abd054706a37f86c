//! What the imports and requirements of a Python app need: missing packages, Debian packages, a
//! GPU.

use std::collections::{BTreeMap, BTreeSet};

use super::{debian, hub_installs, left_out, not_on_linux};
use crate::app::dependencies::Dependencies;
use crate::app::model::{App, Evidence, Note};
use crate::app::paths::{folder_of, has_ending, within};
use crate::app::project::{Project, PythonFile};
use crate::facts::python_modules::STANDARD;
use crate::facts::python_names::SAME_NAME;
use crate::facts::python_packages::{ALTERNATIVES, BRINGS, GPU, IMPORTS};
use crate::facts::python_platforms::TORCH_INDEX;
use crate::formats::python::Import;
use crate::formats::requirements::leading_name;
use crate::order;
use crate::values::{Pins, RepoPath, normalised};

const REQUIREMENTS: &str = "requirements.txt";

/// A longer list of missing packages does not help.
const MISSING_MAX: usize = 50;

/// Adds what follows from imports and requirements.
pub(in crate::app) fn complete(
    project: &Project<'_>,
    folder: &str,
    files: &[&PythonFile<'_>],
    needed: &Dependencies,
    app: &mut App,
) {
    let mut imported = imported(project, files);
    imported.retain(|module, _| !is_provided(project, folder, needed, module));
    let mut missing = missing(&imported, needed);
    debian::listed(project, folder, app);
    debian::needed(files, needed, app);
    gpu(needed, app);
    app.notes.extend(browser(needed));
    if let Some((server, note)) = left_out::note(project, folder, files, needed) {
        missing.retain(|found| found.package != Some(server));
        app.notes.push(note);
    }
    if let Some(REQUIREMENTS) = needed.file.as_deref() {
        app.notes.extend(not_on_linux::notes(project, &within(folder, REQUIREMENTS)));
    }
    let file = needed.file.as_deref().unwrap_or(REQUIREMENTS);
    let of_file = |found| note(project, found, needed, file, app);
    let notes: Vec<Note> = missing.iter().take(MISSING_MAX).filter_map(of_file).collect();
    // The Hub's own image installs another file than an image of the app's own
    match hub_installs::installed(project, needed).filter(|_| file != REQUIREMENTS && folder.is_empty()) {
        Some(installed) => {
            let lacking = missing.iter().filter(|found| !is_installed(found.module, &installed)).take(MISSING_MAX);
            let of_hub: Vec<Note> =
                lacking.filter_map(|found| note(project, found, &installed, REQUIREMENTS, app)).collect();
            app.hub_notes.extend(of_hub);
            app.image_notes.extend(notes);
        }
        None => app.notes.extend(notes),
    }
}

/// Whether the image installs this project itself, and with it a module.
fn is_provided(project: &Project<'_>, folder: &str, needed: &Dependencies, module: &str) -> bool {
    let installs = !matches!(needed.file.as_deref(), Some(REQUIREMENTS) | None) && folder.is_empty();
    let Some(manifest) = project.manifests.pyproject(project.repo, "").filter(|_| installs) else { return false };
    let is_there = |path: &str| project.repo.has_folder(path) || project.repo.get(&format!("{path}.py")).is_some();
    manifest.has_build_system
        && (manifest.provides.iter().any(|name| name == module)
            || manifest.package_folders.iter().any(|folder| is_there(&within(folder, module))))
}

/// The note about a module that nothing installs. No name is better than a guessed one: it may be a stranger's package.
fn note(project: &Project<'_>, missing: &Missing<'_>, needed: &Dependencies, file: &str, app: &App) -> Option<Note> {
    let Missing { module, package, evidence } = missing;
    let evidence = evidence.clone();
    if let Some(path) = ignored(project, &evidence.path, module) {
        let note = Note::new(format!("`{module}` is imported, and git ignores `{path}`: it is not pushed"));
        let help = format!("narrow the pattern in `.gitignore`, such as to `/{path}`, or run `git add --force {path}`");
        return Some(note.help(help).seen(evidence));
    }
    let Some(package) = *package else {
        let note = Note::new(format!("`{module}` is imported, and it is unknown which package provides it"));
        let help = match adds(file) {
            Some(adds) => format!("add that package with `{adds}`, if none of those in `{file}` provides the module"),
            None => format!("name that package in `{file}`, if none of those in it provides the module"),
        };
        return Some(note.help(help).seen(evidence));
    };
    let pin = Pins::builtin().version(&normalised(package));
    let line = pin.map_or_else(|| package.to_owned(), |version| format!("{package}=={version}"));
    let wanted = normalised(package);
    let brings = |added: &str| BRINGS.iter().any(|(name, brought)| *name == added && brought.contains(&&*wanted));
    let is_it = |added: String| added == wanted || brings(&added);
    if app.install.packages().filter_map(leading_name).any(is_it) {
        return None;
    }
    let names = [package].into_iter().chain(alternatives(module).iter().copied());
    let locked = names.map(normalised).find(|name| needed.left_out.contains(name));
    let (note, package) = match &locked {
        Some(locked) => (
            Note::new(format!(
                "`{locked}` is imported, but the image does not install it: only a group or an extra has it"
            )),
            locked.as_str(),
        ),
        None => (Note::new(format!("`{package}` is imported, but nothing installs it")), package),
    };
    let line = if locked.is_some() { package.to_owned() } else { line };
    let note = if needed.checks_hashes {
        note.help(format!("add `{line}` to `{file}`, with its hashes"))
    } else if let Some(adds) = adds(file) {
        note.help(format!("run `{adds} {package}`, or have it added")).or_answer("pip", line)
    } else {
        note.help(format!("add `{line}` to `{file}`, or have it added")).or_answer("pip", line)
    };
    Some(note.seen(evidence))
}

/// The command that adds a package to a lock file, which no person writes.
fn adds(file: &str) -> Option<&'static str> {
    match file {
        "uv.lock" => Some("uv add"),
        "poetry.lock" => Some("poetry add"),
        "pdm.lock" => Some("pdm add"),
        "Pipfile.lock" => Some("pipenv install"),
        _ => None,
    }
}

/// Packages of other names that provide a module.
fn alternatives(module: &str) -> &'static [&'static str] {
    ALTERNATIVES.iter().find(|(name, _)| *name == module).map_or(&[][..], |(_, packages)| packages)
}

/// The path of a module of this folder that git ignores.
fn ignored(project: &Project<'_>, importer: &str, module: &str) -> Option<String> {
    let bases = ["", folder_of(importer), "src"];
    let paths = bases.iter().flat_map(|base| [within(base, module), within(base, &format!("{module}.py"))]);
    let is_hidden = |path: &String| {
        let parsed = path.parse::<RepoPath>();
        parsed.is_ok_and(|parsed| project.repo.get(path).is_none() && project.repo.is_taken(&parsed))
    };
    let found = paths.into_iter().find(is_hidden)?;
    Some(if has_ending(&found, "py") { found } else { format!("{found}/") })
}

/// A module that nothing installs.
struct Missing<'m> {
    module: &'m str,
    /// The package that provides it, if it is known.
    package: Option<&'static str>,
    evidence: Evidence,
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

/// The modules that files certainly import and whose packages are not installed.
pub(in crate::app) fn not_installed(
    project: &Project<'_>,
    files: &[&PythonFile<'_>],
    installed: &Dependencies,
) -> Vec<(String, Evidence)> {
    let imported = imported(project, files);
    let missing = missing(&imported, installed).into_iter();
    missing.map(|found| (found.module.to_owned(), found.evidence)).collect()
}

/// Whether one of the packages may provide a module.
pub(in crate::app) fn is_installed(module: &str, installed: &Dependencies) -> bool {
    let imported = BTreeMap::from([(module.to_owned(), Evidence::file("", ""))]);
    missing(&imported, installed).is_empty()
}

/// The modules of this repository that a file certainly imports: the first name, the place, the folder that holds it.
pub(in crate::app) fn of_this_project(project: &Project<'_>, file: &PythonFile<'_>) -> Vec<(String, usize, String)> {
    let certain = file.source.imports.iter().filter(|import| is_certain(import));
    let own = certain.filter_map(|import| {
        let first = import.module.split('.').next()?;
        let base = project.base_of(file.path, import.module).filter(|_| !STANDARD.contains(&first))?;
        Some((first.to_owned(), import.at, base))
    });
    own.collect()
}

/// The line of pip for each module that files import, with its pin if there is one; none if its package is unknown.
pub(in crate::app) fn lines(project: &Project<'_>, files: &[&PythonFile<'_>]) -> BTreeMap<String, Option<String>> {
    let line = |package: &str| match Pins::builtin().version(&normalised(package)) {
        Some(version) => format!("{package}=={version}"),
        None => package.to_owned(),
    };
    let modules = imported(project, files).into_keys();
    order::map(modules.map(|module| (package_of(&module).map(line), module)).map(|(line, module)| (module, line)))
}

/// The package that provides a module, if it is known.
fn package_of(module: &str) -> Option<&'static str> {
    let differs = IMPORTS.iter().find(|(name, _)| *name == module).map(|(_, package)| *package);
    differs.or_else(|| SAME_NAME.iter().find(|name| **name == module).copied())
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

/// Imports whose package is not installed.
fn missing<'m>(imported: &'m BTreeMap<String, Evidence>, needed: &Dependencies) -> Vec<Missing<'m>> {
    if needed.is_unknown {
        return Vec::new();
    }
    let mut seen = BTreeSet::new();
    let mut missing = Vec::new();
    for (module, evidence) in imported {
        let differs = IMPORTS.iter().find(|(name, _)| name == module).map(|(_, package)| *package);
        // A namespace of many packages: the right one is unknown
        if differs.is_none() && module.contains('.') {
            continue;
        }
        let package = package_of(module);
        let alternatives = alternatives(module);
        let names = [normalised(package.unwrap_or(module)), normalised(module)];
        let has = names.iter().any(|name| needed.has(name)) || alternatives.iter().any(|name| needed.has(name));
        let has = has || needed.names.keys().any(|name| has_prefix(name, module));
        if !has && seen.insert(package.unwrap_or(module)) {
            missing.push(Missing { module, package, evidence: evidence.clone() });
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

/// The note about the browser of Playwright, which pip does not install.
fn browser(needed: &Dependencies) -> Option<Note> {
    let evidence = needed.names.get("playwright")?;
    let listed = needed.installable.iter().find(|(package, _)| package.name == "playwright");
    let package = listed.map_or("playwright", |(package, _)| package.text.as_str());
    let note = Note::new("`playwright` needs a browser, which pip does not install");
    let help = format!(
        "add `RUN pip install '{package}' && playwright install-deps chromium` to the Dockerfile above `USER`, and \
        `RUN playwright install chromium` below the packages"
    );
    Some(note.help(help).seen(evidence.clone()))
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
    let suggest = "suggest a GPU, which is billed by the hour";
    // Nothing can be added to a file with hashes, and another index may have it already
    let can_add = needed.file.as_deref() == Some("requirements.txt") && !needed.checks_hashes;
    let help = if *name == "torch" && can_add && !needed.has_other_index {
        format!(
            "add the line `--extra-index-url {TORCH_INDEX}cpu` for the CPU wheels, which are smaller by GBs, or {suggest}"
        )
    } else {
        suggest.to_owned()
    };
    let note = Note::new(message).help(help).or_answer("hardware", "t4-small");
    let brings = |other: &str| BRINGS.iter().any(|(known, brought)| *known == other && brought.contains(name));
    let by_other = || needed.names.iter().find(|(other, _)| brings(other)).map(|(_, evidence)| evidence);
    app.notes.push(match needed.names.get(*name).or_else(by_other) {
        Some(evidence) => note.seen(evidence.clone()),
        None => note,
    });
}
