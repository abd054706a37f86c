//! Makes a folder that is not there yet: staged beside its place, renamed once.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::journal::Kind;
use super::place::in_full;
use super::private;
use super::state::{Kept, Record, State, random_name};
use super::unfinished::{LOCK, TREE, left, remove_whole};
use super::vcs::{self, Home, VcsOutcome};
use super::{WriteOptions, files, target};
use crate::disk;
use crate::plan::Plan;

/// What stands between a folder's name and the random end of its staging folder's name.
const STAGING: &str = ".spaces-new-";

/// A longer name is not repeated in that of its staging folder, which could become too long for the file system.
const NAME_MOST: usize = 120;

/// In a staging folder: keeps all of it from a git repository around it.
const GITIGNORE: &str = ".gitignore";

/// More names than a staging folder has.
const NAMES_MOST: usize = 8;

/// Writes a plan to `parent/name`, which is not there. Returns also what could not be cleaned up.
pub(super) fn write(
    plan: &Plan,
    parent: &Path,
    name: &OsStr,
    options: &WriteOptions,
) -> Result<(VcsOutcome, Vec<String>), WriteError> {
    let made = make_parents(parent)?;
    let result = stage_and_rename(plan, parent, name, options);
    if result.is_err() {
        // Only empty folders go, so one that somebody else has begun to use stays.
        for folder in made.iter().rev() {
            let _ = fs_err::remove_dir(folder);
        }
    }
    result
}

/// Makes the folders above the target that are missing; returns them, outermost first.
fn make_parents(parent: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let missing: Vec<&Path> =
        parent.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        match fs_err::create_dir(folder) {
            Ok(()) => made.push(folder.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                for folder in made.iter().rev() {
                    let _ = fs_err::remove_dir(folder);
                }
                return Err(WriteError::io("make", folder, error));
            }
        }
    }
    Ok(made)
}

fn stage_and_rename(
    plan: &Plan,
    parent: &Path,
    name: &OsStr,
    options: &WriteOptions,
) -> Result<(VcsOutcome, Vec<String>), WriteError> {
    options.check()?;
    let to = if parent == Path::new(".") { PathBuf::from(name) } else { parent.join(name) };
    let state = State::of(options, &to);
    let mut warnings = state.as_ref().map(|state| remove_dead(state, parent)).unwrap_or_default();
    let staging = Staging::make(parent, name, state)?;
    let made = staging.fill(plan, parent, &to, options);
    let left = staging.end();
    match made {
        Ok(outcome) => {
            warnings.extend(left);
            Ok((outcome, warnings))
        }
        Err(error) => Err(error.with_warnings(left.as_slice())),
    }
}

/// A folder beside the target in which the new one is made.
struct Staging {
    folder: PathBuf,
    /// Made before the folder, so that whatever a kill leaves is known by it.
    record: Option<Record>,
    /// Held as long as the run lives.
    lock: File,
}

impl Staging {
    /// Makes a staging folder and locks it.
    fn make(parent: &Path, name: &OsStr, state: Option<State>) -> Result<Self, WriteError> {
        let fail = |error| WriteError::io("make a folder in", parent, error);
        let random = random_name();
        let mut of_folder = OsStr::new(".").to_owned();
        if name.len() <= NAME_MOST {
            of_folder.push(name);
        }
        of_folder.push(STAGING);
        of_folder.push(&random);
        let folder = parent.join(of_folder);
        let record = state.and_then(|state| Record::create(&state, random, Kept::of(&folder, Kind::NewFolder)?).ok());
        let made = private::make_folder(&folder).and_then(|()| {
            lock(&folder).inspect_err(|_| {
                let _ = remove_own(&folder);
            })
        });
        match made {
            Ok(lock) => Ok(Self { folder, record, lock }),
            Err(error) => {
                if let Some(record) = record {
                    let _ = record.remove();
                }
                Err(fail(error))
            }
        }
    }

    fn fill(&self, plan: &Plan, parent: &Path, to: &Path, options: &WriteOptions) -> Result<VcsOutcome, WriteError> {
        let tree = self.folder.join(TREE);
        files::make_folder(&tree)?;
        files::write_all(plan, &tree, options)?;
        let outcome = vcs::initialise(&tree, Home::Inside(parent), options.vcs, &self.lock);
        options.check()?;
        match fs_err::rename(&tree, to) {
            Ok(()) => Ok(outcome),
            // Somebody made the place meanwhile.
            Err(_) if disk::about(to).is_ok() => Err(match target::look(to) {
                Err(error) => error,
                Ok(_) => WriteError::busy(to),
            }),
            Err(error) => Err(WriteError::io("make", to, error)),
        }
    }

    /// Removes the folder, and says what could not be removed.
    fn end(self) -> Option<String> {
        match remove_staging(&self.folder) {
            Ok(()) => self
                .record
                .and_then(|record| record.remove().err())
                .map(|error| format!("the record of this run could not be removed: {error}")),
            // The next run knows it by the record, and tries again
            Err(error) => Some(left(&self.folder, &error)),
        }
    }
}

/// Hides a staging folder from git, and locks it.
fn lock(folder: &Path) -> io::Result<File> {
    private::put_file(&folder.join(GITIGNORE), b"*\n")?;
    let lock = private::create_file(&folder.join(LOCK))?;
    lock.try_lock().map_err(|error| match error {
        TryLockError::Error(error) => io::Error::new(error.kind(), format!("its lock cannot be taken: {error}")),
        TryLockError::WouldBlock => error.into(),
    })?;
    Ok(lock)
}

/// Removes the staging folders that killed runs of this user left in a folder, for whatever target. Which those are is
/// known by what the runs kept elsewhere: a folder that only looks like one is somebody's own.
fn remove_dead(state: &State, parent: &Path) -> Vec<String> {
    let Some(parent) = in_full(parent) else { return Vec::new() };
    let mut warnings = Vec::new();
    for (folder, record) in state.dead() {
        let is_here = folder.parent() == Some(parent.as_path());
        if record.kept.kind != Kind::NewFolder || !is_here || !is_dead(&folder) {
            continue;
        }
        match remove_staging(&folder) {
            Ok(()) => {
                let _ = record.remove();
            }
            Err(error) => warnings.push(left(&folder, &error)),
        }
    }
    warnings
}

/// Whether a folder holds nothing but what a run makes in it, and no living process holds its lock: git may outlive its run.
fn is_dead(folder: &Path) -> bool {
    let is_ours = |path: &PathBuf| {
        let is_file = disk::size(path).is_some();
        match path.file_name().and_then(|name| name.to_str()) {
            Some(LOCK) => is_file && disk::open(path).is_ok_and(|(lock, _)| lock.try_lock().is_ok()),
            Some(GITIGNORE) => is_file,
            Some(TREE) => disk::is_folder(path),
            _ => false,
        }
    };
    private::is_private_folder(folder)
        && disk::names(folder, NAMES_MOST).is_ok_and(|(names, more)| !more && names.iter().all(is_ours))
}

/// Removes a staging folder: the lock last.
fn remove_staging(folder: &Path) -> io::Result<()> {
    remove_whole(&folder.join(TREE))?;
    remove_own(folder)
}

fn remove_own(folder: &Path) -> io::Result<()> {
    for name in [GITIGNORE, LOCK] {
        remove_whole(&folder.join(name))?;
    }
    fs_err::remove_dir(folder)
}
