//! What a run keeps outside of the folder that it changes, so that the next run can distinguish its leftovers from other
//! people's files.
//!
//! A folder may be a clone of a stranger's repository, with traces of an unfinished run in it. What a run is about to do
//! is therefore kept in a folder of the user's own, under a random name, and bound to the folder by its path, its device and
//! its inode number. Traces without a matching record are never acted on.

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::fs::TryLockError;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::WriteOptions;
use super::journal::{Journal, Kind, device, inode};
use super::place::{base, from_hex, in_full, to_hex};
use super::private;
use crate::disk;

/// A longer record is neither written nor read.
const BYTES_MOST: u64 = 16 << 20;

/// At most this many records are looked at when tidying up.
const RECORDS_MOST: usize = 1024;

/// The length of a name in characters: 128 bits, which cannot be guessed.
const NAME_LENGTH: usize = 32;

/// The ending of a record that is being written.
const DRAFT: &str = ".new";

/// The age at which a draft is considered abandoned.
const DRAFT_AGE: Duration = Duration::from_hours(1);

/// The age at which a record is removed if its folder is missing, even if its disk may only be unmounted.
const RECORD_AGE: Duration = Duration::from_hours(30 * 24);

/// Another run holds a record only for a moment, which is longer on a busy machine: how often, and how long each time, to
/// wait for it.
const ATTEMPTS: usize = 500;
const PAUSE: Duration = Duration::from_millis(2);

/// The folder of this user in which runs keep what they are about to do.
#[derive(Debug, Clone)]
pub(super) struct State {
    folder: PathBuf,
}

/// The record of a run.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    /// The folder that the run creates for itself: in hexadecimal digits, since its path may not be UTF-8.
    folder: String,
    device: u64,
    inode: u64,
    pub(super) kind: Kind,
    /// None if there is nothing to undo.
    pub(super) journal: Option<Journal>,
}

/// The same, in its serialised form.
#[derive(Debug, Serialize)]
struct Written<'a> {
    folder: &'a str,
    device: u64,
    inode: u64,
    kind: Kind,
    journal: Option<&'a Journal>,
}

/// The record of an unfinished run, locked as long as the run lives.
#[derive(Debug)]
pub(super) struct Record {
    state: State,
    pub(super) name: String,
    pub(super) kept: Kept,
    /// Held as long as the run lives.
    lock: File,
}

impl State {
    /// The folder for runs in `target`; none if nothing can be kept outside of it.
    pub(super) fn of(options: &WriteOptions, target: &Path) -> Option<Self> {
        let folder = options.state.clone().or_else(|| Some(base()?.join("spaces-new")))?;
        let folder = in_full(&folder)?;
        let target = in_full(target)?;
        (!folder.starts_with(target)).then_some(Self { folder })
    }

