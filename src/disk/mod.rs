//! The only reader of files that other people may have created.
//!
//! A folder is treated as hostile: a name in it may be a link to a device, a FIFO that never ends, or a file of gigabytes.
//! This module only reads regular files, follows no link inside the folder, never waits, and never reads
//! more than the caller allows. Clippy forbids every other way to open a file for reading in the library.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// The path does not exist.
    Missing,
    /// It is a symbolic link, or is reached through one.
    Link,
    /// It is a folder, a FIFO, a device or a socket.
    NotAFile,
    /// It is larger than the caller allows: both sizes in bytes.
    TooLarge {
        /// Its size.
        size: u64,
        /// The limit.
        most: u64,
    },
    /// The operating system refused, with its reason.
    Refused(String),
}

impl Unread {
    fn from_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Refused("permission denied".to_owned()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => out.write_str("it does not exist"),
            Self::Link => out.write_str("it is a symbolic link"),
            Self::NotAFile => out.write_str("it is not a regular file"),
            Self::TooLarge { size, most } => {
                write!(out, "it has {}, more than the limit of {}", in_words(*size), in_words(*most))
            }
            Self::Refused(why) => out.write_str(why),
        }
    }
}

/// A size in readable units.
fn in_words(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        _ if bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        // Rounded up, so that a size just above a limit is not shown as the limit
        _ => format!("{}.{} MiB", bytes >> 20, ((bytes & 0xf_ffff) * 10).div_ceil(1 << 20).min(9)),
    }
}

/// The type of a path itself: a link is not followed.
///
/// # Errors
/// If the path does not exist, or the system denies access.
pub(crate) fn about(path: &Path) -> Result<Metadata, Unread> {
    fs_err::symlink_metadata(path).map_err(|error| Unread::from_io(&error))
}

/// Whether a path is a folder, and not a link to one.
pub(crate) fn is_folder(path: &Path) -> bool {
    about(path).is_ok_and(|about| about.is_dir())
}

/// The size of a regular file; none for anything else.
pub(crate) fn size(path: &Path) -> Option<u64> {
    about(path).ok().filter(Metadata::is_file).map(|about| about.len())
}

/// Whether every folder from `root` to `name` is a real folder, and no part of the name
/// leads out of `root`.
pub(crate) fn is_below(root: &Path, name: &Path) -> bool {
    let mut at = root.to_owned();
    let mut parts = name.components().peekable();
    while let Some(part) = parts.next() {
        let Component::Normal(part) = part else { return false };
        at.push(part);
        if parts.peek().is_some() && !is_folder(&at) {
            return false;
        }
    }
    at != root
}

/// Opens a regular file to read it.
///
/// # Errors
/// If it is anything else, or cannot be opened.
pub(crate) fn open(path: &Path) -> Result<(File, Metadata), Unread> {
    // Checked first, since opening a device may have side effects
    let before = about(path)?;
    if before.is_symlink() {
        return Err(Unread::Link);
    }
    if !before.is_file() {
        return Err(Unread::NotAFile);
    }
    let file = open_listed(path)?;
    let about = about_open(&file)?;
    Ok((file, about))
}

/// Opens what a listing has just called a regular file, for some bytes of it: saves two system calls per file. If it has
/// become something else meanwhile, the call still does not wait.
///
/// # Errors
/// If it cannot be opened, or is a link.
pub(crate) fn open_listed(path: &Path) -> Result<File, Unread> {
    open_quietly(path).map_err(|error| Unread::from_io(&error))
}

/// The metadata of an open regular file.
///
/// # Errors
/// If it is not a regular file.
pub(crate) fn about_open(file: &File) -> Result<Metadata, Unread> {
    let about = file.metadata().map_err(|error| Unread::from_io(&error))?;
    if about.is_file() { Ok(about) } else { Err(Unread::NotAFile) }
}

/// The content of a regular file of at most `most` bytes.
///
/// # Errors
/// If it is larger, is not a regular file, or cannot be read.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let (file, about) = open(path)?;
    read_open(file, about.len(), most)
}

/// The content of an open file, which had this size when it was checked.
///
/// # Errors
/// If it is larger than `most` bytes, or cannot be read.
pub(crate) fn read_open(file: File, size: u64, most: u64) -> Result<Vec<u8>, Unread> {
    let too_large = |size| Unread::TooLarge { size, most };
    if size > most {
        return Err(too_large(size));
    }
    // Usually one call: a growing buffer would call the system repeatedly
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    let mut bounded = file.take(most.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(|error| Unread::from_io(&error))?;
    let read = bytes.len() as u64;
    if read > most { Err(too_large(read)) } else { Ok(bytes) }
}

/// The beginning of a file that the kernel makes up, whose size it does not say. None if it cannot be read.
pub(crate) fn read_virtual(path: &Path, most: u64) -> Option<Vec<u8>> {
    let (file, _) = open(path).ok()?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The content of a file that the user named: links, FIFOs and `/dev/stdin` are allowed, the size is limited.
///
/// # Errors
/// If it cannot be read, or has more than `most` bytes.
pub(crate) fn read_named(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "the user named this file, and it may be a pipe")]
    let file = File::open(path)?;
    bounded(file, most)
}

