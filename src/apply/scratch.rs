//! A private folder for a run that changes nothing elsewhere: removed with all its files when it is dropped.

use std::io;
use std::path::{Path, PathBuf};

use super::private;
use crate::disk;

/// The folder. Only this user can enter it.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    /// Creates one where the system keeps temporary files.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(crate) fn new() -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("spaces-new-try-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(Self { folder: builder.tempdir()? })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Creates a folder in it.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(crate) fn folder(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path().join(name);
        private::make_folders(&path)?;
        Ok(path)
    }

    /// Creates a file in it that only this user can read.
    ///
    /// # Errors
    /// If it exists, or cannot be written.
    pub(crate) fn private_file(&self, name: &str, content: &[u8]) -> io::Result<PathBuf> {
        let path = self.path().join(name);
        private::put_new_file(&path, content)?;
        Ok(path)
    }

    /// Copies a regular file into a folder of it, as git checks it out: readable for all, executable or not.
    ///
    /// # Errors
    /// If it cannot be read or written.
    pub(crate) fn copy(&self, folder: &Path, path: &str, from: &Path) -> io::Result<()> {
        let (mut source, about) = disk::open(from).map_err(|why| io::Error::other(why.to_string()))?;
        let to = self.place(folder, path)?;
        let mut file = private::create_file(&to)?;
        io::copy(&mut source, &mut file)?;
        set_checked_out(&to, is_executable(&about))
    }

    /// Writes a file into a folder of it, readable for all.
    ///
    /// # Errors
    /// If it exists, or cannot be written.
    pub(crate) fn write(&self, folder: &Path, path: &str, content: &[u8]) -> io::Result<()> {
        let to = self.place(folder, path)?;
        private::put_new_file(&to, content)?;
        set_checked_out(&to, false)
    }

    /// Creates a symbolic link in a folder of it.
    ///
    /// # Errors
    /// If it exists, or cannot be created.
    #[cfg(unix)]
    pub(crate) fn link(&self, folder: &Path, path: &str, target: &Path) -> io::Result<()> {
        let to = self.place(folder, path)?;
        std::os::unix::fs::symlink(target, to)
    }

    /// Where a file belongs, with its folders created. The folders must be ours: a link in place of one is refused.
    fn place(&self, folder: &Path, path: &str) -> io::Result<PathBuf> {
        if let Some((above, _)) = path.rsplit_once('/') {
            let above = folder.join(above);
            if !disk::is_folder(&above) {
                make_open_folders(folder, &above)?;
            }
        }
        if folder.starts_with(self.path()) && disk::is_below(folder, Path::new(path)) {
            return Ok(folder.join(path));
        }
        Err(io::Error::other(format!("`{path}` leads out of its folder")))
    }
}

/// Creates folders as git does: with the default permissions, whatever the umask of this user is.
fn make_open_folders(root: &Path, path: &Path) -> io::Result<()> {
    if path == root || disk::is_folder(path) {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        make_open_folders(root, above)?;
    }
    fs_err::create_dir(path)?;
    set_mode(path, 0o755)
}

fn set_checked_out(path: &Path, is_executable: bool) -> io::Result<()> {
    set_mode(path, if is_executable { 0o755 } else { 0o644 })
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs_err::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_executable(about: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(about) & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;

    #[test]
    fn files_have_the_modes_of_a_checkout_and_secrets_none_for_others() {
        let scratch = Scratch::new().unwrap();
        let folder = scratch.folder("context").unwrap();
        let source = scratch.path().join("source");
        fs_err::write(&source, "#!/bin/sh\n").unwrap();
        fs_err::set_permissions(&source, std::fs::Permissions::from_mode(0o700)).unwrap();
        scratch.copy(&folder, "bin/start", &source).unwrap();
        scratch.write(&folder, "a/b/c.txt", b"text").unwrap();
        scratch.link(&folder, "a/link", Path::new("b/c.txt")).unwrap();
        let secret = scratch.private_file("secret", b"x").unwrap();
        let mode = |path: &Path| fs_err::symlink_metadata(path).unwrap().mode() & 0o777;
        assert_eq!(mode(&folder.join("bin/start")), 0o755);
        assert_eq!((mode(&folder.join("a/b/c.txt")), mode(&folder.join("a/b"))), (0o644, 0o755));
        assert_eq!((mode(&secret), mode(scratch.path())), (0o600, 0o700));
        let path = scratch.path().to_owned();
        drop(scratch);
        assert!(!path.exists());
    }

    #[test]
    fn nothing_is_written_through_a_link_or_outside() {
        let (scratch, elsewhere) = (Scratch::new().unwrap(), tempfile::tempdir().unwrap());
        let folder = scratch.folder("context").unwrap();
        scratch.link(&folder, "out", elsewhere.path()).unwrap();
        for path in ["out/x", "../x", "a/../../x"] {
            assert!(scratch.write(&folder, path, b"").is_err(), "{path}");
        }
        assert!(scratch.write(elsewhere.path(), "x", b"").is_err());
        assert_eq!(fs_err::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