    /// Creates the folder unless it exists. It and its parent must belong to this user only.
    fn make(&self) -> io::Result<()> {
        let above = self.folder.ancestors().find_map(|above| disk::about(above).ok());
        if !above.is_some_and(|about| about.is_dir() && private::is_own(&about)) {
            return Err(io::Error::other("it would be in a folder of another user"));
        }
        private::make_folders(&self.folder)?;
        if private::is_private_folder(&self.folder) {
            Ok(())
        } else {
            Err(io::Error::other("other users can enter it"))
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Opens the record of a name that may be forged.
    fn open(&self, name: &str) -> Option<File> {
        let is_known = is_name(name) && private::is_private_folder(&self.folder);
        is_known.then(|| disk::open(&self.path(name)).ok()).flatten().map(|(file, _)| file)
    }

    /// Takes over the record of a dead run by a name that the folder itself gives; none if the record is for another folder.
    pub(super) fn take_over(&self, name: &str, folder: &Path) -> Option<Record> {
        for _ in 0..ATTEMPTS {
            match self.lock(name) {
                Ok(record) => return record.filter(|record| record.kept.is_of(folder)),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }

    /// Locks a record. If that fails, it belongs to a living run.
    fn lock(&self, name: &str) -> Result<Option<Record>, TryLockError> {
        let Some(lock) = self.open(name) else { return Ok(None) };
        lock.try_lock()?;
        // A record is never changed, only replaced
        let is_current = private::is_still_at(&lock, &self.path(name));
        let kept = is_current.then(|| read(&lock)).flatten();
        Ok(kept.map(|kept| Record { state: self.clone(), name: name.to_owned(), kept, lock }))
    }

    /// The record of a folder, without taking it over.
    pub(super) fn look_up(&self, name: &str, folder: &Path) -> Option<Kept> {
        read(&self.open(name)?).filter(|kept| kept.is_of(folder))
    }

    /// The records of dead runs. Removes those of folders that are gone.
    pub(super) fn dead(&self) -> Vec<(PathBuf, Record)> {
        let mut dead = Vec::new();
        if !private::is_private_folder(&self.folder) {
            return dead;
        }
        for path in disk::names(&self.folder, RECORDS_MOST).map(|(names, _)| names).unwrap_or_default() {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name.strip_suffix(DRAFT).is_some_and(is_name) && is_older(&path, DRAFT_AGE) {
                let _ = fs_err::remove_file(&path);
            }
            let Ok(Some(mut record)) = self.lock(name) else { continue };
            record.kept.journal = None;
            let Some(folder) = record.kept.folder() else { continue };
            let is_missing = disk::about(&folder).is_err();
            if record.kept.is_gone(&folder) || (is_missing && is_older(&path, RECORD_AGE)) {
                let _ = fs_err::remove_file(&path);
            } else {
                dead.push((folder, record));
            }
        }
        dead
    }
}

impl Kept {
    /// A run that has done nothing yet, in a folder of its own.
    pub(super) fn of(folder: &Path, kind: Kind) -> Option<Self> {
        let (device, inode) = match disk::about(folder) {
            Ok(about) => (device(&about), inode(&about)),
            // Not created yet: its random name is enough to identify it
            Err(_) => (0, 0),
        };
        Some(Self { folder: to_hex(&in_full(folder)?), device, inode, kind, journal: None })
    }

    fn folder(&self) -> Option<PathBuf> {
        from_hex(&self.folder)
    }

    /// Whether it is a record of this folder.
    fn is_of(&self, folder: &Path) -> bool {
        let is_same = |about: std::fs::Metadata| (device(&about), inode(&about)) == (self.device, self.inode);
        in_full(folder).is_some_and(|folder| to_hex(&folder) == self.folder) && disk::about(folder).is_ok_and(is_same)
    }

    /// Whether its folder no longer exists. If the parent is missing too, the disk may only be unmounted.
    fn is_gone(&self, folder: &Path) -> bool {
        let is_above = folder.parent().is_some_and(disk::is_folder);
        let is_another = self.kind != Kind::NewFolder && !self.is_of(folder);
        is_above && (disk::about(folder).is_err() || is_another)
    }
}

impl Record {
    /// Records what a run is about to do, under a new name.
    pub(super) fn create(state: &State, name: String, kept: Kept) -> io::Result<Self> {
        state.make()?;
        let lock = write(state, &name, &kept, None)?;
        Ok(Self { state: state.clone(), name, kept, lock })
    }

    /// Replaces the journal. If that fails, the old one stays.
    pub(super) fn save(&mut self, kind: Kind, journal: Option<&Journal>) -> io::Result<()> {
        self.kept.kind = kind;
        self.lock = write(&self.state, &self.name, &self.kept, journal)?;
        Ok(())
    }

    /// Removes the record of the run. The folder of the records stays, as those of other programs do.
    pub(super) fn remove(self) -> io::Result<()> {
        fs_err::remove_file(self.state.path(&self.name))
    }
}

/// Reads a record.
fn read(file: &File) -> Option<Kept> {
    let size = file.metadata().ok()?.len();
    let bytes = disk::read_open(file.try_clone().ok()?, size, BYTES_MOST).ok()?;
    let kept: Kept = serde_json::from_slice(&bytes).ok()?;
    match kept.journal {
        Some(journal) => Some(Kept { journal: Some(journal.checked()?), ..kept }),
        None => Some(kept),
    }
}

/// Writes a record: it appears complete and locked, or not at all.
fn write(state: &State, name: &str, kept: &Kept, journal: Option<&Journal>) -> io::Result<File> {
    let Kept { folder, device, inode, kind, .. } = kept;
    let bytes = serde_json::to_vec(&Written { folder, device: *device, inode: *inode, kind: *kind, journal })?;
    if bytes.len() as u64 > BYTES_MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let draft = state.path(&format!("{name}{DRAFT}"));
    // One that is there is of a run that was killed while it wrote it: a living run would hold the record
    let mut file = private::create_file(&draft).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => fs_err::remove_file(&draft).and_then(|()| private::create_file(&draft)),
        _ => Err(error),
    })?;
    let locked = file.try_lock().map_err(io::Error::from).and_then(|()| file.write_all(&bytes));
    let is_in_place = journal.is_some_and(|journal| journal.files.iter().any(|entry| entry.in_place));
    // Without its journal an overwritten file would be lost, so it must survive a power failure too
    let synced = locked.and_then(|()| if is_in_place { file.sync_all() } else { Ok(()) });
    synced.and_then(|()| fs_err::rename(&draft, state.path(name))).inspect_err(|_| {
        let _ = fs_err::remove_file(&draft);
    })?;
    Ok(file)
}

fn is_older(path: &Path, than: Duration) -> bool {
    let modified = disk::about(path).ok().and_then(|about| about.modified().ok());
    modified.and_then(|at| SystemTime::now().duration_since(at).ok()).is_some_and(|age| age > than)
}

/// A name that cannot be guessed. The keys of the standard library's hash maps come from the system's random numbers.
pub(super) fn random_name() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// Whether a text has the form of a record's name.
pub(super) fn is_name(text: &str) -> bool {
    text.len() == NAME_LENGTH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn options(state: &Path) -> WriteOptions {
        WriteOptions::new().state_folder(state)
    }

    fn kept(folder: &Path) -> Kept {
        Kept::of(folder, Kind::Change).unwrap()
    }

    #[test]
    fn a_record_is_found_by_its_name_and_its_folder_alone() {
        let place = tempfile::tempdir().unwrap();
        let (one, other) = (place.path().join("one"), place.path().join("other"));
        fs_err::create_dir(&one).unwrap();
        fs_err::create_dir(&other).unwrap();
        let state = State::of(&options(&place.path().join("state")), &one).unwrap();
        let record = Record::create(&state, random_name(), kept(&one)).unwrap();
        let name = record.name.clone();
        assert!(state.look_up(&name, &one).is_some());
        assert!(state.look_up(&name, &other).is_none());
        assert!(state.look_up(&random_name(), &one).is_none());
        assert!(state.look_up("../../etc/passwd", &one).is_none());
        assert!(state.take_over(&name, &one).is_none(), "its run lives");
        drop(record);
        let taken = state.take_over(&name, &one).unwrap();
        // A copy with the same path, such as a new clone
        fs_err::rename(&one, place.path().join("moved")).unwrap();
        fs_err::create_dir(&one).unwrap();
        assert!(state.look_up(&name, &one).is_none());
        taken.remove().unwrap();
        assert_eq!(disk::names(&place.path().join("state"), 9).unwrap().0, [""; 0].map(PathBuf::from));
    }

    #[test]
    fn a_folder_that_others_may_enter_or_that_is_in_the_target_keeps_nothing() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("target");
        fs_err::create_dir(&target).unwrap();
        symlink(&target, place.path().join("link")).unwrap();
        for inside in [target.join("state"), target.join("a/b"), place.path().join("link/state")] {
            assert!(State::of(&options(&inside), &target).is_none(), "{inside:?}");
        }
        let open = place.path().join("open");
        fs_err::create_dir(&open).unwrap();
        fs_err::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).unwrap();
        let state = State::of(&options(&open), &target).unwrap();
        assert!(Record::create(&state, random_name(), kept(&target)).is_err());
        assert_eq!(fs_err::read_dir(&open).unwrap().count(), 0);
    }

