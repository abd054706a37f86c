//! The limits for reading a folder: 256 MiB of memory and some seconds, for any content.
//!
//! An ordinary repository of a hundred thousand files reaches none of them. What exceeds one is recorded as skipped.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::skipped::SkippedList;

/// The maximum number of files.
pub(super) const MOST_FILES: usize = 150_000;
/// The maximum number of names, including those that git ignores.
pub(super) const MOST_NAMES: usize = 400_000;
/// The maximum total length of the paths.
pub(super) const MOST_PATH_BYTES: usize = 24 * 1024 * 1024;
/// The maximum depth of folders.
pub(super) const DEEPEST: usize = 64;
/// The time limit of a listing: it may be on a network drive, or a folder that was made to take long.
const PATIENCE: Duration = Duration::from_secs(5);
/// The maximum size of a text: those that matter are far smaller.
pub(super) const LARGEST_TEXT: u64 = 2 * 1024 * 1024;
/// The folder that we keep in a repository ourselves.
pub(super) const OURS: &str = ".spaces-new.toml";
/// The maximum size of a file in it.
pub(super) const LARGEST_OF_OURS: u64 = 256 * 1024;
/// The maximum total size of the contents that are kept.
const MOST_TEXT: u64 = 64 * 1024 * 1024;

/// Shared by the files of a repository: how much may still be read, and what was skipped.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    pub(super) skipped: SkippedList,
    text_left: Arc<AtomicU64>,
}

impl Limits {
    pub(super) fn new(skipped: SkippedList) -> Self {
        Self { skipped, text_left: Arc::new(AtomicU64::new(MOST_TEXT)) }
    }

    /// Reserves this many bytes for reading and keeping. False if too few are left.
    pub(super) fn allow_text(&self, bytes: u64) -> bool {
        let less = |left: u64| left.checked_sub(bytes);
        self.text_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }
}

/// The progress of a walk.
#[derive(Debug)]
pub(super) struct Course {
    names: usize,
    files: usize,
    path_bytes: usize,
    end: Instant,
}

impl Course {
    pub(super) fn begin() -> Self {
        Self { names: 0, files: 0, path_bytes: 0, end: Instant::now() + PATIENCE }
    }

    /// How many more names may be listed.
    pub(super) fn names_left(&self) -> usize {
        MOST_NAMES - self.names
    }

    /// Counts listed names.
    pub(super) fn listed(&mut self, names: usize) {
        self.names = (self.names + names).min(MOST_NAMES);
    }

    /// Counts a file with a path of this many bytes. The error is the reason why no more are taken.
    pub(super) fn file(&mut self, path_bytes: usize) -> Result<(), String> {
        if self.files == MOST_FILES {
            return Err(format!("more than {MOST_FILES} files"));
        }
        if self.path_bytes + path_bytes > MOST_PATH_BYTES {
            return Err(format!("more than {} MiB of paths", MOST_PATH_BYTES >> 20));
        }
        self.files += 1;
        self.path_bytes += path_bytes;
        Ok(())
    }

    /// Checks the time. The error is that it has taken too long.
    pub(super) fn in_time(&self) -> Result<(), String> {
        if Instant::now() < self.end { Ok(()) } else { Err(format!("listing took more than {} s", PATIENCE.as_secs())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_counts_once_it_is_allowed() {
        let limits = Limits::new(SkippedList::default());
        assert!(limits.allow_text(MOST_TEXT - 1));
        assert!(!limits.clone().allow_text(2), "what does not fit takes nothing away");
        assert!(limits.allow_text(1) && !limits.allow_text(1));
    }

    #[test]
    fn files_names_and_paths_are_counted() {
        let mut course = Course::begin();
        assert_eq!(course.names_left(), MOST_NAMES);
        course.listed(MOST_NAMES + 1);
        assert_eq!(course.names_left(), 0);
        assert!(course.file(MOST_PATH_BYTES).is_ok());
        assert_eq!(course.file(1).unwrap_err(), "more than 24 MiB of paths");
        let mut course = Course { files: MOST_FILES, ..course };
        assert_eq!(course.file(0).unwrap_err(), "more than 150000 files");
        course.end = Instant::now();
        assert!(course.in_time().is_err());
    }
}
