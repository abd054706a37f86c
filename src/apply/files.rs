//! Writes planned files into a folder that this run created.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::WriteOptions;
use super::error::WriteError;
use super::private::create_file;
use crate::disk;
use crate::plan::{Content, Plan, PlannedFile};
use crate::values::RepoPath;

/// How much of a file is copied between two checks of the stop flag.
const COPY_BUFFER: usize = 256 * 1024;

/// Writes every file of a plan into an empty folder.
pub(super) fn write_all(plan: &Plan, root: &Path, options: &WriteOptions) -> Result<(), WriteError> {
    write_named(plan, root, options, RepoPath::to_path)
}

/// The same, with names of another choice.
pub(super) fn write_named(
    plan: &Plan,
    root: &Path,
    options: &WriteOptions,
    named: impl Fn(&RepoPath) -> PathBuf,
) -> Result<(), WriteError> {
    let mut made = BTreeSet::new();
    for (path, file) in plan.files() {
        options.check()?;
        for folder in path.folders() {
            if made.insert(folder.to_owned()) {
                make_folder(&root.join(folder))?;
            }
        }
        write_one(file, path, &root.join(named(path)), options)?;
    }
    Ok(())
}

/// Creates one folder, with the permissions that folders in a repository have.
pub(super) fn make_folder(path: &Path) -> Result<(), WriteError> {
    fs_err::create_dir(path).and_then(|()| open_folder(path)).map_err(|error| WriteError::io("create", path, error))
}

/// Gives a folder the permissions that folders in a repository have.
pub(super) fn open_folder(path: &Path) -> io::Result<()> {
    set_mode(path, 0o755)
}

/// Writes one file. Errors name it by its path in the repository, which the user knows.
fn write_one(file: &PlannedFile, path: &RepoPath, to: &Path, options: &WriteOptions) -> Result<(), WriteError> {
    let fail = |error| WriteError::io("write", Path::new(path.as_str()), error);
    let mut out = create_file(to).map_err(fail)?;
    match file.content() {
        Content::Bytes(bytes) => out.write_all(bytes).map_err(fail)?,
        Content::Copy { from, .. } => {
            let fail_to_read = |error| WriteError::io("read", from, error);
            let mut source = disk::open_named(from).map_err(fail_to_read)?;
            let mut buffer = vec![0; COPY_BUFFER];
            loop {
                options.check()?;
                let read = source.read(&mut buffer).map_err(fail_to_read)?;
                if read == 0 {
                    break;
                }
                out.write_all(&buffer[..read]).map_err(fail)?;
            }
        }
    }
    set_open_mode(&out, file.mode().bits()).map_err(fail)
}

#[cfg(unix)]
pub(super) fn set_open_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(super) fn set_open_mode(_: &std::fs::File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
