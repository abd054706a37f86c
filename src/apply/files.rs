//! Writes planned files into a folder of our own.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use super::WriteOptions;
use super::error::WriteError;
use crate::plan::{Content, Plan};

/// Writes every file of a plan into a folder that is empty.
pub(super) fn write_all(plan: &Plan, root: &Path, options: &WriteOptions) -> Result<(), WriteError> {
    let mut made = BTreeSet::new();
    for (path, file) in plan.files() {
        options.check()?;
        for folder in path.folders() {
            if made.insert(folder.to_owned()) {
                make_folder(&root.join(folder))?;
            }
        }
        let to = root.join(path.as_str());
        write_one(file.content(), &to, file.mode().bits()).map_err(|error| WriteError::io("write", &to, error))?;
    }
    Ok(())
}

/// Makes one folder, with the permissions that folders in a repository have.
pub(super) fn make_folder(path: &Path) -> Result<(), WriteError> {
    fs_err::create_dir(path).and_then(|()| set_mode(path, 0o755)).map_err(|error| WriteError::io("make", path, error))
}

fn write_one(content: &Content, to: &Path, mode: u32) -> io::Result<()> {
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).open(to)?;
    match content {
        Content::Bytes(bytes) => out.write_all(bytes)?,
        Content::Copy { from, .. } => {
            io::copy(&mut fs_err::File::open(from)?, &mut out)?;
        }
    }
    set_open_mode(&out, mode)
}

#[cfg(unix)]
fn set_open_mode(file: &std::fs::File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_open_mode(_: &std::fs::File, _: u32) -> io::Result<()> {
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
