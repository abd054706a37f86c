//! Fills a folder that exists: staged in a hidden folder inside it, moved file by file under a journal.
//!
//! The staging folder is inside the target, not beside it: there it is on the same file system and may be written
//! whenever the target may, also where the target is `.` or a mount point.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::WriteOptions;
use super::error::WriteError;
use super::files;
use super::target::refuse_unless_empty;
use super::unfinished::{DRAFT, Entry, LOCK, TREE, UNFINISHED, enter, is_real_folder, take_lock, write_journal};
use super::vcs::{self, Home, VcsOutcome};
use crate::plan::{Plan, RepoPath};

pub(super) const JOURNAL: &str = "journal.json";

/// What a run is about to put into the folder. Written before the first file is moved.
///
/// The folder may be a clone of somebody else's repository, journal included, so nothing in it is believed further
/// than it can be checked: paths stay in the folder, and a file counts only if it is there with the very same bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    files: Vec<Entry>,
}

/// What an earlier run left in a folder.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Its files that are in place, unchanged since.
    files: BTreeSet<RepoPath>,
    /// The folders that it made, or was about to make.
    folders: BTreeSet<String>,
    /// Whether it left anything at all.
    pub(super) anything: bool,
}

/// Looks at what an earlier run left, and refuses a folder that holds anything else. Changes nothing.
pub(super) fn look(root: &Path) -> Result<Left, WriteError> {
    let folder = root.join(UNFINISHED);
    let mut left = Left::default();
    match fs_err::symlink_metadata(&folder) {
        Ok(about) if about.is_dir() => {
            let journal = read_journal(&folder);
            left.anything = journal.is_some() || folder.join(TREE).exists();
            let journal = journal.unwrap_or_default();
            left.folders = journal.files.iter().flat_map(|entry| entry.path.folders().map(str::to_owned)).collect();
            let present = journal.files.into_iter().filter(|entry| entry.is_unchanged(root));
            left.files = present.map(|entry| entry.path).collect();
        }
        Ok(_) => return Err(WriteError::not_empty(root, vec![UNFINISHED.to_owned()])),
        Err(_) => {}
    }
    refuse_unless_empty(
        root,
        |file| left.files.iter().any(|known| known.to_path() == file),
        |folder| left.folders.contains(folder),
    )?;
    Ok(left)
}

/// Looks as [`look`] does. Where a folder is refused, the last traces of a run that was killed while it removed them go:
/// without a journal they say nothing.
pub(super) fn look_and_tidy(root: &Path) -> Result<Left, WriteError> {
    look(root).inspect_err(|_| {
        let folder = root.join(UNFINISHED);
        let says_nothing = is_real_folder(&folder) && read_journal(&folder).is_none();
        if says_nothing && let Ok(lock) = take_lock(root, &folder) {
            Run { root, folder, left: Left::default(), lock }.end();
        }
    })
}

/// Writes a plan into a folder. Returns also whether an earlier run was finished.
pub(super) fn write(plan: &Plan, root: &Path, options: &WriteOptions) -> Result<(VcsOutcome, bool), WriteError> {
    // Before the first change, and again when the lock is held.
    look_and_tidy(root)?;
    let run = Run::begin(root)?;
    match run.fill(plan, options) {
        Ok(outcome) => {
            let finished = run.left.anything;
            run.end();
            Ok((outcome, finished))
        }
        Err(error) => {
            run.undo();
            Err(error)
        }
    }
}

/// A run that holds the folder's lock.
struct Run<'a> {
    root: &'a Path,
    folder: PathBuf,
    left: Left,
    lock: File,
}

impl<'a> Run<'a> {
    /// Takes the lock, then makes sure that the folder holds nothing but what an earlier run left.
    fn begin(root: &'a Path) -> Result<Self, WriteError> {
        let (folder, lock) = enter(root)?;
        match look(root) {
            Ok(left) => Ok(Run { root, folder, left, lock }),
            Err(error) => {
                // Somebody put a file there since the first look. What an earlier run left stays, to be finished.
                if read_journal(&folder).is_none() {
                    Run { root, folder, left: Left::default(), lock }.end();
                }
                Err(error)
            }
        }
    }

