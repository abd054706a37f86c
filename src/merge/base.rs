//! What `.spaces-new.base` says after a merge: of each file, what was brought into the folder.

use std::collections::{BTreeMap, BTreeSet};

use super::update::{NO_LOCK, NOT_OURS};
use super::{Change, Merge, MergeOptions, MergedFile};
use crate::formats::base::{BASE_FILE, Base, line_of_the_person, lines};
use crate::order;
use crate::plan::{Content, Plan};
use crate::repo::Repo;
use crate::values::RepoPath;

/// The base before and after, in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bases {
    planned: String,
    old: Option<String>,
    updates: bool,
    /// Whether what is said of files that are not planned holds on.
    keeps_others: bool,
    /// The planned files that are not merged by lines.
    known: BTreeMap<String, Known>,
    /// Those that are not planned because nothing reads them now, and may be again.
    unused: BTreeSet<String>,
    /// Those that were made and that somebody has deleted: an update that does not plan them knows that still.
    deleted: BTreeSet<String>,
}

/// What is known of a planned file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    /// What to say of it if it is the person's.
    line: String,
    is_there: bool,
    /// Whether an earlier run may have made it.
    was_made: bool,
}

impl Bases {
    /// None if none is planned.
    pub(super) fn of(plan: &Plan, repo: &Repo, options: &MergeOptions) -> Option<Self> {
        let planned = plan.get(&BASE_FILE.parse().ok()?)?.as_text()?.to_owned();
        let old = repo.text(BASE_FILE).filter(|text| !text.is_empty()).map(str::to_owned);
        // `init` removes no file that it does not plan: a later update may, unless the app has become the person's
        let keeps_others = options.is_partial || (!options.updates && !options.before.was_starter);
        let was_made = |path: &RepoPath| options.before.paths.as_ref().is_none_or(|paths| paths.contains(path));
        let known = plan.files().map(|(path, _)| path).filter(|path| options.target.merger(path.as_str()).is_none());
        let known = known.map(|path| {
            let is_there = repo.get(path.as_str()).is_some();
            let known = Known { line: line_of_the_person(path.as_str()), is_there, was_made: was_made(path) };
            (path.to_string(), known)
        });
        let known = known.collect();
        let unused = options.unused.keys().map(ToString::to_string).collect();
        let made = options.base.iter().flat_map(Base::files).filter(|(_, known)| !known.is_of_the_person());
        let deleted = made.map(|(path, _)| path).filter(|path| repo.get(path.as_str()).is_none());
        let deleted = deleted.map(ToString::to_string).collect();
        Some(Self { planned, old, updates: options.updates, keeps_others, known, unused, deleted })
    }

    /// The lines after the merge.
    fn after(&self, files: &[MergedFile]) -> String {
        let planned = lines(&self.planned);
        let old = self.old.as_deref().map(lines).unwrap_or_default();
        let is_merged = |path: &str| files.iter().any(|file| file.path.as_str() == path);
        let others = old.iter().map(|(path, line)| (*path, *line));
        let stays = |path: &str| (self.keeps_others || self.deleted.contains(path)) && !is_merged(path);
        let mut after: BTreeMap<&str, &str> = order::map(others.filter(|(path, _)| stays(path)));
        for file in files {
            let path = file.path.as_str();
            let (planned, old) = (planned.get(path).copied(), old.get(path).copied());
            let line = match &file.change {
                Change::Conflict(_) => old,
                Change::Keep(why) if self.updates && !file.change.is_declined() => {
                    self.settled(path, why, planned, old)
                }
                // What was not written was not generated
                Change::Keep(_) => old.or_else(|| {
                    let known = self.known.get(path).filter(|known| known.is_there && !known.was_made);
                    known.map(|known| known.line.as_str())
                }),
                _ => planned,
            };
            after.extend(line.map(|line| (path, line)));
        }
        after.values().flat_map(|line| [*line, "\n"]).collect()
    }

    /// The line of a file that an update leaves as it is: that holds against what is planned now.
    fn settled<'l>(&'l self, path: &str, why: &str, planned: Option<&'l str>, old: Option<&'l str>) -> Option<&'l str> {
        let known = self.known.get(path);
        match old {
            Some(old) if self.unused.contains(path) || old == line_of_the_person(path) => Some(old),
            Some(_) => planned,
            None if [NOT_OURS, NO_LOCK].contains(&why) => known.map(|known| known.line.as_str()),
            None => planned.filter(|_| self.old.is_none() || known.is_some_and(|known| known.is_there)),
        }
    }
}

impl Merge {
    /// The same with the base that fits what becomes of the other files.
    pub(super) fn settled(mut self) -> Self {
        let Some(bases) = self.bases.take() else { return self };
        let after = bases.after(&self.files);
        let is_ours = |file: &&mut MergedFile| {
            file.path.as_str() == BASE_FILE && !matches!(file.change, Change::Conflict(_)) && !file.change.is_declined()
        };
        if let Some(file) = self.files.iter_mut().find(is_ours) {
            if bases.old.as_deref().is_some_and(|old| old.lines().eq(after.lines())) {
                (file.change, file.content, file.before) = (Change::Unchanged, None, None);
            } else {
                file.content = Some(Content::Bytes(after.into_bytes()));
            }
        }
        self.bases = Some(bases);
        self
    }
}
