//! What a run keeps in a folder until it is finished, and how the next run distinguishes it from a stranger's files.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::WriteOptions;
use super::error::{WriteError, WriteErrorKind};
use super::journal::{Journal, Kind};
use super::private;
use super::state::{Kept, Record, State, is_name, random_name};
use crate::disk;
use crate::repo::UNFINISHED;

/// Locked by the run that writes.
pub(super) const LOCK: &str = "lock";
/// The name of the run's record in this user's state.
const RUN: &str = "run";
/// Excludes everything from git.
const GITIGNORE: &str = ".gitignore";
const EVERYTHING: &[u8] = b"*\n";
/// The new files, before they are moved into place.
pub(super) const TREE: &str = "tree";
/// The old versions of the files.
pub(super) const BEFORE: &str = "before";

/// More names than a run can have in its folder.
const NAMES_MOST: usize = 16;
/// How often traces that look foreign are checked again, since a living run may be changing them.
const LOOKS: usize = 3;
/// More bytes than the name of a run has.
const RUN_MOST: u64 = 64;

/// A run that holds a folder's lock.
pub(super) struct Hold<'a> {
    pub(super) root: &'a Path,
    pub(super) folder: PathBuf,
    /// The leftovers of an earlier run with a record in this user's state: what it did, and what to undo or finish.
    pub(super) earlier: Option<(Kind, Option<Journal>)>,
    state: Option<State>,
    record: Option<Record>,
    /// Whether the record has a journal.
    is_kept: bool,
    pub(super) lock: File,
}

impl<'a> Hold<'a> {
    /// Takes the lock of a folder, and checks that its hidden folder only holds what a run of this user left.
    pub(super) fn enter(root: &'a Path, kind: Kind, options: &WriteOptions) -> Result<Self, WriteError> {
        let folder = root.join(UNFINISHED);
        let is_made = make(&folder).map_err(|error| WriteError::io("write in", root, error))?;
        let hold = Self::lock(root, folder, options).inspect_err(|error| {
            // No space for the lock, or the file system does not support locks. Another run may have got it meanwhile
            if is_made && error.kind() == WriteErrorKind::Io && !is_held(&root.join(UNFINISHED)) {
                let _ = remove_own(&root.join(UNFINISHED));
            }
        })?;
        hold.begin(kind)
    }

    /// The same if the hidden folder exists already; none if it does not.
    pub(super) fn enter_existing(root: &'a Path, options: &WriteOptions) -> Result<Option<Self>, WriteError> {
        let folder = root.join(UNFINISHED);
        if disk::about(&folder).is_err() { Ok(None) } else { Self::lock(root, folder, options).map(Some) }
    }

    /// Runs examine the folder only with the lock: otherwise they would see what another run is just creating or removing.
    fn lock(root: &'a Path, folder: PathBuf, options: &WriteOptions) -> Result<Self, WriteError> {
        let lock = take_lock(root, &folder)?;
        let state = State::of(options, root);
        let record = run_name(&folder).and_then(|name| state.as_ref()?.take_over(&name, &folder));
        if record.is_none() && !holds_nothing(&folder) {
            return Err(WriteError::not_ours(&folder));
        }
        let mut hold = Self { root, folder, earlier: None, state, record, is_kept: false, lock };
        if let Some(record) = &mut hold.record {
            let journal = record.kept.journal.take();
            hold.is_kept = journal.is_some();
            hold.earlier = Some((record.kept.kind, journal));
        }
        Ok(hold)
    }

    /// Hides the folder from git, and records the run in this user's state.
    fn begin(mut self, kind: Kind) -> Result<Self, WriteError> {
        match self.make_known(kind) {
            Ok(()) => Ok(self),
            Err(error) => {
                let error = WriteError::io("write in", self.root, error);
                if self.earlier.is_none() {
                    let _ = remove_own(&self.folder);
                }
                Err(error)
            }
        }
    }

