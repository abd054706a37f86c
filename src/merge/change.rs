//! What becomes of a file.

use serde::Serialize;

use super::clash::Clash;
use crate::plan::{Content, Mode};
use crate::values::RepoPath;

/// Why a file stays whose change was declined.
pub(super) const DECLINED: &str = "declined";

/// What is done where a file is there, differs, and cannot be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnConflict {
    /// Nothing is written, and the file is named.
    #[default]
    Refuse,
    /// The file stays as it is.
    Keep,
    /// The planned file takes its place; what was there is kept beside it with `.orig` at the end of its name.
    Replace,
    /// In an update, both versions of the lines go into the file, between the markers that git uses. Otherwise as [`Self::Refuse`].
    Markers,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Change {
    /// It was not there.
    Create,
    /// What it lacks is added: each addition in a few words.
    Extend(Vec<String>),
    /// It is there already as it should be.
    Unchanged,
    /// It is there, differs, and stays: the reason.
    Keep(String),
    /// It is there, differs, and cannot be merged: the reason.
    Conflict(String),
    /// It is just what an earlier run made, and is made anew.
    Update,
    /// Somebody has changed it since an earlier run made it, and what the template has changed is brought into it.
    Merge,
    /// The same, with markers around this many conflicts.
    Mark(usize),
    /// It is just what an earlier run made, is not a part of the Space any more, and is removed.
    Remove,
    /// It gives way, and is kept under this path.
    Replace(RepoPath),
}

impl Change {
    /// Whether something is written or removed.
    #[must_use]
    pub(crate) fn is_written(&self) -> bool {
        matches!(
            self,
            Self::Create
                | Self::Extend(_)
                | Self::Update
                | Self::Merge
                | Self::Mark(_)
                | Self::Remove
                | Self::Replace(_)
        )
    }

    /// Whether somebody declined it.
    #[must_use]
    pub fn is_declined(&self) -> bool {
        matches!(self, Self::Keep(why) if why == DECLINED)
    }
}

/// A file of the plan and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MergedFile {
    /// The file.
    pub path: RepoPath,
    /// What becomes of it.
    pub change: Change,
    /// What is in it afterwards; none where it stays.
    pub content: Option<Content>,
    /// What was in it, where that changes, is removed, or stands in the way line by line.
    pub before: Option<Vec<u8>>,
    /// The permissions of a file that is created.
    pub mode: Mode,
    /// In an update, the lines that are in the way.
    pub clashes: Vec<Clash>,
    /// The file with those of the template in their place.
    pub of_template: Option<String>,
}

impl MergedFile {
    /// A file that stays or is removed.
    pub(super) fn without_content(path: &RepoPath, change: Change, before: Option<Vec<u8>>) -> Self {
        let mode = Mode::NonExecutable;
        Self { path: path.clone(), change, content: None, before, mode, clashes: Vec::new(), of_template: None }
    }
}
