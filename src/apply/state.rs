//! What a run keeps outside of the folder that it changes, so that the next run knows what this one left from what
//! somebody else put there.
//!
//! A folder may be a clone of somebody else's repository, with traces of an unfinished run in it. What a run is about to do
//! is therefore kept in a folder of the user's own, under a random name, and bound to the folder by its path, its device and
//! its number there. Traces that this folder does not know are never acted on.

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

/// More bytes than these are neither written nor read.
const BYTES_MOST: u64 = 16 << 20;

/// So many records are looked at to tidy them up.
const RECORDS_MOST: usize = 1024;

/// How many characters a name has: 128 bits, which nobody guesses.
const NAME_LENGTH: usize = 32;

/// How a record ends that is being written.
const DRAFT: &str = ".new";

/// When a draft is taken for one that nobody finishes.
const DRAFT_AGE: Duration = Duration::from_hours(1);

/// When a record is removed whose folder is not there, even if its disk may only be elsewhere.
const RECORD_AGE: Duration = Duration::from_hours(30 * 24);

/// Another run looks at a record only for a moment: so often, and so long each time, it is waited for.
const ATTEMPTS: usize = 50;
const PAUSE: Duration = Duration::from_millis(2);

/// The folder of this user in which runs keep what they are about to do.
#[derive(Debug, Clone)]
pub(super) struct State {
    folder: PathBuf,
}

/// What is kept of a run.
#[derive(Debug, Deserialize)]
pub(super) struct Kept {
    /// The folder that the run makes for itself: in hexadecimal digits, since it may be no Unicode.
    folder: String,
    device: u64,
    inode: u64,
    pub(super) kind: Kind,
    /// None where nothing has to be taken back.
    pub(super) journal: Option<Journal>,
}

/// The same, as it is written.
#[derive(Debug, Serialize)]
struct Written<'a> {
    folder: &'a str,
    device: u64,
    inode: u64,
    kind: Kind,
    journal: Option<&'a Journal>,
}

/// What is kept of a run that is not finished, locked as long as it lives.
#[derive(Debug)]
pub(super) struct Record {
    state: State,
    pub(super) name: String,
    pub(super) kept: Kept,
    /// Held as long as the run lives.
    lock: File,
}

impl State {
    /// The folder for runs in `target`; none where nothing can be kept outside of it.
    pub(super) fn of(options: &WriteOptions, target: &Path) -> Option<Self> {
        let folder = options.state.clone().or_else(|| Some(base()?.join("spaces-new")))?;
        let folder = in_full(&folder)?;
        let target = in_full(target)?;
        (!folder.starts_with(target)).then_some(Self { folder })
    }

