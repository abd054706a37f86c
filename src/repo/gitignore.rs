//! What git leaves out: the `.gitignore` files of the folders, and `info/exclude` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitignore>: the last pattern of a file that matches counts, and the file of the deepest
//! folder before those above it. They are read here and not by the walker of the `ignore` crate, which would follow a link out of
//! the folder and wait for a pipe.

use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::within::{is_folder, read};

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
    pub(super) fn of_repository(folder: &Path) -> Self {
        let mut ignored = Self::default();
        let git = folder.join(".git");
        if is_folder(&git) && is_folder(&git.join("info")) {
            ignored.enter("", &git.join("info/exclude"));
        }
        ignored
    }

    /// Adds a file of patterns for a folder. Gives back how many there were before, for `leave`.
    pub(super) fn enter(&mut self, folder: &str, file: &Path) -> usize {
        let before = self.files.len();
        let Some(bytes) = read(file, LARGEST) else { return before };
        let text = String::from_utf8_lossy(&bytes);
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
        before
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
