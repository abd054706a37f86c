//! What a run keeps in a folder while it is not finished, and how the next run tells it from a stranger's.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::WriteError;
use super::files::is_still_at;
use crate::plan::RepoPath;

/// The folder in which a run keeps what it has not finished.
pub(crate) const UNFINISHED: &str = ".spaces-new-unfinished";

/// Held by the run that writes.
pub(super) const LOCK: &str = "lock";
/// A journal that is being written.
pub(super) const DRAFT: &str = "journal.new";
/// The new files, before they are moved to their places.
pub(super) const TREE: &str = "tree";

/// Writes a journal: it appears whole or not at all. A draft that is there, perhaps a link out of the folder, is removed
/// first and never written through.
pub(super) fn write_journal(folder: &Path, name: &str, journal: &impl Serialize) -> io::Result<()> {
    let draft = folder.join(DRAFT);
    match fs_err::remove_file(&draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&draft)?;
    file.write_all(&serde_json::to_vec(journal)?)?;
    drop(file);
    fs_err::rename(&draft, folder.join(name))
}

/// A file, by what is in it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: RepoPath,
    #[serde(flatten)]
    pub(super) seal: Seal,
}

/// The size of a file and its FNV-1a hash, which tells an edit, though not a forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    bytes: u64,
    checksum: u64,
}

/// Whether a path is a folder itself, and no link to one.
pub(super) fn is_real_folder(path: &Path) -> bool {
    fs_err::symlink_metadata(path).is_ok_and(|about| about.is_dir())
}

/// Makes the folder, unless it is there, and takes its lock.
pub(super) fn enter(root: &Path) -> Result<(PathBuf, File), WriteError> {
    let folder = root.join(UNFINISHED);
    match fs_err::create_dir(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(WriteError::io("write in", root, error));
        }
        _ => {}
    }
    let lock = take_lock(root, &folder).inspect_err(|_| {
        // Goes only if it is empty: where there was no room even for the lock.
        let _ = fs_err::remove_dir(&folder);
    })?;
    Ok((folder, lock))
}

pub(super) fn take_lock(root: &Path, folder: &Path) -> Result<File, WriteError> {
    let path = folder.join(LOCK);
    let is_stranger = fs_err::symlink_metadata(&path).is_ok_and(|about| !about.is_file());
    if !is_real_folder(folder) || is_stranger {
        return Err(WriteError::not_empty(root, vec![UNFINISHED.to_owned()]));
    }
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = match lock {
        Ok(lock) => lock,
        // The run that made the folder has just removed it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(WriteError::busy(root)),
        Err(error) => return Err(WriteError::io("write in", folder, error)),
    };
    if lock.try_lock().is_err() || !is_still_at(&lock, &path) {
        return Err(WriteError::busy(root));
    }
    Ok(lock)
}

impl Entry {
    pub(super) fn of(path: &RepoPath, root: &Path) -> io::Result<Self> {
        Ok(Self { path: path.clone(), seal: Seal::of(&root.join(path.to_path()))? })
    }

    /// Whether the file in the folder is the one that was put there, and stands in real folders.
    pub(super) fn is_unchanged(&self, root: &Path) -> bool {
        Seal::at(&self.path, root) == Some(self.seal)
    }
}

impl Seal {
    fn of(path: &Path) -> io::Result<Self> {
        let mut file = fs_err::File::open(path)?;
        let mut seal = Self::EMPTY;
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                return Ok(seal);
            }
            seal.add(buffer.get(..read).unwrap_or_default());
        }
    }

    /// The seal of some bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let mut seal = Self::EMPTY;
        seal.add(bytes);
        seal
    }

    /// The seal of a regular file that stands in real folders; none if there is no such file.
    pub(super) fn at(path: &RepoPath, root: &Path) -> Option<Self> {
        let file = root.join(path.to_path());
        let in_real_folders = path.folders().all(|folder| is_real_folder(&root.join(folder)));
        let is_file = fs_err::symlink_metadata(&file).is_ok_and(|about| about.is_file());
        if in_real_folders && is_file { Self::of(&file).ok() } else { None }
    }

    const EMPTY: Self = Self { bytes: 0, checksum: 0xcbf2_9ce4_8422_2325 };

    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        for byte in bytes {
            self.checksum = (self.checksum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