    fn make_known(&mut self, kind: Kind) -> io::Result<()> {
        if disk::size(&self.folder.join(GITIGNORE)) != Some(EVERYTHING.len() as u64) {
            remove_whole(&self.folder.join(GITIGNORE))?;
            hide(&self.folder)?;
        }
        if self.record.is_some() {
            return Ok(());
        }
        // If nothing can be kept outside, the run still works, but is not undone if it is killed
        let create = |state: &State| Record::create(state, random_name(), Kept::of(&self.folder, kind)?).ok();
        let Some(record) = self.state.as_ref().and_then(create) else { return Ok(()) };
        if let Err(error) = private::put_file(&self.folder.join(RUN), record.name.as_bytes()) {
            let _ = record.remove();
            return Err(error);
        }
        self.record = Some(record);
        Ok(())
    }

    /// Records what the run is about to do. If that fails, the old record is removed, since it is no longer true.
    pub(super) fn keep(&mut self, kind: Kind, journal: &Journal) -> io::Result<()> {
        self.save(kind, Some(journal))
    }

    /// From here on nothing is undone any more: the folder is in its new state.
    pub(super) fn commit(&mut self, kind: Kind) -> io::Result<()> {
        if self.is_kept { self.save(kind, None) } else { Ok(()) }
    }

    fn save(&mut self, kind: Kind, journal: Option<&Journal>) -> io::Result<()> {
        let Some(record) = &mut self.record else { return Ok(()) };
        if record.save(kind, journal).is_err()
            && let Some(record) = self.record.take()
        {
            record.remove()?;
        }
        self.is_kept = journal.is_some();
        Ok(())
    }

    /// Removes what is left of the run, and returns what could not be removed. The journal goes before the files in it, the
    /// lock last, so that no other run takes the rest for a dead run's.
    pub(super) fn end(mut self, kind: Kind) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Err(error) = self.commit(kind) {
            return vec![left(&self.folder, &error)];
        }
        for name in [TREE, BEFORE] {
            let folder = self.folder.join(name);
            if let Err(error) = remove_whole(&folder) {
                warnings.push(left(&folder, &error));
            }
        }
        if !warnings.is_empty() {
            // The next run recognises them by the record, and tries again
            return warnings;
        }
        if let Some(record) = self.record.take()
            && let Err(error) = record.remove()
        {
            warnings.push(format!("the record of this run could not be removed: {error}"));
        }
        if let Err(error) = remove_own(&self.folder) {
            warnings.push(left(&self.folder, &error));
        }
        // A run that was killed before the folder had its name left a record that can no longer be found
        if let Some(state) = &self.state {
            state.dead();
        }
        warnings
    }
}

/// What a dead or living run left in a folder, read without a lock: what it did, and its journal.
///
/// Changes nothing, so a dry run can call it.
pub(super) fn look(root: &Path, options: &WriteOptions) -> Result<Option<(Kind, Option<Journal>)>, WriteError> {
    let folder = root.join(UNFINISHED);
    for _ in 0..LOOKS {
        if disk::about(&folder).is_err() {
            return Ok(None);
        }
        let known = run_name(&folder).and_then(|name| State::of(options, root)?.look_up(&name, &folder));
        match known.filter(|_| private::is_private_folder(&folder)) {
            Some(kept) => return Ok(Some((kept.kind, kept.journal))),
            None if private::is_private_folder(&folder) && holds_nothing(&folder) => return Ok(None),
            // A living run has just begun
            None if is_held(&folder) => return Err(WriteError::busy(root)),
            // Or it has just ended, and removes the folder
            None => {}
        }
    }
    Err(WriteError::not_ours(&folder))
}

