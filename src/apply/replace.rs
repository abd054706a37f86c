//! Writes fixed files over those that were checked.

use std::io::Write;
use std::path::Path;

use tempfile::NamedTempFile;

use super::error::WriteError;
use crate::check::{Fixed, FixedFile};

impl Fixed {
    /// Writes the files that changed into the folder that was checked. Each is written beside its place and renamed into
    /// it, with the permissions that it had; nothing is renamed before all are written.
    ///
    /// # Errors
    /// When a file is no longer what was checked, or cannot be written.
    pub fn write_to(&self, root: &Path) -> Result<(), WriteError> {
        let staged: Vec<_> = self.files.iter().map(|file| stage(file, root)).collect::<Result<_, _>>()?;
        for (file, staged) in self.files.iter().zip(staged) {
            let path = root.join(file.path.to_path());
            staged
                .persist(&path)
                .map_err(|error| WriteError::io("write", Path::new(file.path.as_str()), error.error))?;
        }
        Ok(())
    }
}

fn stage(file: &FixedFile, root: &Path) -> Result<NamedTempFile, WriteError> {
    let fail = |error| WriteError::io("write", Path::new(file.path.as_str()), error);
    let path = root.join(file.path.to_path());
    let there = match fs_err::symlink_metadata(&path) {
        Ok(data) if data.is_file() => Some(fs_err::read(&path).map_err(fail)?),
        Ok(_) => return Err(fail(std::io::Error::other("it is no regular file"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(fail(error)),
    };
    if there.as_deref() != file.before.as_deref().map(str::as_bytes) {
        return Err(fail(std::io::Error::other("it has changed since it was checked; check again")));
    }
    let folder = path.parent().unwrap_or(root);
    fs_err::create_dir_all(folder).map_err(fail)?;
    let mut staged = tempfile::Builder::new().prefix(".spaces-new-").tempfile_in(folder).map_err(fail)?;
    staged.write_all(file.after.as_bytes()).map_err(fail)?;
    match fs_err::metadata(&path) {
        Ok(data) => staged.as_file().set_permissions(data.permissions()).map_err(fail)?,
        Err(_) => super::files::set_open_mode(staged.as_file(), 0o644).map_err(fail)?,
    }
    Ok(staged)
}
