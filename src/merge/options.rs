//! How a plan is merged into a repository.

use std::collections::{BTreeMap, BTreeSet};

use super::{MovedKeys, OnConflict, StarterMove};
use crate::formats::base::Base;
use crate::plan::Plan;
use crate::target::{HuggingFaceSpaces, Target};
use crate::values::RepoPath;

/// How to merge.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MergeOptions {
    pub(super) target: &'static dyn Target,
    pub(super) on_conflict: OnConflict,
    pub(super) replaced_keys: BTreeSet<String>,
    pub(super) dropped_keys: BTreeSet<String>,
    pub(super) gone_keys: BTreeSet<String>,
    pub(super) earlier: Plan,
    pub(super) answer_keys: Vec<String>,
    pub(super) edits: BTreeMap<RepoPath, (String, bool)>,
    pub(super) unused: BTreeMap<RepoPath, String>,
    pub(super) work: BTreeSet<RepoPath>,
    pub(super) base: Option<Base>,
    pub(super) updates: bool,
    pub(super) is_partial: bool,
    pub(super) removable: BTreeSet<RepoPath>,
    pub(super) before: Before,
    pub(super) starter: Option<StarterMove>,
}

/// What was before this run.
#[derive(Debug, Clone)]
pub(super) struct Before {
    /// The files that the answers of an earlier run make; none if they make none any more.
    pub(super) paths: Option<BTreeSet<RepoPath>>,
    /// Whether the template is still as it was then.
    pub(super) is_same_version: bool,
    /// Whether the app was generated, and is now that of the person.
    pub(super) was_starter: bool,
}

impl Default for MergeOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl MergeOptions {
    /// Into a Space. Conflicts are refused, and every value that is there stays.
    #[must_use]
    pub fn new() -> Self {
        Self {
            target: &HuggingFaceSpaces,
            on_conflict: OnConflict::default(),
            replaced_keys: BTreeSet::new(),
            dropped_keys: BTreeSet::new(),
            gone_keys: BTreeSet::new(),
            earlier: Plan::default(),
            answer_keys: Vec::new(),
            edits: BTreeMap::new(),
            unused: BTreeMap::new(),
            work: BTreeSet::new(),
            base: None,
            updates: false,
            is_partial: false,
            removable: BTreeSet::new(),
            before: Before { paths: Some(BTreeSet::new()), is_same_version: false, was_starter: false },
            starter: None,
        }
    }

    /// Says what the files are for: a target knows how its files are merged.
    #[must_use]
    pub fn target(mut self, target: &'static dyn Target) -> Self {
        self.target = target;
        self
    }

    /// Says what is done with files that cannot be merged.
    #[must_use]
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.on_conflict = on_conflict;
        self
    }

    /// Lets the planned value of a front matter key take the place of the one that is there.
    #[must_use]
    pub fn replace_key(mut self, key: impl Into<String>) -> Self {
        self.replaced_keys.insert(key.into());
        self
    }

    /// Says what an earlier run planned: files that are still just that are nobody's work, and are made anew.
    #[must_use]
    pub fn earlier(mut self, plan: Plan) -> Self {
        self.earlier = plan;
        self
    }

    /// Names the keys of `.spaces-new.toml` that are answers of an earlier run: those that are not planned now leave the file.
    #[must_use]
    pub fn answer_keys(mut self, keys: Vec<String>) -> Self {
        self.answer_keys = keys;
        self
    }

    /// Says that a planned file is one of the app with a change, in a few words, and whether somebody asked for it. Otherwise it
    /// is a conflict, which only [`OnConflict::Replace`] settles.
    #[must_use]
    pub fn edit(mut self, path: RepoPath, what: impl Into<String>, is_asked_for: bool) -> Self {
        self.edits.insert(path, (what.into(), is_asked_for));
        self
    }

    /// Says that a file, if it is there, has no effect any more, and why. One that an earlier run made and nobody has changed
    /// since is removed; another one stays.
    #[must_use]
    pub fn unused(mut self, path: RepoPath, why: impl Into<String>) -> Self {
        self.unused.insert(path, why.into());
        self
    }

    /// Says that a file that an earlier run made is meant to be changed: it stays once it is.
    #[must_use]
    pub fn work(mut self, path: RepoPath) -> Self {
        self.work.insert(path);
        self
    }

    /// Says what earlier runs generated.
    #[must_use]
    pub(crate) fn base(mut self, base: Option<Base>) -> Self {
        self.base = base;
        self
    }

    /// Merges files that somebody has changed by what was generated, and leaves away what was deleted. A partial plan says nothing
    /// about other files.
    #[must_use]
    pub(crate) fn updating(mut self, is_partial: bool) -> Self {
        self.updates = true;
        self.is_partial = is_partial;
        self
    }

    /// Names the files that the template has dropped: an update removes them where they are as they were generated. Any other that
    /// is not planned stays.
    #[must_use]
    pub(crate) fn removable(mut self, paths: BTreeSet<RepoPath>) -> Self {
        self.removable = paths;
        self
    }

    /// Names the files that the answers of an earlier run make; none if they make none any more. Says also whether the template is
    /// still as it was then: if so, what earlier runs generated can lack none of them.
    #[must_use]
    pub(crate) fn made_before(mut self, paths: Option<BTreeSet<RepoPath>>, is_same_version: bool) -> Self {
        self.before.paths = paths;
        self.before.is_same_version = is_same_version;
        self
    }

    /// Says that an app that was generated is now that of the person: what was generated for it is theirs, too.
    #[must_use]
    pub(crate) fn taking_over(mut self, takes_over: bool) -> Self {
        self.before.was_starter = takes_over;
        self
    }

    /// Says that the answers make another starter app than before, or none any more.
    #[must_use]
    pub(crate) fn moving_starter(mut self, starter: Option<StarterMove>) -> Self {
        self.starter = starter;
        self
    }

    /// Lets the keys that were generated follow the template, and stay away where somebody has taken them out.
    #[must_use]
    pub(crate) fn moved_keys(mut self, keys: MovedKeys) -> Self {
        self.replaced_keys.extend(keys.replaced);
        self.dropped_keys.extend(keys.dropped);
        self.gone_keys.extend(keys.gone);
        self
    }

    /// Takes a key out of the front matter that is there.
    #[must_use]
    pub fn drop_key(mut self, key: impl Into<String>) -> Self {
        self.dropped_keys.insert(key.into());
        self
    }
}
