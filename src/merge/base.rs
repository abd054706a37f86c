//! What `.spaces-new.base` says after a merge: of each file, what was brought into the folder.

use std::collections::BTreeMap;

use super::{Change, Merge, MergeOptions, MergedFile, OWN_WORK};
use crate::formats::base::{BASE_FILE, lines};
use crate::plan::{Content, Plan};
use crate::repo::Repo;

/// The base before and after, in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bases {
    planned: String,
    old: Option<String>,
    updates: bool,
    /// Whether what is said of files that are not planned holds on.
    keeps_others: bool,
}

impl Bases {
    /// None if none is planned.
    pub(super) fn of(plan: &Plan, repo: &Repo, options: &MergeOptions) -> Option<Self> {
        let planned = plan.get(&BASE_FILE.parse().ok()?)?.as_text()?.to_owned();
        let old = repo.text(BASE_FILE).map(str::to_owned);
        // `init` removes no file that it does not plan: a later update may, unless the app has become the person's
        let keeps_others = options.is_partial || (!options.updates && !options.takes_over);
        Some(Self { planned, old, updates: options.updates, keeps_others })
    }

    /// The lines after the merge.
    fn after(&self, files: &[MergedFile]) -> String {
        let planned = lines(&self.planned);
        let old = self.old.as_deref().map(lines).unwrap_or_default();
        let is_merged = |path: &str| files.iter().any(|file| file.path.as_str() == path);
        let others = old.iter().map(|(path, line)| (*path, *line));
        let mut after: BTreeMap<&str, &str> =
            others.filter(|(path, _)| self.keeps_others && !is_merged(path)).collect();
        for file in files {
            let path = file.path.as_str();
            let (planned, old) = (planned.get(path).copied(), old.get(path).copied());
            let line = match &file.change {
                Change::Conflict(_) => old,
                change if change.is_declined() => old,
                // The file as it is holds against what is planned now; one that nobody has made is not followed
                Change::Keep(_) if self.updates => planned.filter(|_| old.is_some() || self.old.is_none()),
                Change::Keep(why) if self.old.is_none() && why == OWN_WORK => planned,
                Change::Keep(_) => old,
                _ => planned,
            };
            after.extend(line.map(|line| (path, line)));
        }
        after.values().flat_map(|line| [*line, "\n"]).collect()
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
