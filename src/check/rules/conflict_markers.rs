//! Markers of a merge conflict in a file.
//!
//! ## What it does
//! Looks for lines that begin with `<<<<<<< `, `=======` and `>>>>>>> `, in this order and equally long, in the front matter of `README.md`,
//! the Dockerfile, `.dockerignore`, requirements files that are installed and what they include, `packages.txt`, `pyproject.toml`, `package.json` and the Python files
//! that the started one imports, as far as the Space reads them. The text of the README, strings in Python and TOML, and here-documents of a Dockerfile may have such lines.
//!
//! ## Why it matters
//! git, or `spaces-new update --on-conflict markers`, writes both versions of some lines between them, for a person to choose. Pushed as they
//! are, they are errors: `Invalid requirement: '<<<<<<< HEAD'`, `SyntaxError`, a README without a metadata block.
//!
//! ## Example
//! ```requirements.txt
//! <<<<<<< HEAD
//! fastapi==0.165.0
//! =======
//! fastapi==0.164.0
//! >>>>>>> main
//! uvicorn==0.54.0
//! ```
//!
//! ## Use instead
//! ```requirements.txt
//! fastapi==0.165.0
//! uvicorn==0.54.0
//! ```
//!
//! ## Source
//! <https://git-scm.com/docs/git-merge#_how_conflicts_are_presented>

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Check, Finding, Group, Place, Rule, Scope, Space, SpaceSdk, Subject};
use crate::app::manifests::Manifests;
use crate::check::conflicts::{BOM, Conflict, conflicts};
use crate::check::diagnostic::Level;
use crate::check::running::running;
use crate::check::space::{DOCKERFILE, README};
use crate::formats::dockerfile::here_documents;
use crate::formats::front_matter::Readme;
use crate::formats::pyproject::Pyproject;
use crate::formats::python::strings;

/// Without the front matter: it is not compared with other files, so that the rule runs for a README alone, too.
const SUBJECTS: &[Subject] = &[Subject::Dockerfile, Subject::Source, Subject::Requirements, Subject::Files];

pub(super) const RULE: Rule = Rule::new("conflict-markers", Group::Broken, Check::Views(SUBJECTS, check))
    .of(Scope::EveryTarget)
    .explaining_syntax();

/// Files in which no line can begin with a marker otherwise, and the SDKs that read them.
const PLAIN: [(&str, &[SpaceSdk]); 3] = [
    (".dockerignore", &[SpaceSdk::Docker, SpaceSdk::Unknown]),
    ("packages.txt", &[SpaceSdk::Gradio, SpaceSdk::Streamlit, SpaceSdk::Unknown]),
    ("package.json", &[SpaceSdk::Docker, SpaceSdk::Static, SpaceSdk::Unknown]),
];

const PROJECT: &str = "pyproject.toml";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let repo = space.repo();
    let in_file = |path: &str| repo.text(path).map(conflicts).filter(|conflicts| !conflicts.is_empty());
    if let Some(conflicts) = in_file(README) {
        // The text after the front matter is only shown
        let text = repo.text(README).unwrap_or_default();
        let end = space.readme().and_then(Readme::block).map_or(0, |block| block.closing.end);
        let start = text.len() - text.trim_start_matches(BOM).trim_start().len();
        let shown = end.max(start + 1)..text.len();
        found.extend(outside(README, conflicts, std::slice::from_ref(&shown)));
    }
    if let Some(dockerfile) = space.docker().filter(|dockerfile| dockerfile.problem.is_some()) {
        found.extend(outside(DOCKERFILE, in_file(DOCKERFILE).unwrap_or_default(), &here_documents(dockerfile.text)));
    }
    // The images of the Hub read none
    let is_read = matches!(space.sdk(), SpaceSdk::Docker | SpaceSdk::Unknown);
    if is_read && repo.text(PROJECT).is_some_and(|text| Pyproject::read(text).is_none()) {
        found.extend(outside(PROJECT, in_file(PROJECT).unwrap_or_default(), &[]));
    }
    let mut plain = requirements(space);
    plain.extend(PLAIN.iter().filter(|(_, sdks)| sdks.contains(&space.sdk())).map(|(path, _)| (*path).to_owned()));
    for path in plain {
        found.extend(outside(&path, in_file(&path).unwrap_or_default(), &[]));
    }
    // To know which files run, they are parsed
    if space.python_files().iter().all(|file| conflicts(file.text).is_empty()) {
        return;
    }
    let running = running(space);
    for file in running.files {
        let strings = strings(file.text);
        let here = outside(file.path, conflicts(file.text), &strings);
        found.extend(here.map(|finding| if running.is_certain { finding } else { finding.at_most(Level::Warning) }));
    }
}

/// The findings of the conflicts outside of some ranges, where such lines are content.
fn outside(path: &str, conflicts: Vec<Conflict>, content: &[Range<usize>]) -> impl Iterator<Item = Finding> {
    let is_content = |conflict: &Conflict| content.iter().any(|range| range.contains(&conflict.opening.start));
    conflicts.into_iter().filter(move |conflict| !is_content(conflict)).map(move |conflict| finding(path, conflict))
}

/// The requirements files that are installed, and what they include.
fn requirements(space: &Space<'_>) -> BTreeSet<String> {
    let is_named = |name: &str| space.docker().is_some_and(|dockerfile| dockerfile.text.contains(name));
    let is_installed = |name: &str| match name {
        "requirements.txt" | "pre-requirements.txt" => true,
        _ => name.starts_with("requirements") && is_named(name),
    };
    let files = space.listed_app_files("txt").filter(|file| is_installed(file.name()));
    let manifests = Manifests::default();
    let with_included = |path: &str| manifests.requirements(space.repo(), path, true);
    let all = files.flat_map(|file| with_included(file.path()).into_iter().map(|file| file.path.clone()));
    all.collect()
}

fn finding(path: &str, conflict: Conflict) -> Finding {
    Finding::new(Place::bytes(path, conflict.opening), format!("`{path}` has markers of a merge conflict"))
        .label("the conflict begins here")
        .related(Place::bytes(path, conflict.closing), "and ends here")
        .help("keep the lines that count, and remove the markers")
}
