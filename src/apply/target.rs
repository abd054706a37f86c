//! Looks at the place where something is to be written.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::WriteError;
use super::in_place::UNFINISHED;

/// A place that can be written.
#[derive(Debug)]
pub(super) enum Target {
    /// Nothing is there yet.
    New {
        /// The folder in which it will be; it may have to be made as well.
        parent: PathBuf,
        /// Its name in there.
        name: OsString,
    },
    /// A folder is there.
    InPlace {
        /// The folder.
        root: PathBuf,
        /// Whether an earlier run left something unfinished in it.
        unfinished: bool,
    },
}

/// Looks, without changing anything.
pub(super) fn look(folder: &Path) -> Result<Target, WriteError> {
    let folder: PathBuf = folder.components().collect();
    match fs_err::symlink_metadata(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => new(&folder),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(parent_is_file(&folder)),
        Err(error) => Err(WriteError::io("look at", &folder, error)),
        Ok(about) if about.is_symlink() => Err(WriteError::link(&folder)),
        Ok(about) if !about.is_dir() => Err(WriteError::is_file(&folder)),
        Ok(_) => {
            let unfinished = fs_err::symlink_metadata(folder.join(UNFINISHED)).is_ok();
            Ok(Target::InPlace { root: folder, unfinished })
        }
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

/// Refuses a folder with anything in it but git's own, what is ours to finish, and the files named.
pub(super) fn refuse_unless_empty(root: &Path, ours: &[PathBuf]) -> Result<(), WriteError> {
    let mut found = Vec::new();
    strangers(root, root, ours, &mut found)?;
    if found.is_empty() {
        return Ok(());
    }
    found.sort();
    Err(WriteError::not_empty(root, found))
}

/// Collects what is in a folder and not ours. A folder is ours if it is there for a file of ours.
fn strangers(root: &Path, folder: &Path, ours: &[PathBuf], found: &mut Vec<String>) -> Result<(), WriteError> {
    let fail = |error| WriteError::io("read", folder, error);
    for entry in fs_err::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        let within = path.strip_prefix(root).unwrap_or(&path);
        let is_dir = entry.file_type().map_err(fail)?.is_dir();
        if folder == root && (entry.file_name() == ".git" || entry.file_name() == UNFINISHED) {
            continue;
        }
        if is_dir && ours.iter().any(|file| file.starts_with(within)) {
            strangers(root, &path, ours, found)?;
        } else if is_dir || !ours.iter().any(|file| file == within) {
            found.push(format!("{}{}", within.display(), if is_dir { "/" } else { "" }));
        }
    }
    Ok(())
}