    /// Stages, writes the journal, moves.
    fn fill(&self, plan: &Plan, options: &WriteOptions) -> Result<VcsOutcome, WriteError> {
        let fail = |error| WriteError::io("write in", self.root, error);
        let tree = self.folder.join(TREE);
        if tree.exists() {
            fs_err::remove_dir_all(&tree).map_err(fail)?;
        }
        files::make_folder(&tree)?;
        files::write_all(plan, &tree, options)?;
        let outcome = vcs::initialise(&tree, Home::Here(self.root), options.vcs, &self.lock);
        // The earlier run's files stay in the journal, lest a second kill makes strangers of them.
        let planned = plan.files().map(|(path, _)| Entry::of(path, &tree));
        let earlier = self.left.files.iter().map(|path| Entry::of(path, self.root));
        let files = planned.chain(earlier).collect::<io::Result<_>>().map_err(fail)?;
        write_journal(&self.folder, JOURNAL, &Journal { files }).map_err(fail)?;
        options.check()?;
        for path in self.left.files.iter().filter(|path| plan.get(path).is_none()) {
            let _ = fs_err::remove_file(self.root.join(path.to_path()));
        }
        self.remove_empty(&self.left.folders);
        for (path, _) in plan.files() {
            self.move_one(path, &tree)?;
        }
        if tree.join(".git").exists() {
            let to = self.root.join(".git");
            fs_err::rename(tree.join(".git"), &to).map_err(|error| WriteError::io("make", &to, error))?;
        }
        Ok(outcome)
    }

    /// Moves a file from the staging folder to its place, which has to be free or an earlier run's.
    fn move_one(&self, path: &RepoPath, tree: &Path) -> Result<(), WriteError> {
        for folder in path.folders() {
            let folder = self.root.join(folder);
            if !is_real_folder(&folder) {
                files::make_folder(&folder)?;
            }
        }
        let to = self.root.join(path.to_path());
        if !self.left.files.contains(path) && fs_err::symlink_metadata(&to).is_ok() {
            return Err(WriteError::not_empty(self.root, vec![path.to_string()]));
        }
        fs_err::rename(tree.join(path.to_path()), &to).map_err(|error| WriteError::io("write", &to, error))
    }

    /// Removes those of our folders that are empty, the inner ones first.
    fn remove_empty(&self, folders: &BTreeSet<String>) {
        for folder in folders.iter().rev() {
            let _ = fs_err::remove_dir(self.root.join(folder));
        }
    }

    /// Takes back what was moved. A `.git` is moved last of all, so one that is there now is not ours.
    fn undo(self) {
        if let Some(journal) = read_journal(&self.folder) {
            for entry in journal.files.iter().filter(|entry| entry.is_unchanged(self.root)) {
                let _ = fs_err::remove_file(self.root.join(entry.path.to_path()));
            }
            let folders = journal.files.iter().flat_map(|entry| entry.path.folders().map(str::to_owned));
            self.remove_empty(&folders.collect());
        }
        self.end();
    }

    /// Removes what is left of the run. The lock goes last, so that nobody mistakes the rest for a dead run's.
    fn end(self) {
        let _ = fs_err::remove_dir_all(self.folder.join(TREE));
        let _ = fs_err::remove_file(self.folder.join(DRAFT));
        let _ = fs_err::remove_file(self.folder.join(JOURNAL));
        let _ = fs_err::remove_file(self.folder.join(LOCK));
        let _ = fs_err::remove_dir(&self.folder);
    }
}

fn read_journal(folder: &Path) -> Option<Journal> {
    serde_json::from_slice(&fs_err::read(folder.join(JOURNAL)).ok()?).ok()
}
