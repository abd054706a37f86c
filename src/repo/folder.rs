//! Lists a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::file::{File, FileKind};
use super::index::Index;
use super::within::is_folder;

/// A folder that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {source}", folder.display())]
pub struct OpenError {
    folder: PathBuf,
    source: std::io::Error,
}

/// Every file that git could push, by its path.
pub(super) fn list(folder: &Path, index: Option<&Index>) -> Result<BTreeMap<String, File>, OpenError> {
    let failed = |source| OpenError { folder: folder.to_owned(), source };
    fs_err::read_dir(folder).map_err(failed)?;
    let mut files = BTreeMap::new();
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false).git_ignore(true).require_git(false).follow_links(false).max_depth(Some(64));
    // Behind a `.git` that is a file or a link the excluded names would be read outside of the folder
    walk.git_exclude(is_folder(&folder.join(".git")));
    walk.filter_entry(|entry| entry.file_name() != ".git");
    for entry in walk.build().flatten() {
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            let path = parts.join("/");
            files.extend(on_disk(&path, entry.path()).map(|file| (path, file)));
        }
    }
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
