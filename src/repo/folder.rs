//! Lists a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::file::{File, FileKind};
use super::gitignore::{GITIGNORE, Ignored};
use super::index::Index;
use crate::apply::UNFINISHED;

/// A folder that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be read as a folder: {}", folder.display(), plainly(source))]
pub struct OpenError {
    folder: PathBuf,
    source: std::io::Error,
}

/// What the operating system said, without the path that the message has already.
fn plainly(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        std::io::ErrorKind::NotADirectory => "it is a file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Folders deeper than this are not looked into.
const DEEPEST: usize = 64;

/// Every file that git could push, by its path.
pub(super) fn list(folder: &Path, index: Option<&Index>) -> Result<BTreeMap<String, File>, OpenError> {
    let failed = |source| OpenError { folder: folder.to_owned(), source };
    fs_err::read_dir(folder).map_err(failed)?;
    let mut walk = Walk { files: BTreeMap::new(), ignored: Ignored::of_repository(folder) };
    walk.folder(folder, "", 0);
    let mut files = walk.files;
    // A file that a `.gitignore` names is in the commit all the same once git has it
    for (path, entry) in index.into_iter().flat_map(Index::entries) {
        if files.contains_key(path) {
            continue;
        }
        let file = entry.below(folder).and_then(|disk| on_disk(path, &disk));
        let absent = || entry.is_left_out.then(|| File::absent(path));
        files.extend(file.or_else(absent).map(|file| (path.to_owned(), file)));
    }
    Ok(files)
}

/// A walk through the folders.
struct Walk {
    files: BTreeMap<String, File>,
    ignored: Ignored,
}

impl Walk {
    /// `path` is the folder's, with a slash at its end unless it is the root.
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        let Ok(entries) = fs_err::read_dir(folder) else { return };
        let before = self.ignored.count();
        // The same file is kept for whoever asks for it, so that it is read once
        let mut patterns = on_disk(&format!("{path}{GITIGNORE}"), &folder.join(GITIGNORE));
        if let Some(bytes) = patterns.as_ref().and_then(File::bytes) {
            self.ignored.enter(path, bytes);
        }
        for entry in entries.flatten().filter(|entry| entry.file_name() != ".git" && entry.file_name() != UNFINISHED) {
            let name = entry.file_name();
            let below = format!("{path}{}", name.to_string_lossy());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if self.ignored.has(&below, is_folder) {
                continue;
            }
            if is_folder && depth < DEEPEST {
                self.folder(&entry.path(), &format!("{below}/"), depth + 1);
            } else if !is_folder {
                let file = match patterns.take_if(|_| name == GITIGNORE) {
                    Some(file) => Some(file),
                    None => on_disk(&below, &entry.path()),
                };
                self.files.extend(file.map(|file| (below, file)));
            }
        }
        self.ignored.leave(before);
    }
}

fn on_disk(path: &str, disk: &Path) -> Option<File> {
    let data = fs_err::symlink_metadata(disk).ok()?;
    let kind = match data.file_type() {
        kind if kind.is_dir() => return None,
        kind if kind.is_symlink() => FileKind::Symlink,
        kind if kind.is_file() => FileKind::Regular,
        _ => FileKind::Special,
    };
    Some(File::on_disk(path, disk.to_owned(), data.len(), kind))
}
