//! How large the contents are that git keeps, without unpacking any.
//!
//! Sources: <https://git-scm.com/docs/gitformat-pack> and the layout of loose objects. A pointer of LFS has less than 1024
//! bytes by its specification, so that a larger content is certain to be none.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::disk::{self, is_folder, size};

/// More than a pointer can have. Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
const LARGER_THAN_A_POINTER: u64 = 1024;
/// What compression can add to something that small.
const SLACK: u64 = 64;
/// More packs than these are not looked into.
const MOST_PACKS: usize = 50;
/// And no more names than these are gone through to find them.
const MOST_NAMES: usize = 2000;
/// The kind of a pack's entry that is the content of a file, and no difference to another.
const BLOB: u8 = 3;

/// The objects of a repository.
#[derive(Debug)]
pub(super) struct Objects {
    folder: PathBuf,
    is_there: OnceLock<bool>,
    packs: OnceLock<Vec<PathBuf>>,
}

impl Objects {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder, is_there: OnceLock::new(), packs: OnceLock::new() }
    }

    /// Whether a content is certain to be larger than a pointer.
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
            None => self
                .packs()
                .iter()
                .any(|index| packed_size(index, id).is_some_and(|size| size >= LARGER_THAN_A_POINTER)),
        }
    }

    fn packs(&self) -> &[PathBuf] {
        self.packs.get_or_init(|| {
            let (names, _) = disk::names(&self.folder.join("pack"), MOST_NAMES).unwrap_or_default();
            let indexes = names.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "idx"));
            indexes.take(MOST_PACKS).collect()
        })
    }
}

/// The size of a content in a pack, if it is there whole.
fn packed_size(index: &Path, id: &[u8]) -> Option<u64> {
    let pack = index.with_extension("pack");
    let offset = offset(&mut disk::open(index).ok()?.0, id)?;
    let (mut file, _) = disk::open(&pack).ok()?;
    let [first, mut rest @ ..] = bytes::<12>(&mut file, offset)?;
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

/// Where an object begins in the pack, by its index of version 2.
fn offset(index: &mut File, id: &[u8]) -> Option<u64> {
    const HEAD: u64 = 8;
    const FAN: u64 = 256 * 4;
    if bytes::<8>(index, 0)? != *b"\xfftOc\0\0\0\x02" {
        return None;
    }
    let number = |index: &mut File, at: u64| bytes::<4>(index, at).map(|bytes| u64::from(u32::from_be_bytes(bytes)));
    let first = u64::from(*id.first()?);
    let total = number(index, HEAD + 255 * 4)?;
    let mut low = if first == 0 { 0 } else { number(index, HEAD + (first - 1) * 4)? };
    let mut high = number(index, HEAD + first * 4)?.min(total);
    let length = id.len() as u64;
    let mut name = vec![0; id.len()];
    while low < high {
        let middle = low + (high - low) / 2;
        index.seek(SeekFrom::Start(HEAD + FAN + middle * length)).ok()?;
        index.read_exact(&mut name).ok()?;
        match name.as_slice().cmp(id) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let offset = number(index, HEAD + FAN + total * (length + 4) + middle * 4)?;
                // A pack of more than 2 GiB keeps its larger offsets elsewhere
                return (offset < 1 << 31).then_some(offset);
            }
        }
    }
    None
}

fn bytes<const N: usize>(file: &mut File, at: u64) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}
