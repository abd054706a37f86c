//! A move from the starter app of a template to another one, or to none.
//!
//! The files of a starter app belong together: what a person has made of one of them needs the others, the packages and the
//! Dockerfile. So a move that would mix two apps is a conflict, which only [`OnConflict::Replace`] settles.

use std::collections::BTreeSet;

use super::{Change, MergeOptions, MergedFile, OnConflict, Outcome, conflict, replaced, update};
use crate::plan::{Content, Plan, PlannedFile};
use crate::repo::{File, Repo};
use crate::values::RepoPath;

/// Why a file of the starter app is in the way of another one.
const ANOTHER_APP: &str =
    "changed by you, and these answers make another starter app, which does not go together with it";

/// The same where it is not known what was generated.
const MAY_BE_OWN: &str =
    "it differs, and may be your work; these answers make another starter app, which does not go together with it";

/// The same of a file that somebody has deleted.
const DELETED: &str = "deleted by you, and these answers make another starter app, which needs it";

/// Why a list of packages does not lose those of the starter app.
const PACKAGES_GO: &str = "the packages of the starter app would leave it, and what the command starts may need them";

/// Files in which lines about packages and lines of a person go together, whatever the app.
const OF_LINES: [&str; 4] = ["Dockerfile", "package-lock.json", "package.json", "requirements.txt"];

/// A move to another starter app, or to none.
#[derive(Debug, Clone, Default)]
pub(crate) struct StarterMove {
    files: BTreeSet<RepoPath>,
    /// Whether another starter app comes.
    comes: bool,
}

impl StarterMove {
    /// The files of which the template can make starter apps, and what is planned of them.
    pub(crate) fn of(files: BTreeSet<RepoPath>, plan: &Plan) -> Self {
        let comes = files.iter().any(|path| is_code(path) && plan.get(path).is_some());
        Self { files, comes }
    }
}

fn is_code(path: &RepoPath) -> bool {
    !OF_LINES.contains(&path.as_str())
}

impl Change {
    /// Whether a file of a starter app is in the way of another one, or of none.
    #[must_use]
    pub fn is_of_another_app(&self) -> bool {
        matches!(self, Self::Conflict(why) if [ANOTHER_APP, MAY_BE_OWN, DELETED, PACKAGES_GO].contains(&why.as_str()))
    }
}

/// What becomes of a planned file, which is there: a conflict, if two apps would be mixed.
pub(super) fn guarded(
    path: &RepoPath,
    planned: &PlannedFile,
    repo: &Repo,
    options: &MergeOptions,
    outcome: Outcome,
) -> Outcome {
    let Some(moves) = options.starter.as_ref().filter(|moves| moves.files.contains(path)) else { return outcome };
    let Some(wanted) = planned.as_text() else { return outcome };
    // One that is not text differs from all texts
    let there = text(repo, path).unwrap_or_default();
    let made = made(path, options);
    if there == wanted || made == Some(wanted) {
        return outcome;
    }
    let is_mixed = match &outcome.0 {
        Change::Keep(_) | Change::Conflict(_) | Change::Mark(_) => moves.comes,
        Change::Merge | Change::Update => moves.comes && is_code(path) && made != Some(there.as_str()),
        _ => false,
    };
    if is_mixed {
        let outcome = (Change::Conflict(why(path, options).to_owned()), None);
        return replaced(outcome, path, planned, repo, options);
    }
    let loses = || lines_of(&there).any(|line| !lines_of(&result(&outcome, wanted)).any(|other| other == line));
    if !moves.comes && matches!(outcome.0, Change::Merge | Change::Update) && path.as_str() != "Dockerfile" && loses() {
        return match options.on_conflict {
            OnConflict::Markers => update::two_way(there.as_bytes(), wanted, options),
            _ => replaced(conflict(PACKAGES_GO, options), path, planned, repo, options),
        };
    }
    outcome
}

/// What becomes of a planned file that somebody has deleted, if another starter app needs it.
pub(super) fn missing(path: &RepoPath, planned: &PlannedFile, options: &MergeOptions, change: Change) -> Outcome {
    let moves = options.starter.as_ref().filter(|moves| moves.comes && moves.files.contains(path));
    if moves.is_none() || !is_code(path) || made(path, options) == planned.as_text() {
        return (change, None);
    }
    match options.on_conflict {
        OnConflict::Replace => (Change::Create, Some(planned.content().clone())),
        _ => (Change::Conflict(DELETED.to_owned()), None),
    }
}

/// Files of the starter app that somebody has changed and another one does without: they stay, and belong to an app that goes.
pub(super) fn without_plan(files: &mut Vec<MergedFile>, plan: &Plan, repo: &Repo, options: &MergeOptions) {
    let Some(moves) = options.starter.as_ref().filter(|moves| moves.comes) else { return };
    if options.on_conflict == OnConflict::Replace {
        return;
    }
    for path in moves.files.iter().filter(|path| is_code(path) && plan.get(path).is_none()) {
        let is_changed = made(path, options).zip(text(repo, path)).is_some_and(|(made, there)| made != there);
        if is_changed {
            files.retain(|file| file.path != *path);
            files.push(MergedFile::without_content(path, Change::Conflict(why(path, options).to_owned()), None));
        }
    }
}

/// Why a changed file is in the way.
fn why(path: &RepoPath, options: &MergeOptions) -> &'static str {
    let is_known = options.base.as_ref().is_some_and(|base| base.get(path).is_some());
    if is_known { ANOTHER_APP } else { MAY_BE_OWN }
}

/// What an earlier run made of a file.
fn made<'o>(path: &RepoPath, options: &'o MergeOptions) -> Option<&'o str> {
    options.earlier.get(path).and_then(PlannedFile::as_text)
}

/// A file that is there, with line breaks as templates have them.
fn text(repo: &Repo, path: &RepoPath) -> Option<String> {
    repo.get(path.as_str()).and_then(File::text).map(|text| text.replace("\r\n", "\n"))
}

fn result(outcome: &Outcome, wanted: &str) -> String {
    match &outcome.1 {
        Some(Content::Bytes(bytes)) => String::from_utf8_lossy(bytes).replace("\r\n", "\n"),
        _ => wanted.to_owned(),
    }
}

/// The lines that name something.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
