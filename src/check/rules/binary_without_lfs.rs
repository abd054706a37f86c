//! Finds binary files that git would push as they are.
//!
//! ## What it does
//! Looks at each file as git does, for a zero byte among its first 8000, and at the `.gitattributes` for a line that sends it
//! through Git LFS or Xet. Files that a `.gitignore` leaves out do not count, unless git's index has them. A file that the
//! index has as it is, in spite of such a line, is found too: it was added before the line, or without git-lfs.
//!
//! ## Why it matters
//! The push is refused, however small the file: `Your push was rejected because it contains binary files. Please use
//! https://huggingface.co/docs/hub/xet`. It is the pushed history that counts, so the line has to be there before the first
//! commit; later, `git lfs migrate import` rewrites the history, with `--include` for the files that are meant: without it
//! every file becomes a pointer. `hf upload` does it by itself.
//!
//! ## Example
//! ```assets/photo.heif zeros=64
//! ftyp
//! ```
//!
//! ## Use instead
//! ```assets/photo.heif zeros=64
//! ftyp
//! ```
//! ```.gitattributes
//! *.heif filter=lfs diff=lfs merge=lfs -text
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/repositories-getting-started>, <https://github.com/git-lfs/git-lfs/blob/main/docs/man/git-lfs-migrate.adoc>

use super::{Finding, Fix, Group, Place, Rule, Space};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULE: Rule =
    Rule { id: "binary-without-lfs", group: Group::Refused, source: include_str!("binary_without_lfs.rs"), check };

use crate::repo::{File, look_at};

const ATTRIBUTES: &str = ".gitattributes";
/// More files than these are counted, not shown.
const SHOWN: usize = 3;

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let plain = &space.by_lfs().plain;
    let mut endings: BTreeMap<String, Vec<&File>> = BTreeMap::new();
    look_at(plain);
    for file in plain.iter().copied().filter(|file| file.is_binary() == Some(true)) {
        endings.entry(pattern(file)).or_default().push(file);
    }
    stored_raw(space, found);
    for (pattern, files) in endings {
        let [first, rest @ ..] = &*files else { continue };
        let message = match rest.len() {
            0 => format!("`{}` is binary, and git would push it as it is", first.path()),
            more => format!("`{}` and {more} more are binary, and git would push them as they are", first.path()),
        };
        let line = format!("{pattern} filter=lfs diff=lfs merge=lfs -text");
        let text = space.repo().text(ATTRIBUTES);
        let at = text.map_or(0, str::len);
        let gap = if text.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
        let help = if files.iter().any(|file| space.repo().is_raw_in_index(file.path())) {
            format!("add `{line}` to {ATTRIBUTES}, then {}", taken_out_of_git([pattern.as_str()]))
        } else {
            format!("send it through LFS before it is committed: add `{line}` to {ATTRIBUTES}")
        };
        let mut finding = Finding::new(Place::file(first.path()), message).help(help);
        for file in rest.iter().take(SHOWN) {
            finding = finding.related(Place::file(file.path()), "");
        }
        if space.repo().get(ATTRIBUTES).is_none() || text.is_some() {
            let fix = Fix::safe(format!("add `{pattern}` to {ATTRIBUTES}"));
            finding = finding.fix(fix.insert(ATTRIBUTES, at, format!("{gap}{line}\n")));
        }
        found.push(finding);
    }
}

/// Files that git took in before it knew of LFS.
fn stored_raw(space: &Space<'_>, found: &mut Vec<Finding>) {
    let through = space.by_lfs().through.iter().copied();
    let raw: Vec<_> = through.filter(|file| space.repo().is_raw_in_index(file.path())).collect();
    look_at(&raw);
    let files: Vec<_> = raw.into_iter().filter(|file| file.is_binary() == Some(true)).collect();
    let [first, rest @ ..] = &*files else { return };
    let message = match rest.len() {
        0 => format!("git has `{}` itself, and no pointer of LFS", first.path()),
        more => format!("git has `{}` and {more} more themselves, and no pointers of LFS", first.path()),
    };
    let patterns: BTreeSet<String> = files.iter().map(|file| pattern(file)).collect();
    let help = taken_out_of_git(patterns.iter().map(String::as_str));
    let finding = Finding::new(Place::file(first.path()), message).help(help);
    found.push(rest.iter().take(SHOWN).fold(finding, |finding, file| finding.related(Place::file(file.path()), "")));
}

/// What to do about files that git has. Without `--include` every file of the history would become a pointer.
fn taken_out_of_git<'a>(patterns: impl IntoIterator<Item = &'a str>) -> String {
    let patterns = patterns.into_iter().collect::<Vec<_>>().join(",");
    format!(
        "run `git lfs install`, then `git add --renormalize .`; if it was committed, \
         `git lfs migrate import --everything --include=\"{patterns}\"`"
    )
}

/// What the attributes can name it by: its ending, or else its path.
fn pattern(file: &File) -> String {
    let plain = |ending: &str| !ending.is_empty() && ending.chars().all(|char| char.is_ascii_alphanumeric());
    match file.name().rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && plain(ending) => format!("*.{ending}"),
        _ => {
            let escape = |char: char| if "*?[]\\\"! #".contains(char) || char.is_whitespace() { '?' } else { char };
            format!("/{}", file.path().chars().map(escape).collect::<String>())
        }
    }
}