/// Opens a file that the user named, to read it as a stream: links, FIFOs and `/dev/stdin` are allowed, and it may have any size.
///
/// # Errors
/// If it cannot be opened, or is a folder.
pub(crate) fn stream_named(path: &Path) -> io::Result<File> {
    #[expect(clippy::disallowed_methods, reason = "the user named this file, and it may be a pipe")]
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

/// Opens a regular file that the user named, to copy it: a link to it is allowed, and a FIFO is not waited for.
///
/// # Errors
/// If it is not a regular file, or cannot be opened.
pub(crate) fn open_named(path: &Path) -> io::Result<File> {
    let real = fs_err::canonicalize(path)?;
    open(&real).map(|(file, _)| file).map_err(|error| match error {
        Unread::Missing => io::ErrorKind::NotFound.into(),
        error => io::Error::other(error.to_string()),
    })
}

/// All of a stream of at most `most` bytes.
///
/// # Errors
/// If it cannot be read, or is longer.
fn bounded(stream: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {}", in_words(most))));
    }
    Ok(bytes)
}

/// Whether two regular files have the same content. False if either cannot be read.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok((one, about)), Ok((other, other_about))) = (open(one), open(other)) else { return false };
    if about.len() != other_about.len() {
        return false;
    }
    let (mut one, mut other) = (BufReader::new(one.take(about.len())), BufReader::new(other.take(about.len())));
    loop {
        let (Ok(some), Ok(others)) = (one.fill_buf(), other.fill_buf()) else { return false };
        let length = some.len().min(others.len());
        if length == 0 {
            return some.len() == others.len();
        }
        if some[..length] != others[..length] {
            return false;
        }
        one.consume(length);
        other.consume(length);
    }
}

/// The names in a folder with their types, in no order: at most `most`, and whether there are more.
///
/// # Errors
/// If it is not a real folder, or cannot be listed.
pub(crate) fn names(folder: &Path, most: usize) -> Result<(Vec<PathBuf>, bool), Unread> {
    if !is_folder(folder) {
        return Err(if about(folder).is_ok() { Unread::NotAFile } else { Unread::Missing });
    }
    let mut entries = fs_err::read_dir(folder).map_err(|error| Unread::from_io(&error))?.flatten();
    let names = entries.by_ref().take(most).map(|entry| entry.path()).collect();
    Ok((names, entries.next().is_some()))
}

/// Opens without following a link at the end of the path, and without waiting for the other end of a FIFO.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this is the only reader")]
fn open_quietly(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "this is the only reader")]
fn open_quietly(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn links_pipes_and_folders_are_not_read() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs_err::write(at("file"), "text").unwrap();
        symlink("file", at("link")).unwrap();
        symlink("/dev/zero", at("endless")).unwrap();
        nix::unistd::mkfifo(&at("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        assert_eq!(read(&at("file"), 4).unwrap(), b"text");
        assert_eq!(read(&at("link"), 4), Err(Unread::Link));
        assert_eq!(read(&at("endless"), 4), Err(Unread::Link));
        assert_eq!(read(&at("pipe"), 4), Err(Unread::NotAFile));
        assert_eq!(read(folder.path(), 4), Err(Unread::NotAFile));
        assert_eq!(read(&at("nothing"), 4), Err(Unread::Missing));
        let pipe = open_listed(&at("pipe")).unwrap();
        assert_eq!(about_open(&pipe).map(|_| ()), Err(Unread::NotAFile), "it was opened without waiting");
        assert!(open_listed(&at("link")).is_err());
    }

    #[test]
    fn no_more_than_allowed_is_read() {
        let folder = folder();
        let path = folder.path().join("file");
        fs_err::write(&path, "12345").unwrap();
        assert_eq!(read(&path, 4), Err(Unread::TooLarge { size: 5, most: 4 }));
        // A file that grew after it was opened
        let (file, _) = open(&path).unwrap();
        assert_eq!(read_open(file, 1, 4), Err(Unread::TooLarge { size: 5, most: 4 }));
        assert_eq!(read_named(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn a_name_leads_neither_out_nor_through_a_link() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        fs_err::create_dir(at("real")).unwrap();
        fs_err::write(at("real/file"), "text").unwrap();
        symlink("real", at("link")).unwrap();
        let is_below = |name: &str| is_below(folder.path(), Path::new(name));
        assert!(is_below("real/file") && is_below("link"), "whether the last part is a link is for the reader to see");
        for name in ["link/file", "../x", "/etc/passwd", "", "real/../real/file", "."] {
            assert!(!is_below(name), "{name}");
        }
    }

    #[test]
    fn files_are_the_same_by_what_is_in_them() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        let long = vec![7; 100_000];
        for (name, bytes) in [("a", &long[..]), ("b", &long), ("shorter", &long[1..]), ("empty", b""), ("none", b"")] {
            fs_err::write(at(name), bytes).unwrap();
        }
        let mut other = long.clone();
        other[99_999] = 8;
        fs_err::write(at("other"), other).unwrap();
        assert!(is_same(&at("a"), &at("b")) && is_same(&at("empty"), &at("none")));
        for name in ["shorter", "other", "empty", "missing"] {
            assert!(!is_same(&at("a"), &at(name)), "{name}");
        }
    }

    #[test]
    fn a_listing_is_bounded() {
        let folder = folder();
        for name in ["a", "b", "c"] {
            fs_err::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(names(folder.path(), 3).map(|(names, more)| (names.len(), more)), Ok((3, false)));
        assert_eq!(names(folder.path(), 2).map(|(names, more)| (names.len(), more)), Ok((2, true)));
    }
}
