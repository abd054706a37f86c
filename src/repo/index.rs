//! Git's index: which files are in the next commit, and whether their contents are in the object database.
//!
//! Parsed by hand, since no program is run and a git library is far more than the needed list of paths.
//! Source: <https://git-scm.com/docs/index-format>, versions 2 to 4. An index that is split, sparse, damaged or very large is
//! ignored, and then only the `.gitignore` files decide. Git's configuration is not read: the length of object names
//! can be seen in the index itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::file::File;
use super::git_dir::GitDir;
use super::limits::DEEPEST;
use super::objects::Objects;
use super::skipped::SkippedList;
use crate::disk::{self, Unread};
use crate::values::BlobId;

/// A hundred thousand files need about ten MiB.
const LARGEST: u64 = 32 * 1024 * 1024;
/// Version 4 shares prefixes between names, so that a small file could expand to a lot of text.
const MOST_NAMES: usize = 16 * 1024 * 1024;
/// The maximum number of entries.
const MOST_ENTRIES: u32 = 200_000;
/// No supported file system has longer paths.
const LONGEST_NAME: usize = 4096;

/// The length of an object name: SHA-1, and SHA-256.
const ID_LENGTHS: [usize; 2] = [20, 32];

/// A compressed file of this size may be as small as a pointer.
const SMALL: u64 = 16 * 1024;
/// How a pointer begins. Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1";

const SKIP_WORKTREE: u16 = 0x4000;
const EXTENDED: u16 = 0x4000;
const ASSUME_VALID: u16 = 0x8000;
/// The part of the flags that holds the length of a name, or this value if the name is longer.
const NAME_LENGTH: u16 = 0x0fff;
const SUBMODULE: u32 = 0o160_000;
const FOLDER: u32 = 0o040_000;
const EXECUTABLE: u32 = 0o100;

/// The index of a repository.
#[derive(Debug)]
pub(super) struct Index {
    entries: BTreeMap<String, Entry>,
    objects: Option<Objects>,
}

/// An entry of the index.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its path as bytes, if that is not UTF-8.
    name: Option<Vec<u8>>,
    /// The name of its object.
    id: Vec<u8>,
    /// Whether it is in the repository and not wanted in the work tree (`skip-worktree`).
    pub(super) skips_worktree: bool,
    /// Whether it is a program: mode 100755.
    is_executable: bool,
    /// The file's state when git last checked it. None if git does not check it.
    pub(super) seen: Option<Seen>,
}

/// What git records of a file in the work tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    /// Seconds and nanoseconds of the last change, in 32 bits each.
    pub(super) changed: (u32, u32),
    /// The size, in 32 bits.
    pub(super) size: u32,
}

impl Index {
    /// Reads the index of a repository. One that exists and cannot be read is recorded.
    pub(super) fn of(git: &GitDir, skipped: &SkippedList) -> Option<Self> {
        let bytes = match disk::read(&git.index(), LARGEST) {
            Ok(bytes) => bytes,
            // Nothing has been added yet
            Err(Unread::Missing) => return None,
            Err(why) => {
                skipped.note(".git/index", why.to_string());
                return None;
            }
        };
        let read = |id_length| Reader { bytes: &bytes, at: 0, id_length }.entries();
        let Some((entries, too_deep)) = ID_LENGTHS.into_iter().find_map(read) else {
            skipped.note(".git/index", "it is split, sparse, damaged or has too many entries");
            return None;
        };
        if let Some(name) = too_deep {
            skipped.note(name, format!("it is in git's index, deeper than {DEEPEST} folders"));
        }
        Some(Self { entries, objects: git.objects().map(|folder| Objects::of(folder, skipped)) })
    }

    /// The files, by path.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// Whether a path is in it.
    pub(super) fn has(&self, path: &str) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether a file is a program: mode 100755. None if it is not in it.
    pub(super) fn is_executable(&self, path: &str) -> Option<bool> {
        self.entries.get(path).map(|entry| entry.is_executable)
    }

    /// The name of the object with a file's content.
    pub(super) fn id(&self, path: &str) -> Option<&[u8]> {
        self.entries.get(path).map(|entry| &*entry.id)
    }

    /// Whether the content of a file is in the repository as it is, and not as an LFS pointer. False if that is not certain.
    pub(super) fn is_raw(&self, path: &str) -> bool {
        let entry = self.entries.get(path);
        entry.zip(self.objects.as_ref()).is_some_and(|(entry, objects)| objects.is_large(&entry.id))
    }

    /// Whether the content of a small file in the work tree is that in the repository, and not an LFS pointer: the size of an object
    /// does not show that.
    pub(super) fn has_content_of(&self, file: &File) -> bool {
        let Some(entry) = self.entries.get(file.path()).filter(|_| file.size() <= SMALL) else { return false };
        let content = file.bytes().filter(|bytes| !bytes.starts_with(POINTER));
        content.is_some_and(|bytes| BlobId::of(bytes).as_bytes() == &entry.id[..])
    }
}

/// Finds the files of an index in the work tree. They are sorted by name, so that each folder is only checked once for
/// being a real folder.
pub(super) struct OnDisk<'f> {
    folder: &'f Path,
    /// The folders of the last file, with the length of their names so far, and whether they exist.
    open: Vec<(usize, PathBuf, bool)>,
    last: Vec<u8>,
}

