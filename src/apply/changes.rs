//! Applies changes to a folder that has files of its own: all of them, or none.
//!
//! New contents are staged in the hidden folder, the replaced files are kept beside them, and a journal records the old and
//! the new state. Only then are files renamed into place. A run that fails undoes its changes; the next run undoes those of a
//! run that was killed. So a folder is either in its old or in its new state.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::attributes::{self, OtherNames};
use super::error::WriteError;
use super::journal::{Entry, Fingerprint, Journal, Kind, inode};
use super::unfinished::{BEFORE, Hold, TREE, left, remove_whole};
use super::{Outcome, WriteOptions, files};
use crate::disk;
use crate::order;
use crate::plan::{Content, Mode, Plan, PlannedFile};
use crate::values::RepoPath;

/// What to write, and what must exist before.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    after: BTreeMap<RepoPath, PlannedFile>,
    before: BTreeMap<RepoPath, Vec<u8>>,
    /// New files that get the permissions of another file.
    like: BTreeMap<RepoPath, RepoPath>,
    /// Files that are removed.
    removed: BTreeSet<RepoPath>,
}

impl Changes {
    /// Creates a file that does not exist.
    pub(crate) fn create(&mut self, path: RepoPath, content: Content, mode: Mode) {
        self.after.insert(path, PlannedFile::new(content, mode));
    }

    /// Creates a file that does not exist, with the owner and the permissions of an existing one.
    pub(crate) fn create_like(&mut self, path: RepoPath, content: Content, like: RepoPath) {
        self.like.insert(path.clone(), like);
        self.create(path, content, Mode::NonExecutable);
    }

    /// Overwrites an existing file that has exactly these bytes, and keeps its owner and its permissions.
    pub(crate) fn replace(&mut self, path: RepoPath, before: Vec<u8>, content: Content) {
        self.before.insert(path.clone(), before);
        self.create_like(path.clone(), content, path);
    }

    /// Removes an existing file that has exactly these bytes.
    pub(crate) fn remove(&mut self, path: RepoPath, before: Vec<u8>) {
        self.before.insert(path.clone(), before);
        self.removed.insert(path);
    }

    /// Writes them into a folder. Nothing has changed if it fails.
    pub(crate) fn put(self, root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
        if self.after.is_empty() && self.removed.is_empty() {
            return Ok(Outcome::default());
        }
        let hold = Hold::enter(root, Kind::Change, options)?;
        match &hold.earlier {
            Some((Kind::Change, Some(_))) => return Err(WriteError::unfinished_changes(root)),
            Some((_, Some(_))) => return Err(WriteError::unfinished(root)),
            _ => {}
        }
        let mut run = Run { hold, journal: None, warnings: Vec::new() };
        match run.put(&self, options) {
            Ok(()) => Ok(Outcome { recovered: false, warnings: run.end() }),
            Err(error) => {
                let warnings = run.undo()?;
                Err(error.with_warnings(&warnings))
            }
        }
    }
}

/// Undoes what a killed run had begun.
pub(crate) fn recover(root: &Path, options: &WriteOptions) -> Result<Outcome, WriteError> {
    let Some(mut hold) = Hold::enter_existing(root, options)? else { return Ok(Outcome::default()) };
    let journal = match hold.earlier.take() {
        Some((Kind::Change, journal)) => journal,
        Some((_, Some(_))) => return Err(WriteError::unfinished(root)),
        _ => None,
    };
    let recovered = journal.is_some();
    let warnings = Run { hold, journal, warnings: Vec::new() }.undo()?;
    Ok(Outcome { recovered, warnings })
}

/// A run that holds the folder's lock.
struct Run<'a> {
    hold: Hold<'a>,
    /// What to undo if the run fails from here on.
    journal: Option<Journal>,
    warnings: Vec<String>,
}

