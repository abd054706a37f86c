//! Git's index: which files are in the next commit, and whether their contents are there as they are.
//!
//! Read by hand, since nothing is run and the whole of a git library is far more than the list of paths that is wanted.
//! Source: <https://git-scm.com/docs/index-format>, versions 2 to 4. An index that is split, sparse, damaged or very large is
//! taken for none, and then the `.gitignore` files decide alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::objects::Objects;
use super::within::{is_folder, read};

/// A hundred thousand files need about ten MiB.
const LARGEST: u64 = 32 * 1024 * 1024;
/// Version 4 says how much of a name is the last one's, so that a small file could name much.
const MOST_NAMES: usize = 32 * 1024 * 1024;

const SKIP_WORKTREE: u16 = 0x4000;
const EXTENDED: u16 = 0x4000;
const SUBMODULE: u32 = 0o160_000;
const FOLDER: u32 = 0o040_000;

/// The index of a repository.
#[derive(Debug)]
pub(super) struct Index {
    entries: BTreeMap<String, Entry>,
    objects: Objects,
}

/// A file of the index.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its path as bytes, where that is no UTF-8.
    name: Option<Vec<u8>>,
    /// The name of its content.
    id: Vec<u8>,
    /// Whether it is in the repository and wanted on no disk.
    pub(super) is_left_out: bool,
}

impl Index {
    /// The index of the repository whose work tree this folder is.
    pub(super) fn of(folder: &Path) -> Option<Self> {
        let git = folder.join(".git");
        if !is_folder(&git) {
            return None;
        }
        let bytes = read(&git.join("index"), LARGEST)?;
        let config = read(&git.join("config"), 1024 * 1024).unwrap_or_default();
        let config = String::from_utf8_lossy(&config).to_lowercase();
        let is_long = config.lines().any(|line| line.contains("objectformat") && line.contains("sha256"));
        let id_length = if is_long { 32 } else { 20 };
        let entries = Reader { bytes: &bytes, at: 0, id_length }.entries()?;
        Some(Self { entries, objects: Objects::of(&git) })
    }

    /// The files, by their paths.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// Whether a path is in it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether the content of a file is in the repository as it is, and no pointer of LFS. False if that is not certain.
    pub(super) fn is_raw(&self, path: &str) -> bool {
        self.entries.get(path).is_some_and(|entry| self.objects.is_large(&entry.id))
    }
}

impl Entry {
    /// Its path below a folder, unless that leads out of it. It is named as in the list.
    pub(super) fn below(&self, name: &str, folder: &Path) -> Option<PathBuf> {
        let name = self.name.as_deref().unwrap_or(name.as_bytes());
        let mut path = folder.to_owned();
        for part in name.split(|byte| *byte == b'/') {
            if matches!(part, b"" | b"." | b"..")
                || part.eq_ignore_ascii_case(b".git")
                || path != folder && !is_folder(&path)
            {
                return None;
            }
            path.push(os_name(part)?);
        }
        Some(path)
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every name is one")]
fn os_name(bytes: &[u8]) -> Option<&std::ffi::OsStr> {
    Some(std::os::unix::ffi::OsStrExt::from_bytes(bytes))
}

#[cfg(not(unix))]
fn os_name(bytes: &[u8]) -> Option<&std::ffi::OsStr> {
    std::str::from_utf8(bytes).ok().filter(|name| !name.contains(['\\', ':'])).map(std::ffi::OsStr::new)
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    id_length: usize,
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_be_bytes)
    }

    fn entries(mut self) -> Option<BTreeMap<String, Entry>> {
        let (mark, version, count) = (self.take(4)?, self.u32()?, self.u32()?);
        if mark != b"DIRC" || !(2..=4).contains(&version) {
            return None;
        }
        // They come in the order of their names, from which the map is made at once
        let mut entries = Vec::new();
        let mut name = Vec::new();
        let mut names = 0;
        for _ in 0..count {
            let (mode, entry) = self.entry(version, &mut name)?;
            names += name.len();
            if mode == FOLDER || names > MOST_NAMES {
                return None;
            }
            if mode != SUBMODULE {
                entries.push(match String::from_utf8_lossy(&name) {
                    Cow::Borrowed(path) => (path.to_owned(), entry),
                    Cow::Owned(path) => (path, Entry { name: Some(name.clone()), ..entry }),
                });
            }
        }
        self.has_all().then(|| entries.into_iter().collect())
    }

    /// The next entry, with its mode. `name` is the last one's name, and becomes this one's.
    fn entry(&mut self, version: u32, name: &mut Vec<u8>) -> Option<(u32, Entry)> {
        let start = self.at;
        self.take(24)?;
        let mode = self.u32()?;
        self.take(12)?;
        let id = self.take(self.id_length)?.to_vec();
        let flags = self.u16()?;
        let extended = if version > 2 && flags & EXTENDED != 0 { self.u16()? } else { 0 };
        let kept = if version == 4 { name.len().checked_sub(self.variable()?)? } else { 0 };
        name.truncate(kept);
        let length = self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0)?;
        name.extend_from_slice(self.take(length)?);
        // At least one zero byte; before version 4 as many as it takes to the next multiple of eight
        let end = if version == 4 { self.at + 1 } else { start + ((self.at - start + 8) & !7) };
        self.take(end - self.at)?;
        Some((mode, Entry { name: None, id, is_left_out: extended & SKIP_WORKTREE != 0 }))
    }

    /// A number of variable length, as in the offsets of packs.
    fn variable(&mut self) -> Option<usize> {
        let mut byte = *self.take(1)?.first()?;
        let mut value = usize::from(byte & 127);
        while byte & 128 != 0 {
            byte = *self.take(1)?.first()?;
            value = value.checked_add(1)?.checked_mul(128)?.checked_add(usize::from(byte & 127))?;
        }
        Some(value)
    }

    /// Whether nothing behind the entries says that there are more elsewhere.
    fn has_all(&mut self) -> bool {
        while self.at + 8 + self.id_length <= self.bytes.len() {
            let (Some(name), Some(length)) = (self.take(4), self.u32()) else { return false };
            if matches!(name, b"link" | b"sdir") || self.take(length as usize).is_none() {
                return false;
            }
        }
        true
    }
}
