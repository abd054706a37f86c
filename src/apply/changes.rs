//! Puts changes into a folder that has files of its own: all of them, or none.
//!
//! New contents are staged in the hidden folder, the files that they take the place of are kept beside them, and a journal
//! says what was there and what comes. Only then is anything renamed into its place. A run that fails takes back what it
//! did; the traces of one that was killed are taken back by the next, so a folder is as it was before or as it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::WriteOptions;
use super::error::WriteError;
use super::files;
use super::unfinished::{DRAFT, LOCK, Seal, TREE, UNFINISHED, enter, is_real_folder, write_journal};
use crate::plan::{Content, Mode, Plan, PlannedFile, RepoPath};

/// The files as they were.
const BEFORE: &str = "before";
/// Not the name of the journal of a run that fills an empty folder: the two are undone in different ways.
const JOURNAL: &str = "changes.json";

/// What is to be written, and what has to be there before.
#[derive(Debug, Default)]
pub(super) struct Changes {
    after: BTreeMap<RepoPath, PlannedFile>,
    before: BTreeMap<RepoPath, Vec<u8>>,
    /// New files that get the permissions of another.
    like: BTreeMap<RepoPath, RepoPath>,
}

impl Changes {
    /// Makes a file that is not there.
    pub(super) fn create(&mut self, path: RepoPath, content: Content, mode: Mode) {
        self.after.insert(path, PlannedFile::new(content, mode));
    }

    /// Makes a file that is not there, with the permissions of one that is.
    pub(super) fn create_like(&mut self, path: RepoPath, content: Content, like: RepoPath) {
        self.like.insert(path.clone(), like);
        self.create(path, content, Mode::Regular);
    }

    /// Writes a file over one that is there with just these bytes, and leaves its permissions.
    pub(super) fn replace(&mut self, path: RepoPath, before: Vec<u8>, content: Content) {
        self.before.insert(path.clone(), before);
        self.create_like(path.clone(), content, path);
    }

    /// Writes them into a folder. Nothing has changed if it fails.
    pub(super) fn put(self, root: &Path, options: &WriteOptions) -> Result<(), WriteError> {
        if self.after.is_empty() {
            return Ok(());
        }
        let run = Run::begin(root)?;
        let done = run.put(&self, options);
        match done {
            Ok(()) => {
                run.end();
                Ok(())
            }
            Err(error) => run.undo().and(Err(error)),
        }
    }
}

/// What a run is about to do.
///
/// The folder may be a clone of somebody else's repository, journal included, so nothing in it is believed further than
/// it can be checked: paths stay in the folder, and only a file with just the bytes that were put there is taken back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Journal {
    files: Vec<Entry>,
    /// The folders that are made.
    folders: BTreeSet<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: RepoPath,
    before: Option<Seal>,
    after: Seal,
}

/// Takes back what a run that was killed had begun. Returns whether there was anything.
pub(super) fn recover(root: &Path) -> Result<bool, WriteError> {
    if !is_real_folder(&root.join(UNFINISHED)) {
        return Ok(false);
    }
    if fs_err::symlink_metadata(root.join(UNFINISHED).join(super::in_place::JOURNAL)).is_ok() {
        return Err(WriteError::unfinished(root));
    }
    let run = Run::begin(root)?;
    let anything = run.folder.join(JOURNAL).exists();
    run.undo()?;
    Ok(anything)
}

/// Whether a run that was killed left something that the next one takes back.
pub(super) fn is_unfinished(root: &Path) -> bool {
    is_real_folder(&root.join(UNFINISHED))
}

/// A run that holds the folder's lock.
struct Run<'a> {
    root: &'a Path,
    folder: PathBuf,
    _lock: File,
}

impl<'a> Run<'a> {
    fn begin(root: &'a Path) -> Result<Self, WriteError> {
        let (folder, lock) = enter(root)?;
        Ok(Self { root, folder, _lock: lock })
    }

    fn put(&self, changes: &Changes, options: &WriteOptions) -> Result<(), WriteError> {
        let fail = |error| WriteError::io("write in", self.root, error);
        if self.folder.join(JOURNAL).exists() {
            return Err(WriteError::unfinished(self.root));
        }
        let tree = self.folder.join(TREE);
        for folder in [&tree, &self.folder.join(BEFORE)] {
            if folder.exists() {
                fs_err::remove_dir_all(folder).map_err(fail)?;
            }
            files::make_folder(folder)?;
        }
        files::write_all(&Plan::new(changes.after.clone()), &tree, options)?;
        for (path, like) in &changes.like {
            let about = fs_err::metadata(self.root.join(like.to_path())).map_err(fail)?;
            fs_err::set_permissions(tree.join(path.to_path()), about.permissions()).map_err(fail)?;
        }
        let journal = self.keep_before(changes, &tree)?;
        write_journal(&self.folder, JOURNAL, &journal).map_err(fail)?;
        options.check()?;
        for folder in &journal.folders {
            files::make_folder(&self.root.join(folder))?;
        }
        for entry in &journal.files {
            self.move_one(entry, &tree)?;
        }
        // From here on the folder is as it should be
        fs_err::remove_file(self.folder.join(JOURNAL)).map_err(fail)
    }

