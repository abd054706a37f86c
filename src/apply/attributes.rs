//! The metadata of a file: owner, permissions, extended attributes, and its other names (hard links).

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use super::private;
use crate::disk;

/// A larger file with hard links is not overwritten: after a kill, a half-written file could not be distinguished from an edit.
const IN_PLACE_MOST: u64 = 16 << 20;

/// Gives a staged file the owner, the permissions and the extended attributes of the file that it replaces. Returns what
/// could not be kept.
pub(super) fn hand_on(from: &Path, staged: &Path, name: &str) -> io::Result<Option<String>> {
    let (original, about) = open(from)?;
    let (staged, about_staged) = open(staged)?;
    let warning = keep_owner(&about, &staged, &about_staged, name);
    keep_extended(&original, &staged);
    // Last: a change of owner clears special bits
    staged.set_permissions(about.permissions())?;
    Ok(warning)
}

fn open(path: &Path) -> io::Result<(File, Metadata)> {
    disk::open(path).map_err(|error| io::Error::other(error.to_string()))
}

#[cfg(unix)]
fn keep_owner(about: &Metadata, staged: &File, about_staged: &Metadata, name: &str) -> Option<String> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let changed = |is: u32, was: u32| (is != was).then_some(was);
    let (user, group) = (changed(about_staged.uid(), about.uid()), changed(about_staged.gid(), about.gid()));
    if user.is_none() && group.is_none() {
        return None;
    }
    // A user who cannot give a file to another user can still give it to one of their own groups
    let kept = fchown(staged, user, group).or_else(|error| fchown(staged, None, group).and(Err(error)));
    let error = kept.err()?;
    let (user, group) = (about.uid(), about.gid());
    Some(format!("`{name}` no longer belongs to user {user} and group {group}: {}", super::error::plain(&error)))
}

#[cfg(not(unix))]
fn keep_owner(_: &Metadata, _: &File, _: &Metadata, _: &str) -> Option<String> {
    None
}

/// Copies extended attributes, including access control lists, and removes those that the original does not have. Skips what
/// the file system or the user's rights do not allow.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_extended(original: &File, staged: &File) {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr};

    /// They describe the content, which is replaced.
    const OF_THE_CONTENT: [&[u8]; 3] = [b"security.capability", b"security.ima", b"security.evm"];

    let wanted: Vec<Vec<u8>> = extended(original);
    for name in extended(staged).iter().filter(|name| !wanted.contains(name)) {
        let _ = fremovexattr(staged, name.as_slice());
    }
    for name in wanted.iter().filter(|name| !OF_THE_CONTENT.contains(&name.as_slice())) {
        if let Some(value) = value(original, name) {
            let _ = fsetxattr(staged, name.as_slice(), &value, XattrFlags::empty());
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn keep_extended(_: &File, _: &File) {}

/// On Linux, neither a list of names nor a value of an attribute is larger.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
const EXTENDED_MOST: usize = 64 << 10;

/// The names of the extended attributes of a file.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn extended(file: &File) -> Vec<Vec<u8>> {
    let mut names = vec![0_u8; EXTENDED_MOST];
    let Ok(length) = rustix::fs::flistxattr(file, names.as_mut_slice()) else { return Vec::new() };
    names.truncate(length);
    names.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect()
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn value(file: &File, name: &[u8]) -> Option<Vec<u8>> {
    let mut value = vec![0_u8; EXTENDED_MOST];
    let length = rustix::fs::fgetxattr(file, name, value.as_mut_slice()).ok()?;
    value.truncate(length);
    Some(value)
}

/// How a file with hard links gets its new content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OtherNames {
    /// It has no other names.
    None,
    /// It is overwritten, so that all names see the new content.
    WrittenOver,
    /// It cannot be overwritten, and its other names keep the old content.
    Left,
}

/// Whether a file has other names, and whether it can be overwritten.
#[cfg(unix)]
pub(super) fn other_names(path: &Path) -> OtherNames {
    use std::os::unix::fs::MetadataExt;
    match disk::about(path) {
        Ok(about) if about.is_file() && about.nlink() > 1 => {
            let may_write = about.len() <= IN_PLACE_MOST && private::open_to_write(path).is_ok();
            if may_write { OtherNames::WrittenOver } else { OtherNames::Left }
        }
        _ => OtherNames::None,
    }
}

#[cfg(not(unix))]
pub(super) fn other_names(_: &Path) -> OtherNames {
    OtherNames::None
}

/// Copies a regular file, with its metadata, to a path that does not exist.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let (mut source, _) = open(from)?;
    let mut copy = private::create_file(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()?;
    hand_on(from, to, "").map(|_| ())
}

/// Writes the content of a staged or kept file over an existing file, front to back, so that a run which is killed halfway
/// leaves a mixture that [`is_mixture`] recognises.
pub(super) fn write_over(place: &Path, from: &Path) -> io::Result<()> {
    let (mut source, _) = open(from)?;
    let mut file = private::open_to_write(place)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    source.read_to_end(&mut bytes)?;
    file.rewind()?;
    file.write_all(&bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Whether a file only holds bytes of two others, each at its offset: the state while it was being overwritten.
pub(super) fn is_mixture(place: &Path, before: &Path, after: &Path) -> bool {
    let read = |path| disk::read(path, IN_PLACE_MOST).ok();
    let (Some(now), Some(before), Some(after)) = (read(place), read(before), read(after)) else { return false };
    let is_of = |at: usize, byte: u8| before.get(at) == Some(&byte) || after.get(at) == Some(&byte);
    let least = before.len().min(after.len());
    now.len() >= least && now.iter().enumerate().all(|(at, byte)| is_of(at, *byte))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn what_a_kill_leaves_of_a_file_that_is_written_over_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (before, after) in [("short", "a longer text"), ("a longer text", "short"), ("", "x"), ("same", "same")] {
            fs_err::write(at("before"), before).unwrap();
            fs_err::write(at("after"), after).unwrap();
            for written in 0..=after.len() {
                let rest = before.get(written..).unwrap_or_default();
                fs_err::write(at("now"), format!("{}{rest}", &after[..written])).unwrap();
                assert!(is_mixture(&at("now"), &at("before"), &at("after")), "{before:?} {after:?} {written}");
            }
        }
        fs_err::write(at("before"), "one\n").unwrap();
        fs_err::write(at("after"), "two\n").unwrap();
        fs_err::write(at("now"), "six\n").unwrap();
        assert!(!is_mixture(&at("now"), &at("before"), &at("after")));
    }

    #[test]
    fn a_file_is_written_over_and_neither_a_link_nor_a_pipe_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs_err::write(at("new"), "new").unwrap();
        fs_err::write(at("file"), "a longer one").unwrap();
        fs_err::hard_link(at("file"), at("other")).unwrap();
        assert_eq!(other_names(&at("file")), OtherNames::WrittenOver);
        assert_eq!(other_names(&at("new")), OtherNames::None);
        write_over(&at("file"), &at("new")).unwrap();
        assert_eq!(disk::read(&at("other"), 10).unwrap(), b"new");
        std::os::unix::fs::symlink("file", at("link")).unwrap();
        nix::unistd::mkfifo(&at("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
        for odd in ["link", "pipe"] {
            assert!(write_over(&at(odd), &at("new")).is_err(), "{odd}");
            assert_eq!(other_names(&at(odd)), OtherNames::None, "{odd}");
        }
    }
}