    /// Makes the folder unless it is there. It must be this user's alone, and so must be the one that it is made in.
    fn make(&self) -> io::Result<()> {
        let above = self.folder.ancestors().find_map(|above| disk::about(above).ok());
        if !above.is_some_and(|about| about.is_dir() && private::is_own(&about)) {
            return Err(io::Error::other("it would be in a folder of somebody else"));
        }
        private::make_folders(&self.folder)?;
        if private::is_private_folder(&self.folder) {
            return Ok(());
        }
        // Another run that was the last one has just removed it
        disk::about(&self.folder).map_err(|_| io::ErrorKind::NotFound)?;
        Err(io::Error::other("others may enter it"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Opens what is kept under a name that somebody may have made up.
    fn open(&self, name: &str) -> Option<File> {
        let is_known = is_name(name) && private::is_private_folder(&self.folder);
        is_known.then(|| disk::open(&self.path(name)).ok()).flatten().map(|(file, _)| file)
    }

    /// Takes over what a dead run kept of a folder under a name which that folder says; none if it is not of this folder.
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

    /// Locks a record, which is a living run's if that fails.
    fn lock(&self, name: &str) -> Result<Option<Record>, TryLockError> {
        let Some(lock) = self.open(name) else { return Ok(None) };
        lock.try_lock()?;
        // A record is never changed, but replaced by another one
        let is_current = private::is_still_at(&lock, &self.path(name));
        let kept = is_current.then(|| read(&lock)).flatten();
        Ok(kept.map(|kept| Record { state: self.clone(), name: name.to_owned(), kept, lock }))
    }

    /// What is kept of a folder, without taking it over.
    pub(super) fn look_up(&self, name: &str, folder: &Path) -> Option<Kept> {
        read(&self.open(name)?).filter(|kept| kept.is_of(folder))
    }

    /// What dead runs kept. Records of folders that are gone are removed.
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
        let _ = fs_err::remove_dir(&self.folder);
        dead
    }
}

impl Kept {
    /// A run that has done nothing yet, in a folder that is its own.
    pub(super) fn of(folder: &Path, kind: Kind) -> Option<Self> {
        let (device, inode) = match disk::about(folder) {
            Ok(about) => (device(&about), inode(&about)),
            // Not made yet: its name is random, and says enough
            Err(_) => (0, 0),
        };
        Some(Self { folder: to_hex(&in_full(folder)?), device, inode, kind, journal: None })
    }

    fn folder(&self) -> Option<PathBuf> {
        from_hex(&self.folder)
    }

    /// Whether it is of this very folder.
    fn is_of(&self, folder: &Path) -> bool {
        let is_same = |about: std::fs::Metadata| (device(&about), inode(&about)) == (self.device, self.inode);
        in_full(folder).is_some_and(|folder| to_hex(&folder) == self.folder) && disk::about(folder).is_ok_and(is_same)
    }

    /// Whether its folder is there no more. Where the one above is not there either, its disk may only be elsewhere.
    fn is_gone(&self, folder: &Path) -> bool {
        let is_above = folder.parent().is_some_and(disk::is_folder);
        let is_another = self.kind != Kind::NewFolder && !self.is_of(folder);
        is_above && (disk::about(folder).is_err() || is_another)
    }
}

impl Record {
    /// Keeps what a run is about to do, under a name of its own.
    pub(super) fn create(state: &State, name: String, kept: Kept) -> io::Result<Self> {
        let mut tries = 0;
        loop {
            // Another run that was the last one removes the empty folder
            let lock = state.make().and_then(|()| write(state, &name, &kept, None));
            match lock {
                Ok(lock) => return Ok(Self { state: state.clone(), name, kept, lock }),
                Err(error) if error.kind() == io::ErrorKind::NotFound && tries < ATTEMPTS => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Keeps another journal. What was kept before stays where that fails.
    pub(super) fn save(&mut self, kind: Kind, journal: Option<&Journal>) -> io::Result<()> {
        self.kept.kind = kind;
        self.lock = write(&self.state, &self.name, &self.kept, journal)?;
        Ok(())
    }

    /// Forgets the run.
    pub(super) fn remove(self) -> io::Result<()> {
        fs_err::remove_file(self.state.path(&self.name))?;
        let _ = fs_err::remove_dir(&self.state.folder);
        Ok(())
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

/// Writes a record: it appears whole and locked, or not at all.
fn write(state: &State, name: &str, kept: &Kept, journal: Option<&Journal>) -> io::Result<File> {
    let Kept { folder, device, inode, kind, .. } = kept;
    let bytes = serde_json::to_vec(&Written { folder, device: *device, inode: *inode, kind: *kind, journal })?;
    if bytes.len() as u64 > BYTES_MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let draft = state.path(&format!("{name}{DRAFT}"));
    let mut file = private::create_file(&draft)?;
    let locked = file.try_lock().map_err(io::Error::from).and_then(|()| file.write_all(&bytes));
    let is_in_place = journal.is_some_and(|journal| journal.files.iter().any(|entry| entry.in_place));
    // What is written over is lost without its journal, also where the power fails
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

/// A name that nobody guesses. The keys of the standard library's hash maps come from the system's random numbers.
pub(super) fn random_name() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// Whether a text could be the name of a record.
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
        // A copy with the same path, as a new clone would be
        fs_err::rename(&one, place.path().join("moved")).unwrap();
        fs_err::create_dir(&one).unwrap();
        assert!(state.look_up(&name, &one).is_none());
        taken.remove().unwrap();
        assert!(!place.path().join("state").exists());
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