    #[test]
    fn a_draft_of_a_killed_run_does_not_cost_the_record() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("target");
        fs_err::create_dir(&target).unwrap();
        let state = State::of(&options(&place.path().join("state")), &target).unwrap();
        let record = Record::create(&state, random_name(), kept(&target)).unwrap();
        let name = record.name.clone();
        drop(record);
        fs_err::write(state.path(&format!("{name}{DRAFT}")), "{\"fold").unwrap();
        let mut taken = state.take_over(&name, &target).unwrap();
        taken.save(Kind::Fill, Some(&Journal::default())).unwrap();
        drop(taken);
        assert_eq!(state.look_up(&name, &target).unwrap().kind, Kind::Fill);
        assert_eq!(disk::names(&place.path().join("state"), 9).unwrap().0.len(), 1);
    }

    #[test]
    fn records_of_folders_that_are_gone_are_removed() {
        let place = tempfile::tempdir().unwrap();
        let target = place.path().join("target");
        fs_err::create_dir(&target).unwrap();
        let state = State::of(&options(&place.path().join("state")), &target).unwrap();
        let record = Record::create(&state, random_name(), kept(&target)).unwrap();
        let path = state.path(&record.name);
        assert!(state.dead().is_empty(), "its run lives");
        drop(record);
        assert_eq!(state.dead().len(), 1);
        fs_err::remove_dir(&target).unwrap();
        assert!(state.dead().is_empty() && !path.exists());
    }
}
