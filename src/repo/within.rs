//! Looks at what is inside the folder, and at nothing that a link leads to.

use std::io::Read;
use std::path::Path;

/// Whether a path is a folder, and no link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs_err::symlink_metadata(path).is_ok_and(|data| data.is_dir())
}

/// The size of a regular file; none if it is something else.
pub(super) fn size(path: &Path) -> Option<u64> {
    fs_err::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file).map(|data| data.len())
}

/// The content of a regular file that is not too large.
pub(super) fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    size(path).filter(|size| *size <= most)?;
    let mut bytes = Vec::new();
    fs_err::File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