impl<'f> OnDisk<'f> {
    pub(super) fn below(folder: &'f Path) -> Self {
        Self { folder, open: Vec::new(), last: Vec::new() }
    }

    /// The path of a file, unless it leads out of the folder or through a link. It is spelled as in the index.
    pub(super) fn path(&mut self, name: &str, entry: &Entry) -> Option<PathBuf> {
        let name = entry.name.as_deref().unwrap_or(name.as_bytes());
        let end = name.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let same = name[..end].iter().zip(&self.last).take_while(|(one, other)| one == other).count();
        self.open.retain(|(length, ..)| *length <= same);
        self.last = name[..end].to_vec();
        let mut at = self.open.last().map_or(0, |(length, ..)| *length);
        while at < end {
            let part = name[at..end].split(|byte| *byte == b'/').next()?;
            at += part.len() + 1;
            let (path, is_there) = self.parent();
            let path = is_there.then(|| inside(path, part)).flatten();
            let is_there = path.as_deref().is_some_and(disk::is_folder) && self.open.len() < DEEPEST;
            self.open.push((at, path.unwrap_or_default(), is_there));
        }
        let (parent, is_there) = self.parent();
        is_there.then(|| inside(parent, &name[end..])).flatten()
    }

    fn parent(&self) -> (&Path, bool) {
        self.open.last().map_or((self.folder, true), |(_, path, is_there)| (path, *is_there))
    }
}

/// The path of a name in a folder, unless it leads elsewhere.
fn inside(folder: &Path, part: &[u8]) -> Option<PathBuf> {
    let leads_elsewhere = matches!(part, b"" | b"." | b"..") || part.eq_ignore_ascii_case(b".git");
    (!leads_elsewhere).then(|| os_name(part).map(|part| folder.join(part))).flatten()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "on other systems not every name is a path")]
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

    /// The entries, and the first name that is too deeply nested.
    fn entries(mut self) -> Option<(BTreeMap<String, Entry>, Option<String>)> {
        let (mark, version, count) = (self.take(4)?, self.u32()?, self.u32()?);
        if mark != b"DIRC" || !(2..=4).contains(&version) || count > MOST_ENTRIES {
            return None;
        }
        // They are sorted by name, so the map can be built at once
        let mut entries = Vec::new();
        let mut name = Vec::new();
        let mut last = Vec::new();
        let mut names = 0;
        let mut too_deep = None;
        for _ in 0..count {
            let (mode, entry) = self.entry(version, &mut name)?;
            if mode == FOLDER || name.len() > LONGEST_NAME || name < last {
                return None;
            }
            last.clone_from(&name);
            if mode == SUBMODULE {
                continue;
            }
            let (path, entry) = match String::from_utf8_lossy(&name) {
                Cow::Borrowed(path) => (path.to_owned(), entry),
                Cow::Owned(path) => (path, Entry { name: Some(name.clone()), ..entry }),
            };
            // If they differ, both are kept
            names += path.len() + entry.name.as_ref().map_or(0, Vec::len);
            if names > MOST_NAMES {
                return None;
            }
            if path.bytes().filter(|byte| *byte == b'/').count() > DEEPEST {
                too_deep.get_or_insert(path);
            } else {
                entries.push((path, entry));
            }
        }
        self.has_all().then(|| (entries.into_iter().collect(), too_deep))
    }

    /// The next entry, with its mode. `name` is the previous entry's name, and becomes this one's.
    fn entry(&mut self, version: u32, name: &mut Vec<u8>) -> Option<(u32, Entry)> {
        let start = self.at;
        self.take(8)?;
        let changed = (self.u32()?, self.u32()?);
        self.take(8)?;
        let mode = self.u32()?;
        self.take(8)?;
        let seen = Seen { changed, size: self.u32()? };
        let id = self.take(self.id_length)?.to_vec();
        let flags = self.u16()?;
        let extended = if version > 2 && flags & EXTENDED != 0 { self.u16()? } else { 0 };
        let kept = if version == 4 { name.len().checked_sub(self.variable()?)? } else { 0 };
        name.truncate(kept);
        let length = self.bytes.get(self.at..)?.iter().position(|byte| *byte == 0)?;
        name.extend_from_slice(self.take(length)?);
        // A repeated name shows that the guessed length of object names was wrong
        if usize::from(flags & NAME_LENGTH) != name.len().min(usize::from(NAME_LENGTH)) {
            return None;
        }
        // At least one zero byte; before version 4, padded to the next multiple of eight
        let end = if version == 4 { self.at + 1 } else { start + ((self.at - start + 8) & !7) };
        self.take(end - self.at)?;
        let seen = (flags & ASSUME_VALID == 0).then_some(seen);
        let entry = Entry {
            name: None,
            id,
            skips_worktree: extended & SKIP_WORKTREE != 0,
            is_executable: mode & EXECUTABLE != 0,
            seen,
        };
        Some((mode, entry))
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

    /// Whether no extension behind the entries refers to other files, and only the checksum follows it.
    fn has_all(&mut self) -> bool {
        while self.at + 8 + self.id_length <= self.bytes.len() {
            let (Some(name), Some(length)) = (self.take(4), self.u32()) else { return false };
            if matches!(name, b"link" | b"sdir") || self.take(length as usize).is_none() {
                return false;
            }
        }
        self.at + self.id_length == self.bytes.len()
    }
}
