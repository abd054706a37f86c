//! Binary files that git has as they are, which the Hub takes through Git LFS or Xet alone.

use std::collections::BTreeSet;

use super::model::{Evidence, Note};
use crate::repo::{FileKind, Repo};

/// So many files are opened to see whether they are binary.
const FILES_MAX: usize = 20_000;

/// What is said of them, if there are any. Binary files that git does not have yet go the right way by the
/// `.gitattributes` that comes with the Space.
pub(super) fn note(repo: &Repo) -> Option<Note> {
    let regular = repo.files().filter(|file| file.kind() == FileKind::Regular).take(FILES_MAX);
    let raw: Vec<_> =
        regular.filter(|file| repo.is_raw_in_index(file.path()) && file.is_binary() == Some(true)).collect();
    let first = raw.first()?;
    let bytes: u64 = raw.iter().map(|file| file.size()).sum();
    let patterns: BTreeSet<String> = raw.iter().map(|file| pattern(file.path(), file.name())).collect();
    let shown = patterns.into_iter().take(12).collect::<Vec<_>>().join(",");
    let files = if raw.len() == 1 { "file" } else { "files" };
    let message = format!(
        "git has {} binary {files} as {} ({} KB), and a push with them is refused",
        raw.len(),
        if raw.len() == 1 { "it is" } else { "they are" },
        bytes.div_ceil(1024)
    );
    let help = format!(
        "before the push, once the Space is committed: `git lfs migrate import --everything --include=\"{shown}\"`, which rewrites the commits with them"
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
