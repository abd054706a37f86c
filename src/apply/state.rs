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
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::WriteOptions;
use super::journal::{Journal, Kind, device, inode};
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
        Err(io::Error::other("others may enter it"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What is kept under a name that somebody may have made up.
    fn read(&self, name: &str) -> Option<Kept> {
        if !is_name(name) || !private::is_private_folder(&self.folder) {
            return None;
        }
        let kept: Kept = serde_json::from_slice(&disk::read(&self.path(name), BYTES_MOST).ok()?).ok()?;
        let journal = match kept.journal {
            Some(journal) => Some(journal.checked()?),
            None => None,
        };
        Some(Kept { journal, ..kept })
    }

    /// Takes over what a dead run kept of a folder under a name which that folder says; none if it is not of this folder.
    pub(super) fn take_over(&self, name: &str, folder: &Path) -> Option<Record> {
        self.read(name)?.is_of(folder).then_some(())?;
        let path = self.path(name);
        let (lock, _) = disk::open(&path).ok()?;
        for _ in 0..ATTEMPTS {
            match lock.try_lock() {
                Ok(()) if private::is_still_at(&lock, &path) => {
                    let kept = self.read(name)?;
                    return Some(Record { state: self.clone(), name: name.to_owned(), kept, lock });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                _ => return None,
            }
        }
        None
    }

    /// What is kept of a folder, without taking it over.
    pub(super) fn look_up(&self, name: &str, folder: &Path) -> Option<Kept> {
        self.read(name).filter(|kept| kept.is_of(folder))
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
            let Some(folder) = self.read(name).and_then(|kept| kept.folder()) else { continue };
            // One that is locked is a living run's
            let Ok((lock, _)) = disk::open(&path) else { continue };
            if lock.try_lock().is_err() || !private::is_still_at(&lock, &path) {
                continue;
            }
            let Some(kept) = self.read(name).map(|kept| Kept { journal: None, ..kept }) else { continue };
            if kept.is_gone(&folder) || (disk::about(&folder).is_err() && is_older(&path, RECORD_AGE)) {
                let _ = fs_err::remove_file(&path);
            } else {
                dead.push((folder, Record { state: self.clone(), name: name.to_owned(), kept, lock }));
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
    locked.and_then(|()| fs_err::rename(&draft, state.path(name))).inspect_err(|_| {
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

/// Where this user's programs keep what outlives a run.
/// <https://specifications.freedesktop.org/basedir-spec/latest/>
#[cfg(not(windows))]
fn base() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    named("XDG_STATE_HOME").or_else(|| Some(named("HOME")?.join(".local/state")))
}

#[cfg(windows)]
fn base() -> Option<PathBuf> {
    std::env::var_os("LOCALAPPDATA").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// A path without links in it, also of what is not there yet.
pub(super) fn in_full(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut missing = Vec::new();
    for above in path.ancestors() {
        let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(real) = fs_err::canonicalize(here) {
            return Some(missing.iter().rev().fold(real, |path, name| path.join(name)));
        }
        let Some(Component::Normal(name)) = above.components().next_back() else { return None };
        missing.push(name.to_owned());
    }
    None
}

fn to_hex(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<PathBuf> {
    let digits = text.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> =
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    from_bytes(bytes?)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not all bytes are a path")]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    Some(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
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

    #[test]
    fn a_path_is_the_same_in_digits() {
        for path in ["/a/b", "/ä 🚀/c"] {
            assert_eq!(from_hex(&to_hex(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(from_hex("zz"), None);
    }
}
