//! Binary files that git stores without Git LFS, which the Hub refuses.

use std::collections::BTreeSet;

use super::junk::junk;
use super::model::{Evidence, Note};
use crate::facts::lfs::TEXT_MAX_BYTES;
use crate::order;
use crate::repo::{File, FileKind, Repo, Zeros, ending_pattern};

/// The maximum number of files that are checked for being binary.
const FILES_MAX: usize = 20_000;

/// The files. Binary files that are not yet in git are handled by the `.gitattributes` of the Space, and junk belongs in no LFS:
/// the check says how to remove it.
fn raw(repo: &Repo) -> Vec<&File> {
    let regular = repo.files().filter(|file| file.kind() == FileKind::Regular).take(FILES_MAX);
    let is_large = |file: &&File| {
        file.size() > TEXT_MAX_BYTES || (file.is_binary() == Some(true) && file.zeros() == Zeros::Binary)
    };
    // Few are large, and names of contents take long
    regular
        .filter(|file| repo.is_tracked(file.path()) && is_large(file))
        .filter(|file| repo.is_raw_in_index(file.path()) && junk(repo, file.path()).is_none())
        .collect()
}

/// The report about them, if there are any.
pub(super) fn note(repo: &Repo) -> Option<Note> {
    let raw = raw(repo);
    let first = raw.first()?;
    let bytes: u64 = raw.iter().map(|file| file.size()).sum();
    let files = if raw.len() == 1 { "file" } else { "files" };
    let message = format!(
        "git stores {} binary or large {files} without Git LFS ({} KB), so a push is refused",
        raw.len(),
        bytes.div_ceil(1024)
    );
    let help = format!("before the push: `{}`, which rewrites their commits", migration(&raw));
    Some(Note::new(message).help(help).seen(Evidence::file(first.path(), "is the first of them")))
}

/// The command that moves them into Git LFS, if there are any.
pub(crate) fn migrate_command(repo: &Repo) -> Option<String> {
    let raw = raw(repo);
    (!raw.is_empty()).then(|| migration(&raw))
}

fn migration(raw: &[&File]) -> String {
    let patterns: BTreeSet<String> = order::set(raw.iter().map(|file| pattern(file.path(), file.name())));
    let include = patterns.into_iter().take(12).collect::<Vec<_>>().join(",");
    let include = shlex::try_quote(&include).map_or_else(|_| include.clone(), std::borrow::Cow::into_owned);
    format!("git lfs migrate import --everything --include={include}")
}

/// `*.png` for a file with a binary ending, otherwise its path.
fn pattern(path: &str, name: &str) -> String {
    ending_pattern(name).unwrap_or_else(|| path.to_owned())
}