    /// Keeps the files that will be replaced, and says what there is and what comes.
    fn keep_before(&self, changes: &Changes, tree: &Path) -> Result<Journal, WriteError> {
        let mut journal = Journal::default();
        for path in changes.after.keys() {
            let before = changes.before.get(path).map(|bytes| Seal::of_bytes(bytes));
            if Seal::at(path, self.root) != before || (before.is_none() && is_taken(self.root, path)) {
                return Err(WriteError::changed(path.as_str()));
            }
            if before.is_some() {
                self.keep_one(path).map_err(|error| WriteError::io("keep", Path::new(path.as_str()), error))?;
            }
            let after = Seal::at(path, tree).ok_or_else(|| WriteError::changed(path.as_str()))?;
            journal.files.push(Entry { path: path.clone(), before, after });
            let missing = path.folders().filter(|folder| !is_real_folder(&self.root.join(folder)));
            journal.folders.extend(missing.map(str::to_owned));
        }
        Ok(journal)
    }

    /// A second name for the file where the file system has that, so that nothing of it is lost when it comes back.
    fn keep_one(&self, path: &RepoPath) -> io::Result<()> {
        let (from, to) = (self.root.join(path.to_path()), self.folder.join(BEFORE).join(path.to_path()));
        if let Some(parent) = to.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::hard_link(&from, &to).or_else(|_| fs_err::copy(&from, &to).map(|_| ()))
    }

    /// Moves a staged file to its place, where nothing may be but what was there.
    fn move_one(&self, entry: &Entry, tree: &Path) -> Result<(), WriteError> {
        let to = self.root.join(entry.path.to_path());
        let is_as_it_was = match entry.before {
            Some(_) => Seal::at(&entry.path, self.root) == entry.before,
            None => !is_taken(self.root, &entry.path),
        };
        if !is_as_it_was {
            return Err(WriteError::changed(entry.path.as_str()));
        }
        fs_err::rename(tree.join(entry.path.to_path()), &to).map_err(|error| WriteError::io("write", &to, error))
    }

    /// Takes back what was moved. What somebody edited meanwhile stays, and so does what it was before.
    fn undo(self) -> Result<(), WriteError> {
        let journal: Option<Journal> =
            fs_err::read(self.folder.join(JOURNAL)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(journal) = journal {
            let (changed, created): (Vec<_>, Vec<_>) = journal.files.iter().partition(|entry| entry.before.is_some());
            let lost: Vec<&Entry> = changed.into_iter().filter(|entry| !self.put_back(entry)).collect();
            let is_last_copy = |entry: &Entry| lost.iter().any(|other| other.before == Some(entry.after));
            for entry in created {
                if Seal::at(&entry.path, self.root) == Some(entry.after) && !is_last_copy(entry) {
                    let _ = fs_err::remove_file(self.root.join(entry.path.to_path()));
                }
            }
            for entry in lost {
                self.keep_aside(entry, &journal)?;
            }
            for folder in journal.folders.iter().rev().filter_map(|folder| folder.parse::<RepoPath>().ok()) {
                if folder.folders().all(|above| is_real_folder(&self.root.join(above))) {
                    let _ = fs_err::remove_dir(self.root.join(folder.to_path()));
                }
            }
        }
        self.end();
        Ok(())
    }

    /// Puts a file back that was replaced. Returns whether it is what it was.
    fn put_back(&self, entry: &Entry) -> bool {
        let now = Seal::at(&entry.path, self.root);
        if now == entry.before {
            return true;
        }
        let place = self.root.join(entry.path.to_path());
        now == Some(entry.after) && self.kept(entry).is_some_and(|kept| fs_err::rename(kept, place).is_ok())
    }

    /// Where the file is kept that was replaced, if it is there with just its bytes.
    fn kept(&self, entry: &Entry) -> Option<PathBuf> {
        let before = self.folder.join(BEFORE);
        let is_whole = is_real_folder(&before) && Seal::at(&entry.path, &before) == entry.before;
        is_whole.then(|| before.join(entry.path.to_path()))
    }

    /// Keeps what a file was that cannot be put back, beside what it is now, unless a copy is there already.
    fn keep_aside(&self, entry: &Entry, journal: &Journal) -> Result<(), WriteError> {
        let is_copy = |other: &&Entry| Some(other.after) == entry.before && other.before.is_none();
        let mut copies = journal.files.iter().filter(is_copy);
        if copies.any(|copy| Seal::at(&copy.path, self.root) == entry.before) {
            return Ok(());
        }
        let Some(kept) = self.kept(entry) else { return Ok(()) };
        let names =
            std::iter::once(format!("{}.orig", entry.path)).chain((2..100).map(|n| format!("{}.orig.{n}", entry.path)));
        let free = names.map(|name| self.root.join(name)).find(|spare| fs_err::symlink_metadata(spare).is_err());
        let spare = free.ok_or_else(|| WriteError::changed(entry.path.as_str()))?;
        fs_err::rename(kept, &spare).map_err(|error| WriteError::io("keep", &spare, error))
    }

    /// Removes what is left of the run. The journal goes before what it speaks of, the lock last.
    fn end(self) {
        let _ = fs_err::remove_file(self.folder.join(JOURNAL));
        let _ = fs_err::remove_file(self.folder.join(DRAFT));
        let _ = fs_err::remove_dir_all(self.folder.join(TREE));
        let _ = fs_err::remove_dir_all(self.folder.join(BEFORE));
        let _ = fs_err::remove_file(self.folder.join(LOCK));
        let _ = fs_err::remove_dir(&self.folder);
    }
}

/// Whether anything at all has a path.
fn is_taken(root: &Path, path: &RepoPath) -> bool {
    fs_err::symlink_metadata(root.join(path.to_path())).is_ok()
}
