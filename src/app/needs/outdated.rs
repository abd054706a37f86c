//! Code that the version of a package refuses which an image would install.

use crate::app::dependencies::Dependencies;
use crate::app::model::{App, Evidence, Note};
use crate::app::project::PythonFile;
use crate::app::removed_apis::{gives, uses};
use crate::facts::removed_apis::{Package, REMOVED, Removed};
use crate::formats::requirements::{Package as Requirement, Versions};

/// A longer list of uses does not help.
const SHOWN_MAX: usize = 6;

/// A use of something that is not there any more.
struct Refused<'t> {
    row: &'t Removed,
    shown: String,
    evidence: Evidence,
}

/// Keeps the newest version of a package that is added from refusing the code, and reports a requirement that allows it.
pub(super) fn complete(files: &[&PythonFile<'_>], needed: &Dependencies, app: &mut App) {
    // The Hub's own image installs the version that the README names, which `check` compares
    let is_on_hub = app.sdk.is_some();
    for package in REMOVED.iter().filter(|package| !(is_on_hub && package.name == "gradio")) {
        if !files.iter().any(|file| file.source.imports_module(package.module)) {
            continue;
        }
        let missing = app.install.missing.iter().position(|line| {
            Requirement::read(&line.value).is_some_and(|requirement| requirement.name == package.name)
        });
        let listed = needed.installable.iter().find(|(requirement, _)| requirement.name == package.name);
        let added = missing.and_then(|at| Requirement::read(&app.install.missing.get(at)?.value));
        let versions = match (&added, listed) {
            (Some(added), _) => &added.versions,
            (None, Some((requirement, _))) if !requirement.is_conditional() => &requirement.versions,
            _ => continue,
        };
        let refused = refused(files, package, versions);
        // The oldest border is the one that all of the code needs
        let Some(since) = refused.iter().map(|one| one.row.since).min() else { continue };
        let pin = format!("{}<{}", package.name, numbers(since));
        if let Some(line) = missing.and_then(|at| app.install.missing.get_mut(at)) {
            line.value = pin;
            continue;
        }
        app.notes.extend(note(package, &refused, &pin));
    }
}

fn refused<'t>(files: &[&PythonFile<'_>], package: &'t Package, versions: &Versions) -> Vec<Refused<'t>> {
    let rows = package
        .rows
        .iter()
        .filter(|row| versions.lie_in(row.since, row.until) || (row.until.is_empty() && versions.takes_newest()));
    let mut found = Vec::new();
    for row in rows.filter(|row| !files.iter().any(|file| gives(&file.source, package, row))) {
        for file in files {
            for one in uses(&file.source, file.text, package, row) {
                let evidence = file.evidence(one.range.start, format!("uses {}", one.shown));
                found.push(Refused { row, shown: one.shown, evidence });
            }
        }
    }
    found
}

fn note(package: &Package, refused: &[Refused<'_>], pin: &str) -> Option<Note> {
    let first = refused.first()?;
    let shown: Vec<&str> = refused.iter().take(SHOWN_MAX).map(|one| one.shown.as_str()).collect();
    let more = refused.len().saturating_sub(SHOWN_MAX);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let verb = if refused.len() == 1 { "does" } else { "do" };
    let message =
        format!("{}{more} {verb} not exist in the {} that the image installs", shown.join(", "), package.name);
    let help = format!("require `{pin}`, or change the places that `spaces-new check` names");
    Some(Note::new(message).help(help).seen(first.evidence.clone()))
}

/// A border as a requirement names it.
fn numbers(version: &[u32]) -> String {
    version.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}
