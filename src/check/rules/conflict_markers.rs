//! Markers of a merge conflict in a file.
//!
//! ## What it does
//! Looks for lines that begin with `<<<<<<< `, `=======` and `>>>>>>> `, in this order and equally long, in the front matter of `README.md`,
//! the Dockerfile, `.dockerignore`, `requirements*.txt` and what they include, `packages.txt`, `pyproject.toml`, `package.json` and the Python files of the app.
//! The text of the README, strings in Python and TOML, and here-documents of a Dockerfile may have such lines.
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

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::app::manifests::Manifests;
use crate::check::conflicts::{BOM, Conflict, conflicts};
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

/// Files in which no line can begin with a marker otherwise.
const PLAIN: [&str; 3] = [".dockerignore", "packages.txt", "package.json"];

const PROJECT: &str = "pyproject.toml";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let repo = space.repo();
    let mut report = |path: &str, conflicts: Vec<Conflict>, content: &[Range<usize>]| {
        let is_content = |conflict: &Conflict| content.iter().any(|range| range.contains(&conflict.opening.start));
        found.extend(
            conflicts.into_iter().filter(|conflict| !is_content(conflict)).map(|conflict| finding(path, conflict)),
        );
    };
    let in_file = |path: &str| repo.text(path).map(conflicts).filter(|conflicts| !conflicts.is_empty());
    if let Some(conflicts) = in_file(README) {
        // The text after the front matter is only shown
        let text = repo.text(README).unwrap_or_default();
        let end = space.readme().and_then(Readme::block).map_or(0, |block| block.closing.end);
        let start = text.len() - text.trim_start_matches(BOM).trim_start().len();
        let shown = end.max(start + 1)..text.len();
        report(README, conflicts, std::slice::from_ref(&shown));
    }
    if let Some(dockerfile) = space.docker().filter(|dockerfile| dockerfile.problem.is_some()) {
        report(DOCKERFILE, in_file(DOCKERFILE).unwrap_or_default(), &here_documents(dockerfile.text));
    }
    if repo.text(PROJECT).is_some_and(|text| Pyproject::read(text).is_none()) {
        report(PROJECT, in_file(PROJECT).unwrap_or_default(), &[]);
    }
    let mut plain = requirements(space);
    plain.extend(PLAIN.map(str::to_owned));
    for path in plain {
        report(&path, in_file(&path).unwrap_or_default(), &[]);
    }
    for file in space.python_files() {
        let conflicts = conflicts(file.text);
        if !conflicts.is_empty() {
            report(file.path, conflicts, &strings(file.text));
        }
    }
}

/// The requirements files, and what they include.
fn requirements(space: &Space<'_>) -> BTreeSet<String> {
    let files = space.listed_app_files("txt").filter(|file| file.name().starts_with("requirements"));
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