impl Run<'_> {
    fn put(&mut self, changes: &Changes, options: &WriteOptions) -> Result<(), WriteError> {
        let root = self.hold.root;
        let fail = |error| WriteError::io("write in", root, error);
        let tree = self.hold.folder.join(TREE);
        for folder in [&tree, &self.hold.folder.join(BEFORE)] {
            remove_whole(folder).map_err(fail)?;
            files::make_folder(folder)?;
        }
        files::write_all(&Plan::new(changes.after.clone()), &tree, options)?;
        for (path, like) in &changes.like {
            let warning = attributes::hand_on(&root.join(like.to_path()), &tree.join(path.to_path()), path.as_str());
            // An overwritten file keeps its metadata
            let warning = warning.map_err(fail)?.filter(|_| !self.is_written_over(path));
            self.warnings.extend(warning);
        }
        let journal = self.keep_before(changes, &tree)?;
        options.check_last()?;
        self.hold.keep(Kind::Change, &journal).map_err(fail)?;
        let journal = self.journal.insert(journal);
        for folder in &journal.folders {
            files::make_folder(&root.join(folder.to_path()))?;
        }
        for entry in &journal.files {
            move_one(entry, root, &tree)?;
        }
        // From here on the folder is in its new state
        self.hold.commit(Kind::Change).map_err(fail)
    }

    fn is_written_over(&self, path: &RepoPath) -> bool {
        attributes::other_names(&self.hold.root.join(path.to_path())) == OtherNames::WrittenOver
    }

    /// Keeps the files that will be replaced, and records the old and the new state.
    fn keep_before(&mut self, changes: &Changes, tree: &Path) -> Result<Journal, WriteError> {
        let root = self.hold.root;
        let mut journal = Journal::default();
        for path in changes.after.keys().chain(&changes.removed) {
            let before = changes.before.get(path).map(|bytes| Fingerprint::of_bytes(bytes));
            let is_as_it_was = match before {
                Some(before) => before.is_at(path, root),
                None => !is_taken(root, path),
            };
            if !is_as_it_was {
                return Err(WriteError::changed(path.as_str()));
            }
            let fail = |error| WriteError::io("keep", Path::new(path.as_str()), error);
            let is_removed = changes.removed.contains(path);
            let after = if is_removed { Entry::removed(path) } else { Entry::of(path, tree).map_err(fail)? };
            let mut entry = Entry { before, ..after };
            if before.is_some() {
                entry.in_place = self.keep_one(path).map_err(fail)? && !is_removed;
            }
            if entry.in_place
                && let Ok(about) = disk::about(&root.join(path.to_path()))
            {
                entry.inode = inode(&about);
            }
            journal.files.push(entry);
            let missing = path.folders().filter(|folder| !disk::is_folder(&root.join(folder)));
            journal.folders.extend(missing.filter_map(|folder| folder.parse().ok()));
        }
        Ok(journal)
    }

    /// Adds a hard link to the file if the file system supports it, so that undoing restores everything. A file that has
    /// other names is overwritten, and so copied. Returns whether it is.
    fn keep_one(&mut self, path: &RepoPath) -> io::Result<bool> {
        let (from, to) = (self.hold.root.join(path.to_path()), self.hold.folder.join(BEFORE).join(path.to_path()));
        if let Some(parent) = to.parent() {
            fs_err::create_dir_all(parent)?;
        }
        let names = attributes::other_names(&from);
        if names == OtherNames::Left {
            self.warnings.push(format!("`{path}` had other names (hard links), which keep the old content"));
        }
        if names == OtherNames::WrittenOver {
            attributes::copy(&from, &to)?;
            return Ok(true);
        }
        fs_err::hard_link(&from, &to).or_else(|_| attributes::copy(&from, &to))?;
        Ok(false)
    }

    /// Undoes the moves. Files that were edited meanwhile stay, and so do their previous versions.
    fn undo(mut self) -> Result<Vec<String>, WriteError> {
        if let Some(journal) = self.journal.take() {
            let root = self.hold.root;
            let (changed, created): (Vec<_>, Vec<_>) = journal.files.iter().partition(|entry| entry.before.is_some());
            let lost: Vec<&Entry> = changed.into_iter().filter(|entry| !self.put_back(entry)).collect();
            let only_here = order::set(lost.iter().map(|entry| entry.before));
            let mut copies = BTreeSet::new();
            for entry in created {
                if !entry.is_ours(root) {
                    continue;
                }
                // A previous version exists under another name: that one stays
                if only_here.contains(&Some(entry.after)) {
                    copies.insert(Some(entry.after));
                } else if let Err(error) = fs_err::remove_file(root.join(entry.path.to_path())) {
                    self.warnings.push(left(Path::new(entry.path.as_str()), &error));
                }
            }
            for entry in lost.into_iter().filter(|entry| !copies.contains(&entry.before)) {
                self.keep_aside(entry)?;
            }
            for folder in journal.folders.iter().rev() {
                if disk::is_below(root, &folder.to_path()) {
                    let _ = fs_err::remove_dir(root.join(folder.to_path()));
                }
            }
        }
        Ok(self.end())
    }

    /// Restores a replaced file. Returns whether it is as before.
    fn put_back(&self, entry: &Entry) -> bool {
        let root = self.hold.root;
        if entry.before.is_some_and(|before| before.is_at(&entry.path, root)) {
            return true;
        }
        let Some(kept) = self.kept(entry) else { return false };
        let place = root.join(entry.path.to_path());
        if !entry.in_place {
            return entry.is_ours(root) && fs_err::rename(kept, place).is_ok();
        }
        // A kill may have left a mixture of both
        let staged = self.hold.folder.join(TREE).join(entry.path.to_path());
        let is_below = disk::is_below(root, &entry.path.to_path());
        let is_ours = entry.is_ours(root) || attributes::is_mixture(&place, &kept, &staged);
        is_below && entry.is_the_file(root) && is_ours && attributes::write_over(&place, &kept).is_ok()
    }

    /// Where the replaced file is kept, if it exists with exactly its bytes.
    fn kept(&self, entry: &Entry) -> Option<PathBuf> {
        let before = self.hold.folder.join(BEFORE);
        let is_whole = disk::is_folder(&before) && entry.before?.is_at(&entry.path, &before);
        is_whole.then(|| before.join(entry.path.to_path()))
    }

    /// Keeps the previous version of a file that cannot be restored, beside its current version.
    fn keep_aside(&self, entry: &Entry) -> Result<(), WriteError> {
        let root = self.hold.root;
        let Some(kept) = self.kept(entry) else { return Ok(()) };
        let names =
            std::iter::once(format!("{}.orig", entry.path)).chain((2..100).map(|n| format!("{}.orig.{n}", entry.path)));
        let free = names.map(|name| root.join(name)).find(|spare| disk::about(spare).is_err());
        let spare = free.ok_or_else(|| WriteError::changed(entry.path.as_str()))?;
        // If its folder is gone or is a link, the file stays where it is kept
        if !disk::is_below(root, &entry.path.to_path()) {
            return Err(WriteError::changed(entry.path.as_str()));
        }
        fs_err::rename(kept, &spare).map_err(|error| WriteError::io("keep", &spare, error))
    }

    fn end(self) -> Vec<String> {
        let mut warnings = self.warnings;
        warnings.extend(self.hold.end(Kind::Change));
        warnings
    }
}

/// Moves a staged file into place, or removes a file; the target must be unchanged.
fn move_one(entry: &Entry, root: &Path, tree: &Path) -> Result<(), WriteError> {
    let (from, to) = (tree.join(entry.path.to_path()), root.join(entry.path.to_path()));
    let is_as_it_was = match entry.before {
        Some(before) => before.is_at(&entry.path, root),
        None => !is_taken(root, &entry.path) && disk::is_below(root, &entry.path.to_path()),
    };
    if !is_as_it_was || (entry.in_place && !entry.is_the_file(root)) {
        return Err(WriteError::changed(entry.path.as_str()));
    }
    let done = match entry {
        Entry { is_removed: true, .. } => fs_err::remove_file(&to),
        Entry { in_place: true, .. } => attributes::write_over(&to, &from),
        _ => fs_err::rename(from, &to),
    };
    done.map_err(|error| WriteError::io("write", &to, error))
}

/// Whether anything exists at a path.
fn is_taken(root: &Path, path: &RepoPath) -> bool {
    disk::about(&root.join(path.to_path())).is_ok()
}
