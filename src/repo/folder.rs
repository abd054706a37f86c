//! Lists a folder.

use std::path::{Path, PathBuf};

use super::file::{File, FileKind};
use crate::apply::UNFINISHED;

/// A folder that could not be looked at.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {source}", folder.display())]
pub struct OpenError {
    folder: PathBuf,
    source: std::io::Error,
}

/// Every file that git could push, in no particular order.
pub(super) fn list(folder: &Path) -> Result<Vec<File>, OpenError> {
    let failed = |source| OpenError { folder: folder.to_owned(), source };
    fs_err::read_dir(folder).map_err(failed)?;
    let mut files = Vec::new();
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false).git_ignore(true).require_git(false).follow_links(false).max_depth(Some(64));
    walk.filter_entry(|entry| entry.file_name() != ".git" && entry.file_name() != UNFINISHED);
    for entry in walk.build().flatten() {
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            continue;
        }
        let kind = if kind.is_symlink() {
            FileKind::Symlink
        } else if kind.is_file() {
            FileKind::Regular
        } else {
            FileKind::Special
        };
        let size = entry.metadata().map_or(0, |data| data.len());
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        files.push(File::on_disk(&parts.join("/"), entry.path().to_owned(), size, kind));
    }
    Ok(files)
}
