//! Paths without links, paths in hexadecimal digits, and the folder for a user's persistent state.

use std::path::{Component, Path, PathBuf};

/// The folder in which this user's programs keep their persistent state.
/// <https://specifications.freedesktop.org/basedir-spec/latest/>
#[cfg(not(windows))]
pub(super) fn base() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    named("XDG_STATE_HOME").or_else(|| Some(named("HOME")?.join(".local/state")))
}

#[cfg(windows)]
pub(super) fn base() -> Option<PathBuf> {
    std::env::var_os("LOCALAPPDATA").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// A path without links in it, also if its last parts do not exist yet.
pub(super) fn in_full(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut missing = Vec::new();
    for above in path.ancestors() {
        let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if let Ok(real) = fs_err::canonicalize(here) {
            return Some(missing.iter().rev().fold(real, |path, name| path.join(name)));
        }
        let Some(Component::Normal(name)) = above.components().next_back() else { return None };
        missing.push(name.to_owned());
    }
    None
}

pub(super) fn to_hex(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn from_hex(text: &str) -> Option<PathBuf> {
    let digits = text.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> =
        digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect();
    from_bytes(bytes?)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "on other systems not all bytes are a path")]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    Some(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_in_digits() {
        for path in ["/a/b", "/ä 🚀/c"] {
            assert_eq!(from_hex(&to_hex(Path::new(path))).as_deref(), Some(Path::new(path)));
        }
        assert_eq!(from_hex("zz"), None);
    }
}
