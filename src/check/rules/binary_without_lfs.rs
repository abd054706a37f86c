//! Binary files that git would push without Git LFS.
//!
//! ## What it does
//! Looks at each file as git does, for a zero byte in its first 8000 bytes, and at `.gitattributes` for a line that
//! sends it through Git LFS or Xet. Files that a `.gitignore` excludes do not count, unless they are in git's index. A
//! file that the index has as a plain file, despite such a line, is reported too: it was added before the line, or
//! without git-lfs.
//!
//! An ending that only binary files have is named as a pattern, any other file by its path. Text with zero bytes, or in
//! UTF-16, is reported as such: LFS is not for text.
//!
//! Nothing is reported if the workflows or scripts of the repository only upload it, with `hf upload` or `huggingface/hub-sync`, or
//! if they remove the file before they push a new history.
//!
//! ## Why it matters
//! The push is refused, however small the file: `Your push was rejected because it contains binary files. Please use
//! https://huggingface.co/docs/hub/xet`. The pushed history counts, so the line must be there before the first commit;
//! later, `git lfs migrate import` rewrites the history, with `--include` for the files in question: without it every
//! file becomes a pointer. `hf upload` handles binary files by itself.
//!
//! ## Example
//! A picture `assets/photo.heif`, and no line for it in `.gitattributes`.
//! ```assets/photo.heif zeros=64 hidden
//! ftyp
//! ```
//!
//! ## Use instead
//! ```assets/photo.heif zeros=64 hidden
//! ftyp
//! ```
//! ```.gitattributes
//! *.heif filter=lfs diff=lfs merge=lfs -text
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/repositories-getting-started>, <https://github.com/git-lfs/git-lfs/blob/main/docs/man/git-lfs-migrate.adoc>

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::{Check, Finding, Fix, Group, Place, Rule, Space};
use crate::app::junk::junk;
use crate::check::by_git::ByGit;
use crate::escape::is_unseen;
use crate::order;
use crate::repo::{File, Zeros, ending_pattern, look_at};

pub(super) const RULE: Rule = Rule::new("binary-without-lfs", Group::Refused, Check::WholeFiles(check));

const ATTRIBUTES: &str = ".gitattributes";
/// More files than these are counted, not shown.
const SHOWN: usize = 3;

/// More files of an unknown ending are not named one by one.
const NAMED_MOST: usize = 100;

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    // An upload asks the Hub what it keeps in LFS
    if space.repo().is_uploaded() {
        return;
    }
    let plain = &space.by_lfs().plain;
    look_at(plain);
    let mut by_ending: BTreeMap<&str, Vec<&File>> = BTreeMap::new();
    let mut texts = Vec::new();
    let by_git = LazyCell::new(|| ByGit::of(space));
    for file in plain.iter().copied().filter(|file| is_meant(space, file, &by_git)) {
        match file.zeros() {
            Zeros::Binary => by_ending.entry(ending(file)).or_default().push(file),
            zeros => texts.push(text_with_zeros(file, zeros)),
        }
    }
    stored_raw(space, &by_git, found);
    found.extend(by_ending.values().filter_map(|files| of_ending(space, files)));
    found.extend(texts);
}

/// Whether a file is binary, and git pushes it. Junk has a rule of its own.
fn is_meant(space: &Space<'_>, file: &File, by_git: &impl Deref<Target = ByGit>) -> bool {
    file.is_binary() == Some(true) && junk(space.repo(), file.path()).is_none() && by_git.pushes(file.path())
}

/// Binary files of one ending.
fn of_ending(space: &Space<'_>, files: &[&File]) -> Option<Finding> {
    let [first, rest @ ..] = files else { return None };
    let message = match rest.len() {
        0 => format!("`{}` is binary, and git would push it without LFS", first.path()),
        more => format!("`{}` and {more} more are binary, and git would push them without LFS", first.path()),
    };
    let patterns: BTreeSet<String> = order::set(files.iter().map(|file| pattern(file)));
    let line = |pattern: &String| format!("{pattern} filter=lfs diff=lfs merge=lfs -text");
    let lines: Vec<String> = patterns.iter().map(line).collect();
    let added = match &*lines {
        [line] => format!("add `{line}` to {ATTRIBUTES}"),
        [line, ..] => format!("add a line for each to {ATTRIBUTES}, such as `{line}`"),
        [] => return None,
    };
    let help = if files.iter().any(|file| space.repo().is_raw_in_index(file.path())) {
        format!("{added}, then {}", taken_out_of_git(patterns.iter().map(String::as_str).take(NAMED_MOST)))
    } else {
        format!("send {} through LFS before the commit: {added}", if rest.is_empty() { "it" } else { "them" })
    };
    let mut finding = Finding::new(Place::file(first.path()), message).help(help);
    for file in rest.iter().take(SHOWN) {
        finding = finding.related(Place::file(file.path()), "");
    }
    let text = space.repo().text(ATTRIBUTES);
    if (space.repo().get(ATTRIBUTES).is_none() || text.is_some()) && lines.len() <= NAMED_MOST {
        let at = text.map_or(0, str::len);
        let gap = if text.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
        let names = patterns.iter().map(|pattern| format!("`{pattern}`")).collect::<Vec<_>>().join(", ");
        let fix = Fix::safe(format!("add {names} to {ATTRIBUTES}"));
        finding = finding.fix(fix.insert(ATTRIBUTES, at, format!("{gap}{}\n", lines.join("\n"))));
    }
    Some(finding)
}

/// Text that git treats as binary. The fault is in the file, so LFS does not help.
fn text_with_zeros(file: &File, zeros: Zeros) -> Finding {
    let (what, help) = match zeros {
        Zeros::Utf16 => ("is UTF-16", "save it as UTF-8"),
        Zeros::NamedAsText => (
            "contains zero bytes",
            "save it as UTF-8 without them; if it is not text, rename it and send it through LFS under its new name",
        ),
        _ => ("contains zero bytes", "remove them, and save it as UTF-8"),
    };
    let message = format!("`{}` {what}: git treats it as binary, and the push is refused", file.path());
    Finding::new(Place::file(file.path()), message).help(help)
}

/// Files that were added to git without LFS.
fn stored_raw(space: &Space<'_>, by_git: &impl Deref<Target = ByGit>, found: &mut Vec<Finding>) {
    let through = space.by_lfs().through.iter().copied();
    let raw: Vec<_> = through.filter(|file| space.repo().is_raw_in_index(file.path())).collect();
    look_at(&raw);
    let files: Vec<_> = raw.into_iter().filter(|file| is_meant(space, file, by_git)).collect();
    let [first, rest @ ..] = &*files else { return };
    let message = match rest.len() {
        0 => format!("git stores `{}` itself instead of an LFS pointer", first.path()),
        more => format!("git stores `{}` and {more} more themselves instead of LFS pointers", first.path()),
    };
    let patterns: BTreeSet<String> = order::set(files.iter().map(|file| pattern(file)));
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

/// The pattern for it in `.gitattributes`: by the ending if only binary files have that, otherwise by the path.
fn pattern(file: &File) -> String {
    ending_pattern(file.name()).unwrap_or_else(|| {
        let is_plain = |char: char| !("*?[]\\\"! #".contains(char) || char.is_whitespace() || is_unseen(char));
        // A `?` stands for one byte
        let escape = |char: char| if is_plain(char) { char.to_string() } else { "?".repeat(char.len_utf8()) };
        format!("/{}", file.path().chars().map(escape).collect::<String>())
    })
}

/// What files are reported together by.
fn ending(file: &File) -> &str {
    file.name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(file.path(), |(_, ending)| ending)
}
