//! Fills an existing folder: staged in a hidden folder inside it, moved file by file under a journal.
//!
//! The staging folder is inside the target, not beside it: so it is on the same file system and writable
//! whenever the target is, even if the target is `.` or a mount point.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::error::WriteError;
use super::journal::{Entry, Journal, Kind};
use super::target::refuse_unless_empty;
use super::unfinished::{self, Hold, TREE, remove_whole};
use super::vcs::{self, Home, VcsOutcome};
use super::{WriteOptions, files};
use crate::disk;
use crate::order;
use crate::plan::Plan;
use crate::repo::Repo;
use crate::values::RepoPath;

/// What an earlier run left in a folder.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Its files that are in place, unchanged since.
    files: BTreeSet<RepoPath>,
    /// The folders that it created, or was about to create.
    folders: BTreeSet<String>,
    /// Whether it left anything that is now finished.
    pub(super) anything: bool,
}

/// The result of filling a folder.
pub(super) struct Filled {
    pub(super) vcs: VcsOutcome,
    pub(super) finished_earlier_run: bool,
    pub(super) warnings: Vec<String>,
}

impl Left {
    /// What exists of an earlier run. Refuses a folder that holds anything else.
    fn in_folder(root: &Path, earlier: Option<(Kind, Option<Journal>)>) -> Result<Self, WriteError> {
        let mut left = Self { anything: earlier.is_some(), ..Self::default() };
        match earlier {
            Some((Kind::Change, Some(_))) => return Err(WriteError::unfinished_changes(root)),
            Some((_, Some(journal))) => {
                left.folders = journal.folders_of_files();
                let present = journal.files.into_iter().filter(|entry| entry.is_ours(root));
                left.files = present.map(|entry| entry.path).collect();
            }
            _ => {}
        }
        let known = order::set(left.files.iter().map(RepoPath::to_path));
        refuse_unless_empty(root, |file| known.contains(file), |folder| left.folders.contains(folder))?;
        Ok(left)
    }
}

/// Finds what an earlier run left, and refuses a folder that holds anything else. Changes nothing.
pub(super) fn look(root: &Path, options: &WriteOptions) -> Result<Left, WriteError> {
    Left::in_folder(root, unfinished::look(root, options)?)
}

/// Removes the last traces of a run that was killed while it tidied up: they hold no information any more.
pub(super) fn tidy(root: &Path, options: &WriteOptions) {
    if let Ok(Some(hold)) = Hold::enter_existing(root, options)
        && !matches!(hold.earlier, Some((_, Some(_))))
    {
        hold.end(Kind::Fill);
    }
}

/// Writes a plan into a folder.
pub(super) fn write(plan: &Plan, root: &Path, options: &WriteOptions) -> Result<Filled, WriteError> {
    // Before the first change, and again when the lock is held.
    if Repo::unfinished_run(root).is_none() {
        Left::in_folder(root, None)?;
    }
    let mut run = Run::begin(root, options)?;
    match run.fill(plan, options) {
        Ok(vcs) => {
            let finished_earlier_run = run.left.anything;
            Ok(Filled { vcs, finished_earlier_run, warnings: run.hold.end(Kind::Fill) })
        }
        Err(error) => {
            let warnings = run.undo();
            Err(error.with_warnings(&warnings))
        }
    }
}

/// A run that holds the folder's lock.
struct Run<'a> {
    hold: Hold<'a>,
    left: Left,
    /// What to undo if the run fails from here on.
    journal: Option<Journal>,
}

impl<'a> Run<'a> {
    /// Takes the lock, then checks that the folder only holds what an earlier run left.
    fn begin(root: &'a Path, options: &WriteOptions) -> Result<Self, WriteError> {
        let mut hold = Hold::enter(root, Kind::Fill, options)?;
        let earlier = hold.earlier.take();
        let has_journal = matches!(earlier, Some((_, Some(_))));
        match Left::in_folder(root, earlier) {
            Ok(left) => Ok(Run { hold, left, journal: None }),
            Err(error) => {
                // What an earlier run left stays, to be finished; without a journal it has no meaning.
                let warnings = if has_journal { Vec::new() } else { hold.end(Kind::Fill) };
                Err(error.with_warnings(&warnings))
            }
        }
    }

    /// Stages, writes the journal, moves.
    fn fill(&mut self, plan: &Plan, options: &WriteOptions) -> Result<VcsOutcome, WriteError> {
        let root = self.hold.root;
        let fail = |error| WriteError::io("write in", root, error);
        let tree = self.hold.folder.join(TREE);
        remove_whole(&tree).map_err(fail)?;
        files::make_folder(&tree)?;
        files::write_all(plan, &tree, options)?;
        let outcome = vcs::initialise(&tree, Home::Here(root), options.vcs, &self.hold.lock);
        // The earlier run's files stay in the journal, so that after a second kill they are still recognised as ours.
        let planned = plan.files().map(|(path, _)| Entry::of(path, &tree));
        let earlier = self.left.files.iter().map(|path| Entry::of(path, root));
        let files = planned.chain(earlier).collect::<io::Result<_>>().map_err(fail)?;
        options.check_last()?;
        let journal = Journal { files, ..Journal::default() };
        self.hold.keep(Kind::Fill, &journal).map_err(fail)?;
        self.journal = Some(journal);
        for path in self.left.files.iter().filter(|path| plan.get(path).is_none()) {
            let file = root.join(path.to_path());
            fs_err::remove_file(&file).map_err(|error| WriteError::io("remove", &file, error))?;
        }
        self.remove_empty(&self.left.folders);
        for (path, _) in plan.files() {
            self.move_one(path, &tree)?;
        }
        if disk::is_folder(&tree.join(".git")) {
            let to = root.join(".git");
            fs_err::rename(tree.join(".git"), &to).map_err(|error| WriteError::io("create", &to, error))?;
        }
        Ok(outcome)
    }

    /// Moves a file from the staging folder to its place, which must be free or hold an earlier run's file.
    fn move_one(&self, path: &RepoPath, tree: &Path) -> Result<(), WriteError> {
        let root = self.hold.root;
        for folder in path.folders() {
            let folder = root.join(folder);
            if !disk::is_folder(&folder) {
                files::make_folder(&folder)?;
            }
        }
        let to = root.join(path.to_path());
        if !self.left.files.contains(path) && disk::about(&to).is_ok() {
            return Err(WriteError::not_empty(root, vec![path.to_string()]));
        }
        fs_err::rename(tree.join(path.to_path()), &to).map_err(|error| WriteError::io("write", &to, error))
    }

    /// Removes the empty ones among our folders, the inner ones first.
    fn remove_empty(&self, folders: &BTreeSet<String>) {
        for folder in folders.iter().rev().filter(|folder| disk::is_below(self.hold.root, Path::new(folder))) {
            let _ = fs_err::remove_dir(self.hold.root.join(folder));
        }
    }

    /// Undoes the moves. `.git` is moved last, so an existing one is not ours.
    fn undo(mut self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(journal) = self.journal.take() {
            for entry in journal.files.iter().filter(|entry| entry.is_ours(self.hold.root)) {
                let file = self.hold.root.join(entry.path.to_path());
                if let Err(error) = fs_err::remove_file(&file) {
                    warnings.push(unfinished::left(&file, &error));
                }
            }
            self.remove_empty(&journal.folders_of_files());
        }
        warnings.extend(self.hold.end(Kind::Fill));
        warnings
    }
}
