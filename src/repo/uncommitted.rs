//! Counts the tracked files that have changed.

use std::path::Path;
use std::time::UNIX_EPOCH;

use super::Repo;
use super::git_dir::GitDir;
use super::index::{Index, OnDisk, Seen};
use super::skipped::SkippedList;
use crate::disk;

impl Repo {
    /// How many tracked files in a folder differ from the index by size and time. None if that is
    /// unknown: there is no repository, or its index cannot be read.
    ///
    /// No program is started and no content is read, so a file that was only touched counts too, and one that was
    /// staged but not committed does not count.
    #[must_use]
    pub fn uncommitted_files(folder: &Path) -> Option<usize> {
        let folder = fs_err::canonicalize(folder).ok()?;
        let root = folder.ancestors().find(|above| disk::about(&above.join(".git")).is_ok())?;
        let skipped = SkippedList::default();
        let index = Index::of(&GitDir::of(root, &skipped)?, &skipped)?;
        let within = folder.strip_prefix(root).ok()?;
        let mut on_disk = OnDisk::below(root);
        let mut count = 0;
        for (path, entry) in index.entries().filter(|(path, _)| Path::new(path).starts_with(within)) {
            let Some(seen) = entry.seen.filter(|_| !entry.skips_worktree) else { continue };
            count += usize::from(!on_disk.path(path, entry).is_some_and(|file| is_as_seen(&file, seen)));
        }
        Some(count)
    }
}

fn is_as_seen(file: &Path, seen: Seen) -> bool {
    let Ok(about) = disk::about(file) else { return false };
    // Git keeps the lower 32 bits of both, and no size for a file that changed while it was added
    let has_size = seen.size == 0 || about.len() & 0xffff_ffff == u64::from(seen.size);
    let Some(age) = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()) else {
        return has_size;
    };
    let (seconds, nanoseconds) = seen.changed;
    // Git without support for nanoseconds writes zero
    let is_same_second = age.as_secs() & 0xffff_ffff == u64::from(seconds);
    has_size && is_same_second && (nanoseconds == 0 || nanoseconds == age.subsec_nanos())
}
