//! Lists a folder.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
pub(super) fn list(
    folder: &Path,
    index: Option<&Index>,
    ignored: Ignored,
) -> Result<BTreeMap<String, Arc<File>>, OpenError> {
    let failed = |source| OpenError { folder: folder.to_owned(), source };
    fs_err::read_dir(folder).map_err(failed)?;
    let mut walk = Walk { files: Vec::new(), ignored };
    walk.folder(folder, "", 0);
    let mut files: BTreeMap<_, _> = walk.files.into_iter().collect();
    // A file that a `.gitignore` names is in the commit all the same once git has it
    for (path, entry) in index.into_iter().flat_map(Index::entries) {
        if files.contains_key(path) {
            continue;
        }
        let file = entry.below(path, folder).and_then(|disk| on_disk(path, &disk));
        let absent = || entry.is_left_out.then(|| File::absent(path));
        files.extend(file.or_else(absent).map(|file| (path.to_owned(), Arc::new(file))));
    }
    Ok(files)
}

/// A walk through the folders.
struct Walk {
    /// In the order of their paths, so that a map of them is made at once.
    files: Vec<(String, Arc<File>)>,
    ignored: Ignored,
}

impl Walk {
    /// `path` is the folder's, with a slash at its end unless it is the root.
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        let Ok(entries) = fs_err::read_dir(folder) else { return };
        let before = self.ignored.count();
        let mut below = Vec::new();
        // The same file is kept for whoever asks for it, so that it is read once
        let mut patterns = None;
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name == ".git" || name == UNFINISHED {
                continue;
            }
            if name == GITIGNORE {
                patterns = on_disk(&format!("{path}{GITIGNORE}"), &entry.path());
            }
            // What a listing says of the kind costs no call of its own
            below.extend(entry.file_type().ok().map(|kind| (name, kind)));
        }
        if let Some(file) = &patterns {
            self.ignored.enter(path, file);
        }
        below.sort_unstable_by(|(one, kind), (other, other_kind)| {
            in_paths(one, *kind).cmp(in_paths(other, *other_kind))
        });
        for (name, kind) in below {
            let below = format!("{path}{}", name.to_string_lossy());
            if self.ignored.has(&below, kind.is_dir()) {
                continue;
            }
            if !kind.is_dir() {
                let file = patterns.take_if(|_| name == GITIGNORE);
                let file = file.unwrap_or_else(|| File::on_disk(&below, folder.join(&name), None, kind_of(kind)));
                self.files.push((below, Arc::new(file)));
            } else if depth < DEEPEST {
                self.folder(&folder.join(&name), &format!("{below}/"), depth + 1);
            }
        }
        self.ignored.leave(before);
    }
}

/// The bytes of a name as they stand in the paths of what it names and of what is below it.
fn in_paths(name: &OsStr, kind: FileType) -> impl Iterator<Item = &u8> {
    name.as_encoded_bytes().iter().chain(kind.is_dir().then_some(&b'/'))
}

fn on_disk(path: &str, disk: &Path) -> Option<File> {
    let data = fs_err::symlink_metadata(disk).ok()?;
    let kind = Some(data.file_type()).filter(|kind| !kind.is_dir()).map(kind_of)?;
    Some(File::on_disk(path, disk.to_owned(), Some(data.len()), kind))
}

fn kind_of(kind: FileType) -> FileKind {
    match kind {
        kind if kind.is_symlink() => FileKind::Symlink,
        kind if kind.is_file() => FileKind::Regular,
        _ => FileKind::Special,
    }
}
