//! Reads many files on several processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

use super::File;

/// Fewer files than these are not worth a thread.
const MANY: usize = 500;
/// The system has its own limits to how much it does at once.
const MOST_THREADS: usize = 8;
/// So many files are taken at a time.
const SHARE: usize = 50;

/// Lets [`File::is_binary`] know the answer for each of many files.
pub(crate) fn look_at(files: &[&File]) {
    each(files, |file| _ = file.is_binary());
}

/// Lets [`File::text`] know the answer for each of many files.
pub(crate) fn read_all(files: &[&File]) {
    let unread: Vec<_> = files.iter().copied().filter(|file| !file.is_read()).collect();
    each(&unread, |file| _ = file.text());
}

/// Few are left to be asked one by one.
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
            // Where the system gives no thread, the others do its share
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
        // They are gone, so that only what was read before can be known
        folder.close().unwrap();
        for file in files {
            let number: usize = file.path().parse().unwrap();
            assert_eq!(file.is_binary(), Some(number.is_multiple_of(3)), "{number}");
            assert_eq!(file.size(), 1, "{number}");
        }
        assert!(repo.files().take(MANY).all(|file| file.text().is_some_and(|text| text.len() == 1)));
    }
}
