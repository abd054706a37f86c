//! Folders and files that only this user may read and write.

use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::Path;

use crate::disk;

/// Whether this user owns it.
#[cfg(unix)]
pub(super) fn is_own(about: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(about) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
pub(super) fn is_own(_: &Metadata) -> bool {
    true
}

/// Whether a path is a real folder that belongs to this user and that nobody else can enter.
pub(super) fn is_private_folder(path: &Path) -> bool {
    is_own_folder(path, 0o077)
}

/// Whether a path is a real folder that belongs to this user and in which nobody else can put anything.
pub(super) fn is_changed_by_its_owner_alone(path: &Path) -> bool {
    is_own_folder(path, 0o022)
}

/// Whether a path is a real folder of this user without some permissions.
fn is_own_folder(path: &Path, denied: u32) -> bool {
    disk::about(path).is_ok_and(|about| about.is_dir() && is_own(&about) && mode(&about) & denied == 0)
}

#[cfg(unix)]
fn mode(about: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(about)
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0
}

/// Creates a folder that only this user can enter.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    builder().create(path)
}

/// The same, with its missing parents.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    builder().recursive(true).create(path)
}

#[cfg(unix)]
fn builder() -> std::fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = std::fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn builder() -> std::fs::DirBuilder {
    std::fs::DirBuilder::new()
}

/// Creates a file that does not exist, for this user only. Never writes through an existing entry of that name.
#[expect(clippy::disallowed_methods, reason = "it is opened to write, through no link")]
pub(super) fn create_file(path: &Path) -> io::Result<File> {
    options().write(true).create_new(true).open(path)
}

/// Creates a file with this content. Replaces an existing one, and removes one that cannot be finished.
pub(super) fn put_file(path: &Path, content: &[u8]) -> io::Result<()> {
    match fs_err::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    put_new_file(path, content)
}

/// Creates a file that does not exist, with this content. Removes one that cannot be finished.
pub(super) fn put_new_file(path: &Path, content: &[u8]) -> io::Result<()> {
    create_file(path)?.write_all(content).inspect_err(|_| {
        let _ = fs_err::remove_file(path);
    })
}

/// Opens a file to lock it, or creates it: follows no link, and does not wait for a FIFO.
#[expect(clippy::disallowed_methods, reason = "it is opened to write, through no link")]
pub(super) fn open_lock(path: &Path, make: bool) -> io::Result<File> {
    options().read(true).write(true).create(make).truncate(false).open(path)
}

#[cfg(unix)]
fn options() -> std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let mut options = std::fs::OpenOptions::new();
    options.mode(0o600).custom_flags(flags.bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn options() -> std::fs::OpenOptions {
    std::fs::OpenOptions::new()
}

/// Whether an open file is still the one at a path, and has not been removed.
#[cfg(unix)]
pub(super) fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), disk::about(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn is_still_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Opens an existing file to overwrite it: follows no link, and does not wait for a FIFO.
#[expect(clippy::disallowed_methods, reason = "it is opened to write, through no link")]
pub(super) fn open_to_write(path: &Path) -> io::Result<File> {
    options().write(true).open(path)
}