/// Creates the folder, hidden from git, unless it exists. Returns whether it did.
fn make(folder: &Path) -> io::Result<bool> {
    match private::make_folder(folder) {
        Ok(()) => {
            hide(folder).inspect_err(|_| {
                let _ = fs_err::remove_dir(folder);
            })?;
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Hides a folder from git. Until the lock is held, another run may do the same, or remove the folder: the lock decides.
fn hide(folder: &Path) -> io::Result<()> {
    match private::put_new_file(&folder.join(GITIGNORE), EVERYTHING) {
        Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => Ok(()),
        hidden => hidden,
    }
}

fn take_lock(root: &Path, folder: &Path) -> Result<File, WriteError> {
    // Another run may be removing its folder
    let not_ours = || {
        if disk::about(folder).is_err() { WriteError::busy(root) } else { WriteError::not_ours(folder) }
    };
    if !private::is_private_folder(folder) {
        return Err(not_ours());
    }
    let path = folder.join(LOCK);
    let make = match disk::about(&path) {
        Ok(about) if about.is_file() => false,
        Ok(_) => return Err(not_ours()),
        Err(_) => true,
    };
    if make && !holds_nothing(folder) && disk::about(&path).is_err() {
        return Err(not_ours());
    }
    let lock = match private::open_lock(&path, make) {
        Ok(lock) => lock,
        // The run that created the folder has just removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WriteError::busy(root)),
        Err(error) => return Err(WriteError::io("open", &path, error)),
    };
    if !lock.metadata().is_ok_and(|about| about.is_file()) {
        return Err(WriteError::not_ours(folder));
    }
    match lock.try_lock() {
        Ok(()) if private::is_still_at(&lock, &path) => Ok(lock),
        Ok(()) | Err(TryLockError::WouldBlock) => Err(WriteError::busy(root)),
        Err(TryLockError::Error(error)) => Err(WriteError::io("lock", &path, error)),
    }
}

/// Whether a living run holds the lock of a folder.
fn is_held(folder: &Path) -> bool {
    let lock = disk::open(&folder.join(LOCK));
    lock.is_ok_and(|(lock, _)| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The name that a folder gives for its run. Not trusted, only looked up.
fn run_name(folder: &Path) -> Option<String> {
    let name = String::from_utf8(disk::read(&folder.join(RUN), RUN_MOST).ok()?).ok()?;
    is_name(&name).then_some(name)
}

/// Whether a folder holds no user's work: only what a run creates first and removes last.
fn holds_nothing(folder: &Path) -> bool {
    let is_nothing = |path: &PathBuf| match path.file_name().and_then(|name| name.to_str()) {
        Some(LOCK) => disk::size(path) == Some(0),
        Some(RUN) => disk::size(path).is_some_and(|size| size <= RUN_MOST),
        Some(GITIGNORE) => disk::read(path, RUN_MOST).is_ok_and(|text| text.is_empty() || text == EVERYTHING),
        _ => false,
    };
    disk::names(folder, NAMES_MOST).is_ok_and(|(names, more)| !more && names.iter().all(is_nothing))
}

/// Removes what a run creates first and removes last. If another run has started meanwhile, the folder stays.
fn remove_own(folder: &Path) -> io::Result<()> {
    for name in [RUN, GITIGNORE, LOCK] {
        let removed = fs_err::remove_file(folder.join(name));
        removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    match fs_err::remove_dir(folder) {
        // What another run has put there since
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty && holds_nothing(folder) => Ok(()),
        Err(error) => {
            if disk::about(folder).is_err() {
                Ok(())
            } else {
                Err(error)
            }
        }
        Ok(()) => Ok(()),
    }
}

/// Removes a folder with everything in it, or a file of that name.
pub(super) fn remove_whole(path: &Path) -> io::Result<()> {
    let Ok(about) = disk::about(path) else { return Ok(()) };
    if about.is_dir() { fs_err::remove_dir_all(path) } else { fs_err::remove_file(path) }
}

/// The message about something that could not be removed.
pub(super) fn left(path: &Path, error: &io::Error) -> String {
    format!("`{}` could not be removed: {}", path.display(), super::error::plain(error))
}
