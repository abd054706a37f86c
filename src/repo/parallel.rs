//! Reads many files on several processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

use super::File;

/// With fewer files, threads do not pay off.
const MANY: usize = 500;
/// The maximum number of threads: the system has its own limits too.
const MOST_THREADS: usize = 8;
/// The number of files that a thread takes at a time.
const SHARE: usize = 50;

/// Caches the answer of [`File::is_binary`] for many files.
pub(crate) fn look_at(files: &[&File]) {
    each(files, |file| _ = file.is_binary());
}

/// Caches the answer of [`File::text`] for many files.
pub(crate) fn read_all(files: &[&File]) {
    let unread: Vec<_> = files.iter().copied().filter(|file| !file.is_read()).collect();
    each(&unread, |file| _ = file.text());
}

/// The few that are left are read on demand.
fn each(files: &[&File], ask: impl Fn(&File) + Sync) {
    if files.len() < MANY {
        return;
    }
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(share) = files.get(next.fetch_add(SHARE, Ordering::Relaxed)..) {
            if share.is_empty() {
                break;
            }
            share.iter().take(SHARE).for_each(|file| ask(file));
        }
    };
    let others = available_parallelism().map_or(1, usize::from).min(MOST_THREADS) - 1;
    scope(|scope| {
        for _ in 0..others {
            // If the system refuses a thread, the others do its share
            drop(Builder::new().spawn_scoped(scope, work));
        }
        work();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    #[test]
    fn each_file_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..MANY + SHARE / 2 {
            fs_err::write(folder.path().join(number.to_string()), [u8::from(!number.is_multiple_of(3))]).unwrap();
        }
        let repo = Repo::open(folder.path()).unwrap();
        let files: Vec<_> = repo.files().collect();
        look_at(&files);
        read_all(&files[..MANY]);
        // The files are deleted, so only cached answers can be right
        folder.close().unwrap();
        for file in files {
            let number: usize = file.path().parse().unwrap();
            assert_eq!(file.is_binary(), Some(number.is_multiple_of(3)), "{number}");
            assert_eq!(file.size(), 1, "{number}");
        }
        assert!(repo.files().take(MANY).all(|file| file.text().is_some_and(|text| text.len() == 1)));
    }
}
