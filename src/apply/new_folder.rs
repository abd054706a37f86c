//! Makes a folder that is not there yet: staged beside its place, renamed once.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::WriteOptions;
use super::error::WriteError;
use super::files::is_still_at;
use super::vcs::{self, Home, VcsOutcome};
use super::{files, target};
use crate::plan::Plan;

/// What stands between a folder's name and the random end of its staging folder's name.
const STAGING: &str = ".spaces-new-";

/// In a staging folder: held locked as long as its run lives.
const LOCK: &str = "lock";

/// How often a staging folder is made anew after another run has taken it for a dead one's.
const ATTEMPTS: usize = 100;

/// In a staging folder: what will be renamed.
const TREE: &str = "tree";

/// Writes a plan to `parent/name`, which is not there.
pub(super) fn write(
    plan: &Plan,
    parent: &Path,
    name: &OsStr,
    options: &WriteOptions,
) -> Result<VcsOutcome, WriteError> {
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
) -> Result<VcsOutcome, WriteError> {
    let mut prefix = OsStr::new(".").to_owned();
    prefix.push(name);
    prefix.push(STAGING);
    remove_dead(parent, &prefix);
    // On any return from here, the staging folder is removed when it is dropped.
    let (staging, lock) = stage(parent, &prefix)?;
    let tree = staging.path().join(TREE);
    files::make_folder(&tree)?;
    files::write_all(plan, &tree, options)?;
    let outcome = vcs::initialise(&tree, Home::Inside(parent), options.vcs, &lock);
    options.check()?;
    let to = if parent == Path::new(".") { PathBuf::from(name) } else { parent.join(name) };
    match fs_err::rename(&tree, &to) {
        Ok(()) => Ok(outcome),
        // Somebody made the place meanwhile.
        Err(_) if fs_err::symlink_metadata(&to).is_ok() => Err(match target::look(&to) {
            Err(error) => error,
            Ok(_) => WriteError::busy(&to),
        }),
        Err(error) => Err(WriteError::io("make", &to, error)),
    }
}

/// Makes a staging folder and locks it.
fn stage(parent: &Path, prefix: &OsStr) -> Result<(TempDir, File), WriteError> {
    for _ in 0..ATTEMPTS {
        let staging = tempfile::Builder::new()
            .prefix(prefix)
            .tempdir_in(parent)
            .map_err(|error| WriteError::io("make a folder in", parent, error))?;
        let path = staging.path().join(LOCK);
        let lock = File::create(&path).and_then(|lock| lock.lock().map(|()| lock));
        match lock {
            Ok(lock) if is_still_at(&lock, &path) => return Ok((staging, lock)),
            // A run that has just begun found it without a lock and took it for a dead run's: once more.
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(WriteError::io("write in", parent, error)),
        }
    }
    Err(WriteError::busy(parent))
}

/// Whether a folder looks like a staging folder from inside too.
fn holds_only_ours(folder: &Path) -> bool {
    fs_err::read_dir(folder)
        .is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name() == LOCK || entry.file_name() == TREE))
}

/// Removes the staging folders that killed runs for the same target left. One whose lock is held is alive; one without
/// a lock goes only if it is empty.
fn remove_dead(parent: &Path, prefix: &OsStr) {
    let Ok(entries) = fs_err::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
            continue;
        }
        let folder = entry.path();
        let Ok(lock) = File::open(folder.join(LOCK)) else {
            let _ = fs_err::remove_dir(&folder);
            continue;
        };
        if lock.try_lock().is_ok() && holds_only_ours(&folder) {
            let _ = fs_err::remove_dir_all(&folder);
        }
    }
}
