//! What git leaves out: the `.gitignore` files of the folders, and `info/exclude` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitignore>: the last pattern of a file that matches counts, and the file of the deepest
//! folder before those above it. They are read here and not by the walker of the `ignore` crate, which would follow a link out of
//! the folder and wait for a pipe.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::file::File;
use super::git_dir::GitDir;
use super::skipped::SkippedList;
use crate::disk::{self, Unread};

/// The name of a file of patterns.
pub(super) const GITIGNORE: &str = ".gitignore";
/// A larger file is passed over.
const LARGEST: u64 = 1024 * 1024;
/// More patterns than these in a whole repository are passed over, since all of a file's become one machine.
const MOST_PATTERNS: usize = 5000;

/// The patterns of the folders from the root to the one that is looked at.
#[derive(Default)]
pub(super) struct Ignored {
    /// The folder, with a slash at its end unless it is the root, and its patterns.
    files: Vec<(String, Gitignore)>,
    patterns: usize,
}

impl Ignored {
    /// What the repository itself leaves out, if this is one.
    pub(super) fn of_repository(git: Option<&GitDir>, skipped: &SkippedList) -> Self {
        let mut ignored = Self::default();
        let Some(exclude) = git.and_then(GitDir::exclude) else { return ignored };
        match disk::read(&exclude, LARGEST) {
            Ok(bytes) => ignored.enter("", &bytes, skipped),
            Err(Unread::Missing) => {}
            Err(why) => skipped.note(".git/info/exclude", why.to_string()),
        }
        ignored
    }

    /// How many files of patterns there are, for `leave`.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// Adds the patterns of a folder.
    pub(super) fn enter(&mut self, folder: &str, bytes: &[u8], _skipped: &SkippedList) {
        let text = String::from_utf8_lossy(bytes);
        let mut builder = GitignoreBuilder::new("");
        for line in text.strip_prefix('\u{feff}').unwrap_or(&text).lines() {
            if self.patterns == MOST_PATTERNS {
                break;
            }
            self.patterns += usize::from(!line.trim().is_empty());
            // What is no pattern matches nothing, for git too
            drop(builder.add_line(None, line));
        }
        if let Ok(built) = builder.build().map(|built| (folder.to_owned(), built)) {
            self.files.push(built);
        }
    }

    /// Forgets the patterns of the folders below.
    pub(super) fn leave(&mut self, count: usize) {
        self.files.truncate(count);
    }

    /// Whether a path is left out. Its folders have been asked before.
    pub(super) fn has(&self, path: &str, is_folder: bool) -> bool {
        let said = self.files.iter().rev().find_map(|(folder, patterns)| {
            let matched = patterns.matched(path.strip_prefix(folder.as_str())?, is_folder);
            (!matched.is_none()).then_some(matched)
        });
        matches!(said, Some(Match::Ignore(_)))
    }
}

/// The paths that the `.gitignore` files among some files leave out, but for those that git has.
pub(super) fn left_out(files: &BTreeMap<String, Arc<File>>, has_git: impl Fn(&str) -> bool) -> Vec<String> {
    let mut named: Vec<(&str, &[u8])> = files
        .values()
        .filter(|file| file.name() == GITIGNORE)
        .filter_map(|file| Some((file.path().strip_suffix(GITIGNORE)?, file.bytes()?)))
        .filter(|(_, bytes)| !bytes.trim_ascii().is_empty() && bytes.len() as u64 <= LARGEST)
        .collect();
    // The deepest of them is asked first, and is the last one here
    named.sort_by_key(|(folder, _)| folder.matches('/').count());
    let mut ignored = Ignored::default();
    for (folder, bytes) in named {
        ignored.enter(folder, bytes, &SkippedList::default());
    }
    let mut folders = HashMap::new();
    let mut is_left_out = |path: &str| {
        let parents = path.match_indices('/').map(|(at, _)| &path[..at]);
        let below = parents.fold(false, |below, parent| {
            *folders.entry(parent.to_owned()).or_insert_with(|| below || ignored.has(parent, true))
        });
        below || ignored.has(path, false)
    };
    files.keys().filter(|path| !has_git(path) && is_left_out(path)).cloned().collect()
}
