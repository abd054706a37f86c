//! Examines the target path before writing.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::WriteError;
use crate::order::Order;
use crate::repo::UNFINISHED;

/// A target that can be written.
#[derive(Debug)]
pub(super) enum Target {
    /// It does not exist yet.
    New {
        /// Its parent, which may have to be created as well.
        parent: PathBuf,
        /// Its name in the parent.
        name: OsString,
    },
    /// It is an existing folder.
    InPlace {
        /// The folder.
        root: PathBuf,
    },
}

/// Examines it, without changing anything.
pub(super) fn look(folder: &Path) -> Result<Target, WriteError> {
    let folder: PathBuf = folder.components().collect();
    match fs_err::symlink_metadata(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => new(&folder),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(parent_is_file(&folder)),
        Err(error) => Err(WriteError::io("read", &folder, error)),
        Ok(about) if about.is_symlink() => Err(WriteError::link(&folder)),
        Ok(about) if !about.is_dir() => Err(WriteError::is_file(&folder)),
        Ok(_) => Ok(Target::InPlace { root: folder }),
    }
}

fn new(folder: &Path) -> Result<Target, WriteError> {
    let last = folder.components().next_back();
    let Some(Component::Normal(name)) = last else { return Err(WriteError::no_name(folder)) };
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(Target::New { parent: parent.to_owned(), name: name.to_owned() })
}

fn parent_is_file(folder: &Path) -> WriteError {
    let file = folder.ancestors().find(|ancestor| ancestor.is_file());
    WriteError::is_file(file.unwrap_or(folder))
}

/// Refuses a folder that holds anything but git's files and ours: files, and folders that hold nothing but such files.
pub(super) fn refuse_unless_empty(
    root: &Path,
    is_our_file: impl Fn(&Path) -> bool,
    is_our_folder: impl Fn(&str) -> bool,
) -> Result<(), WriteError> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(within) = open.pop() {
        let folder = root.join(&within);
        let fail = |error| WriteError::io("read", &folder, error);
        for entry in fs_err::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            if within.as_os_str().is_empty() && (name == ".git" || name == UNFINISHED) {
                continue;
            }
            let path = within.join(&name);
            let is_dir = entry.file_type().map_err(fail)?.is_dir();
            if is_dir && path.to_str().is_some_and(&is_our_folder) {
                open.push(path);
            } else if is_dir || !is_our_file(&path) {
                found.push(format!("{}{}", path.display(), if is_dir { "/" } else { "" }));
            }
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    found.order();
    Err(WriteError::not_empty(root, found))
}
