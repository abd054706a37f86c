//! What a run is about to do, recorded so that the next run can undo or finish it after a kill.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io::{self, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk;
use crate::order::Order;
use crate::values::RepoPath;

/// A longer journal is not kept: if such a run is killed, it is not undone, and the next run reports that.
const ENTRIES_MOST: usize = 50_000;

/// A file that is put into place, and an earlier run's file at the same path: a journal with more entries per path is not ours.
const ENTRIES_A_PATH: usize = 2;

/// What a run does, which determines how it is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// Creates a folder, staged beside its place.
    NewFolder,
    /// Fills an empty folder.
    Fill,
    /// Changes files of a folder.
    Change,
}

/// The files that a run puts into a folder. Written before the first of them is moved.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) files: Vec<Entry>,
    /// The folders that are created.
    pub(super) folders: BTreeSet<RepoPath>,
}

/// One file that is put into place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: RepoPath,
    /// The old content; none if there was no file.
    pub(super) before: Option<Fingerprint>,
    /// The new content.
    pub(super) after: Fingerprint,
    /// The inode number of the new file: a user's own file with the same bytes has another one.
    pub(super) inode: u64,
    /// Whether the existing file is overwritten, instead of being replaced by another file.
    #[serde(default)]
    pub(super) in_place: bool,
    /// Whether the existing file is removed, and no new one takes its place.
    #[serde(default)]
    pub(super) is_removed: bool,
}

/// The size of a file and its FNV-1a hash, which detects an edit, though not a forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    pub(super) bytes: u64,
    checksum: u64,
}

impl Journal {
    /// Without repeated entries; none if there are more than any run writes.
    pub(super) fn checked(mut self) -> Option<Self> {
        self.files.order();
        self.files.dedup();
        let mut paths: BTreeMap<&RepoPath, usize> = BTreeMap::new();
        for entry in &self.files {
            *paths.entry(&entry.path).or_default() += 1;
        }
        let is_usual = paths.values().all(|entries| *entries <= ENTRIES_A_PATH);
        (is_usual && self.files.len() <= ENTRIES_MOST && self.folders.len() <= ENTRIES_MOST).then_some(self)
    }

    /// The folders that contain its files.
    pub(super) fn folders_of_files(&self) -> BTreeSet<String> {
        self.files.iter().flat_map(|entry| entry.path.folders().map(str::to_owned)).collect()
    }
}

impl Entry {
    /// A file that is staged in `tree`, or already in place.
    pub(super) fn of(path: &RepoPath, tree: &Path) -> io::Result<Self> {
        let (fingerprint, inode) = Fingerprint::of(&tree.join(path.to_path()))?;
        Ok(Self { path: path.clone(), before: None, after: fingerprint, inode, in_place: false, is_removed: false })
    }

    /// A file that is removed.
    pub(super) fn removed(path: &RepoPath) -> Self {
        let (path, after) = (path.clone(), Fingerprint::EMPTY);
        Self { path, before: None, after, inode: 0, in_place: false, is_removed: true }
    }

    /// Whether the folder is as the run left it: it has the file that was put there, with the same bytes, or no longer the
    /// one that was removed.
    pub(super) fn is_ours(&self, root: &Path) -> bool {
        if self.is_removed {
            return disk::about(&root.join(self.path.to_path())).is_err() && disk::is_below(root, &self.path.to_path());
        }
        self.is_the_file(root) && self.after.is_at(&self.path, root)
    }

    /// Whether the file in the folder is the one that was put there, with any content.
    pub(super) fn is_the_file(&self, root: &Path) -> bool {
        disk::about(&root.join(self.path.to_path())).is_ok_and(|about| about.is_file() && inode(&about) == self.inode)
    }
}

impl Fingerprint {
    /// The fingerprint of a regular file, and its inode number.
    fn of(path: &Path) -> io::Result<(Self, u64)> {
        let (mut file, about) = disk::open(path).map_err(|error| io::Error::other(error.to_string()))?;
        let mut fingerprint = Self::EMPTY;
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                return Ok((fingerprint, inode(&about)));
            }
            fingerprint.add(buffer.get(..read).unwrap_or_default());
            if fingerprint.bytes > about.len() {
                return Err(io::Error::other("it grows while it is read"));
            }
        }
    }

    /// The fingerprint of some bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let mut fingerprint = Self::EMPTY;
        fingerprint.add(bytes);
        fingerprint
    }

    /// The fingerprint of a regular file that is reached through no link. None if it does not exist.
    pub(super) fn at(path: &RepoPath, root: &Path) -> Option<Self> {
        disk::is_below(root, &path.to_path())
            .then(|| Self::of(&root.join(path.to_path())).ok())
            .flatten()
            .map(|of| of.0)
    }

    /// Whether a regular file in real folders has this fingerprint. A file of another size is not read.
    pub(super) fn is_at(self, path: &RepoPath, root: &Path) -> bool {
        disk::size(&root.join(path.to_path())) == Some(self.bytes) && Self::at(path, root) == Some(self)
    }

    const EMPTY: Self = Self { bytes: 0, checksum: 0xcbf2_9ce4_8422_2325 };

    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        for byte in bytes {
            self.checksum = (self.checksum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The inode number of a file.
#[cfg(unix)]
pub(super) fn inode(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
pub(super) fn inode(_: &Metadata) -> u64 {
    0
}

/// The number of the device that a file is on.
#[cfg(unix)]
pub(super) fn device(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(about)
}

#[cfg(not(unix))]
pub(super) fn device(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, bytes: u64) -> Entry {
        let fingerprint = Fingerprint { bytes, checksum: 1 };
        Entry {
            path: path.parse().unwrap(),
            before: None,
            after: fingerprint,
            inode: 1,
            in_place: false,
            is_removed: false,
        }
    }

    #[test]
    fn what_is_said_twice_counts_once_and_a_journal_that_no_run_writes_counts_for_nothing() {
        let of = |files: Vec<Entry>| Journal { files, ..Journal::default() };
        let repeated = of(vec![entry("a", 1); 1000]).checked().unwrap();
        assert_eq!(repeated.files.len(), 1);
        assert!(of((0..3).map(|bytes| entry("a", bytes)).collect()).checked().is_none());
        let many = (0..=ENTRIES_MOST).map(|number| entry(&format!("f{number}"), 1));
        assert!(of(many.collect()).checked().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_the_same_bytes_is_not_taken_for_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path: RepoPath = "a".parse().unwrap();
        fs_err::write(folder.path().join("a"), "x").unwrap();
        let entry = Entry::of(&path, folder.path()).unwrap();
        assert!(entry.is_ours(folder.path()));
        fs_err::write(folder.path().join("b"), "x").unwrap();
        fs_err::rename(folder.path().join("b"), folder.path().join("a")).unwrap();
        assert!(!entry.is_ours(folder.path()));
        fs_err::write(folder.path().join("a"), "y").unwrap();
        assert!(!Entry::of(&path, folder.path()).unwrap().after.is_at(&"b".parse().unwrap(), folder.path()));
    }
}
