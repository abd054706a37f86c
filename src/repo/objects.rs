//! The sizes of the contents in git's object database, without unpacking any.
//!
//! Sources: <https://git-scm.com/docs/gitformat-pack> and the layout of loose objects. A pointer of LFS has less than 1024
//! bytes by its specification, so a larger content is certainly not one.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::skipped::SkippedList;
use crate::disk::{self, is_folder, size};

/// More than a pointer can have. Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
const LARGER_THAN_A_POINTER: u64 = 1024;
/// The most that compression can add to something that small.
const SLACK: u64 = 64;
/// The maximum number of packs.
const MOST_PACKS: usize = 50;
/// The maximum number of names to search for them.
const MOST_NAMES: usize = 2000;
/// The maximum number of lookups in packs.
const MOST_SEARCHES: usize = 200_000;
/// The type of a pack entry that holds the whole content of a file, not a delta.
const BLOB: u8 = 3;

/// The objects of a repository.
#[derive(Debug)]
pub(super) struct Objects {
    folder: PathBuf,
    skipped: SkippedList,
    is_there: OnceLock<bool>,
    packs: OnceLock<Vec<Pack>>,
    searches: AtomicUsize,
}

/// A pack and its index.
#[derive(Debug)]
struct Pack {
    index: File,
    content: File,
}

impl Objects {
    pub(super) fn of(folder: PathBuf, skipped: &SkippedList) -> Self {
        let (is_there, packs) = (OnceLock::new(), OnceLock::new());
        Self { folder, skipped: skipped.clone(), is_there, packs, searches: AtomicUsize::new(0) }
    }

    /// Whether a content is certainly larger than a pointer.
    pub(super) fn is_large(&self, id: &[u8]) -> bool {
        if !self.is_there.get_or_init(|| is_folder(&self.folder)) {
            return false;
        }
        let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
        let hex: String = id.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        let (first, rest) = hex.split_at(2);
        let folder = self.folder.join(first);
        match size(&folder.join(rest)).filter(|_| is_folder(&folder)) {
            Some(size) => size > LARGER_THAN_A_POINTER + SLACK,
            None => self.is_large_in_a_pack(id),
        }
    }

    fn is_large_in_a_pack(&self, id: &[u8]) -> bool {
        let packs = self.packs.get_or_init(|| packs(&self.folder.join("pack")));
        if self.searches.fetch_add(packs.len(), Ordering::Relaxed) > MOST_SEARCHES {
            self.skipped.note(".git/objects/pack", format!("it was searched {MOST_SEARCHES} times"));
            return false;
        }
        packs.iter().any(|pack| pack.size(id).is_some_and(|size| size >= LARGER_THAN_A_POINTER))
    }
}

fn packs(folder: &Path) -> Vec<Pack> {
    let (names, _) = disk::names(folder, MOST_NAMES).unwrap_or_default();
    let indexes = names.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "idx"));
    indexes.take(MOST_PACKS).filter_map(|index| Pack::open(&index)).collect()
}

impl Pack {
    fn open(index: &Path) -> Option<Self> {
        let (content, _) = disk::open(&index.with_extension("pack")).ok()?;
        let (index, _) = disk::open(index).ok()?;
        (bytes::<8>(&index, 0)? == *b"\xfftOc\0\0\0\x02").then_some(Self { index, content })
    }

    /// The size of a content, if it is stored whole.
    fn size(&self, id: &[u8]) -> Option<u64> {
        let [first, mut rest @ ..] = bytes::<12>(&self.content, self.offset(id)?)?;
        if (first >> 4) & 7 != BLOB {
            return None;
        }
        let mut size = u64::from(first & 15);
        let mut more = first & 128 != 0;
        for (place, byte) in rest.iter_mut().enumerate() {
            if !more {
                return Some(size);
            }
            let shift = u32::try_from(4 + 7 * place).ok().filter(|shift| *shift < 57)?;
            size |= u64::from(*byte & 127) << shift;
            more = *byte & 128 != 0;
        }
        None
    }

    /// The offset of an object in the pack, by its index of version 2.
    fn offset(&self, id: &[u8]) -> Option<u64> {
        const HEAD: u64 = 8;
        const FAN: u64 = 256 * 4;
        let number = |at: u64| bytes::<4>(&self.index, at).map(|bytes| u64::from(u32::from_be_bytes(bytes)));
        let first = u64::from(*id.first()?);
        let total = number(HEAD + 255 * 4)?;
        let mut low = if first == 0 { 0 } else { number(HEAD + (first - 1) * 4)? };
        let mut high = number(HEAD + first * 4)?.min(total);
        let length = id.len() as u64;
        let mut name = vec![0; id.len()];
        while low < high {
            let middle = low + (high - low) / 2;
            read_at(&self.index, &mut name, HEAD + FAN + middle * length).ok()?;
            match name.as_slice().cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let offset = number(HEAD + FAN + total * (length + 4) + middle * 4)?;
                    // A pack of more than 2 GiB keeps its larger offsets in another table
                    return (offset < 1 << 31).then_some(offset);
                }
            }
        }
        None
    }
}

fn bytes<const N: usize>(file: &File, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    read_at(file, &mut bytes, at).ok()?;
    Some(bytes)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
    if read == bytes.len() { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
