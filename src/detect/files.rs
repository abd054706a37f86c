//! Binary and large files, which the Hub takes through Git LFS or Xet alone.

use std::collections::BTreeSet;

use super::model::{Evidence, Note};
use crate::hub::lfs::TEXT_MAX_BYTES;
use crate::repo::{Attributes, FileKind, Repo, look_at};

/// So many files are opened to see whether they are binary.
const FILES_MAX: usize = 20_000;

/// What is said of them, if there are any.
pub(super) fn note(repo: &Repo) -> Option<Note> {
    let attributes = Attributes::of(repo);
    let regular = repo.files().filter(|file| file.kind() == FileKind::Regular).take(FILES_MAX);
    let mut plain: Vec<_> = regular.filter(|file| !attributes.is_large(file.path())).collect();
    look_at(&plain);
    plain.retain(|file| file.is_binary() == Some(true) || file.size() > TEXT_MAX_BYTES);
    let first = plain.first()?;
    let bytes: u64 = plain.iter().map(|file| file.size()).sum();
    let patterns: BTreeSet<String> = plain.iter().map(|file| pattern(file.path(), file.name())).collect();
    let shown = patterns.into_iter().take(12).collect::<Vec<_>>().join(",");
    let count = plain.len();
    let files = if count == 1 { "file is" } else { "files are" };
    let message = format!(
        "{count} binary {files} not in Git LFS or Xet ({} KB), and a push with them is refused",
        bytes.div_ceil(1024)
    );
    let help = format!(
        "if they are committed: `git lfs migrate import --everything --include=\"{shown}\"`, which rewrites their commits"
    );
    Some(Note::new(message).help(help).seen(Evidence::file(first.path(), "is the first of them")))
}

/// `*.png` for a file with a plain ending, else its path.
fn pattern(path: &str, name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().all(|char| char.is_ascii_alphanumeric()) => {
            format!("*.{ending}")
        }
        _ => path.to_owned(),
    }
}
