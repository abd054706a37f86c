//! What this user has published: the names of contents, by which a Space that somebody else has changed is noticed.

use std::io;
use std::path::{Path, PathBuf};

use super::place::base;
use super::private;
use crate::disk;

/// The folder with a file for each Space.
const FOLDER: &str = "published";
/// The maximum size of such a file, which has two lines.
const LARGEST: u64 = 4096;

/// The record of one Space.
#[derive(Debug)]
pub(crate) struct PublishedRecord {
    path: Option<PathBuf>,
}

impl PublishedRecord {
    /// The record of a name, which consists of hexadecimal digits, in the folder for the state of runs.
    pub(crate) fn of(state: Option<&Path>, name: &str) -> Self {
        let state = state.map(Path::to_owned).or_else(|| Some(base()?.join("spaces-new")));
        Self { path: state.map(|state| state.join(FOLDER).join(name)) }
    }

    /// The names of the contents that the Space may have by this user's doing: after the last run, and after one that was stopped.
    pub(crate) fn read(&self) -> Vec<String> {
        let is_private = |path: &&PathBuf| path.parent().is_some_and(private::is_private_folder);
        let bytes = self.path.as_ref().filter(is_private).and_then(|path| disk::read(path, LARGEST).ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Replaces them.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn write(&self, names: &[&str]) -> io::Result<()> {
        let found = self.path.as_ref().and_then(|path| Some((path, path.parent()?)));
        let (path, folder) = found.ok_or_else(|| io::Error::other("this user has no folder for it"))?;
        private::make_folders(folder)?;
        let draft = path.with_extension("new");
        private::put_file(&draft, format!("{}\n", names.join("\n")).as_bytes())?;
        fs_err::rename(&draft, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let record = PublishedRecord::of(Some(&state), "abc");
        assert!(record.read().is_empty());
        record.write(&["one", "two"]).unwrap();
        assert_eq!(record.read(), ["one", "two"]);
        record.write(&["two"]).unwrap();
        assert_eq!(record.read(), ["two"]);
        assert!(PublishedRecord::of(Some(&state), "abd").read().is_empty());
    }
}
