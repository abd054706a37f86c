//! What git ignores: the `.gitignore` files of the folders, and `info/exclude` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitignore>: the last matching pattern of a file wins, and the file of the deepest
//! folder wins over those above it. The walker of the `ignore` crate is not used: it would follow a link out of
//! the folder and wait for a pipe.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file::{File, FileKind};
use super::git_dir::GitDir;
use super::skipped::SkippedList;
use crate::disk::{self, Unread};
use crate::formats::wildmatch::{GitPattern, GitPatterns, LONGEST_PATTERN, Work, ignore_lines};

/// The name of a file of patterns.
pub(super) const GITIGNORE: &str = ".gitignore";
/// The patterns of the repository that are not pushed.
const EXCLUDE: &str = ".git/info/exclude";
/// The size limits of one file and of all files, and the maximum number of patterns. A file that exceeds one is skipped.
const LARGEST: u64 = 1024 * 1024;
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const MOST_PATTERNS: usize = 50_000;

/// The patterns of the folders from the root to the current one.
pub(super) struct Ignored {
    lists: Vec<List>,
    /// The total so far, including files that are no longer active.
    bytes: u64,
    patterns: usize,
    skipped: SkippedList,
    work: Work,
}

/// The patterns of a file.
#[derive(Default)]
struct List {
    /// The folder in which they apply, with a slash at its end unless it is the root.
    folder: String,
    /// The file.
    path: String,
    patterns: GitPatterns,
    /// The patterns that include again.
    negated: Vec<bool>,
    /// The lines that the patterns stand in, from 1.
    lines: Vec<usize>,
}

impl Ignored {
    /// Nothing so far.
    pub(super) fn new(skipped: &SkippedList, work: &Work) -> Self {
        Self { lists: Vec::new(), bytes: 0, patterns: 0, skipped: skipped.clone(), work: work.clone() }
    }

    /// The exclude patterns of the repository itself, if this is one.
    pub(super) fn of_repository(git: Option<&GitDir>, skipped: &SkippedList, work: &Work) -> Self {
        let mut ignored = Self::new(skipped, work);
        let Some(exclude) = git.and_then(GitDir::exclude) else { return ignored };
        match disk::read(&exclude, LARGEST) {
            Ok(bytes) => ignored.add("", EXCLUDE.to_owned(), &bytes),
            Err(Unread::Missing) => {}
            Err(why) => skipped.note_ignore(EXCLUDE, why.to_string()),
        }
        ignored
    }

    /// The number of active pattern files, for `leave`.
    pub(super) fn count(&self) -> usize {
        self.lists.len()
    }

    /// Adds the patterns of a folder. `folder` has a slash at its end unless it is the root.
    pub(super) fn enter(&mut self, folder: &str, file: &File) {
        let path = format!("{folder}{GITIGNORE}");
        // The size is checked first: contents stay in memory
        if file.size() > LARGEST || self.bytes + file.size() > MOST_BYTES {
            self.skipped.note_ignore(path, "it is too large, or all pattern files together are");
        } else if let Some(bytes) = file.bytes() {
            self.add(folder, path, bytes);
        } else if file.kind() == FileKind::Regular {
            self.skipped.note_ignore(path, "it could not be read");
        }
    }

    fn add(&mut self, folder: &str, path: String, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        let text = String::from_utf8_lossy(bytes);
        let count = ignore_lines(&text).count();
        if count == 0 {
            return;
        }
        self.patterns += count;
        if self.patterns > MOST_PATTERNS {
            self.skipped.note_ignore(path, "it has too many patterns, or all pattern files together have");
            return;
        }
        let mut list = List { folder: folder.to_owned(), path, ..List::default() };
        for (line, text) in ignore_lines(&text) {
            if text.len() > LONGEST_PATTERN {
                let why = format!("line {line} is longer than {LONGEST_PATTERN} bytes, so it was skipped");
                self.skipped.note_ignore(&list.path, why);
                continue;
            }
            let pattern = GitPattern::read(text);
            list.negated.push(pattern.as_ref().is_some_and(|pattern| pattern.is_negated));
            list.patterns.push(pattern);
            list.lines.push(line);
        }
        self.lists.push(list);
    }

    /// Forgets the patterns of the folders below.
    pub(super) fn leave(&mut self, count: usize) {
        self.lists.truncate(count);
    }

    /// Whether a path is ignored. Its folders were checked before.
    pub(super) fn has(&mut self, path: &str, is_folder: bool) -> bool {
        self.deciding(path, is_folder).is_some()
    }

    /// The list and the pattern that make git ignore a path.
    fn deciding(&mut self, path: &str, is_folder: bool) -> Option<(usize, usize)> {
        if self.lists.is_empty() {
            return None;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let (is_ignored, is_over) = self.work.spend(|steps| {
            let said = self.lists.iter().enumerate().rev().find_map(|(index, list)| {
                let within = path.strip_prefix(list.folder.as_str())?;
                let at = list.patterns.last(within, name, is_folder, steps)?;
                Some((index, at))
            });
            let said = said.filter(|(index, at)| !self.lists[*index].negated[*at] && !steps.are_used_up());
            (said, steps.are_used_up())
        });
        if is_over {
            for list in self.lists.drain(..) {
                self.skipped.note_ignore(list.path, "matching its patterns takes too long, so they were skipped");
            }
        }
        is_ignored
    }

    /// Why git ignores a path that exists: the line that matches it, or a folder above it.
    pub(super) fn reason(
        mut self,
        files: &BTreeMap<String, Arc<File>>,
        path: &str,
        is_folder: bool,
    ) -> Option<Excluded> {
        let mut end = 0;
        loop {
            let folder = &path[..end];
            if let Some(file) = files.get(&format!("{folder}{GITIGNORE}")) {
                self.enter(folder, file);
            }
            let slash = path[end..].find('/').map(|slash| end + slash);
            let part = &path[..slash.unwrap_or(path.len())];
            let is_folder = slash.is_some() || is_folder;
            if let Some((list, at)) = self.deciding(part, is_folder) {
                let list = self.lists.get(list)?;
                let (file, line) = (list.path.clone(), *list.lines.get(at)?);
                let below = part.strip_prefix(list.folder.as_str())?.to_owned();
                return Some(Excluded { part: part.to_owned(), below, is_folder, file, line });
            }
            end = slash? + 1;
        }
    }

    /// The paths that the `.gitignore` files among these files ignore, except those in git's index.
    pub(super) fn ignored_paths(
        mut self,
        files: &BTreeMap<String, Arc<File>>,
        has_git: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let patterns_of = |folder: &str| files.get(&format!("{folder}{GITIGNORE}"));
        if let Some(file) = patterns_of("") {
            self.enter("", file);
        }
        let mut ignored_paths = Vec::new();
        let mut open: Vec<Folder> = Vec::new();
        let mut before = "";
        // In the order of their paths, the files of a folder are consecutive
        for path in files.keys() {
            let shared = path.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
            while let Some(folder) = open.pop_if(|folder| folder.length > shared) {
                self.leave(folder.lists_before);
            }
            let mut start = open.last().map_or(0, |folder| folder.length);
            while let Some(length) = path[start..].find('/').map(|slash| start + slash + 1) {
                let is_below = open.last().is_some_and(|folder| folder.is_ignored);
                let is_ignored = is_below || self.has(&path[..length - 1], true);
                open.push(Folder { length, is_ignored, lists_before: self.count() });
                if let Some(file) = patterns_of(&path[..length]).filter(|_| !is_ignored) {
                    self.enter(&path[..length], file);
                }
                start = length;
            }
            let is_below = open.last().is_some_and(|folder| folder.is_ignored);
            if !has_git(path) && (is_below || self.has(path, false)) {
                ignored_paths.push(path.clone());
            }
            before = path;
        }
        ignored_paths
    }
}

/// Why git ignores a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excluded {
    /// The path, or the folder above it, that a pattern matches.
    pub(crate) part: String,
    /// The same from the folder of the pattern's file.
    pub(crate) below: String,
    /// Whether that is a folder.
    pub(crate) is_folder: bool,
    /// The file with the pattern, and its line, from 1.
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// A folder in the path of a file.
struct Folder {
    /// The length of its path, with the slash.
    length: usize,
    is_ignored: bool,
    lists_before: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::Repo;

    /// The files that are not ignored, and what was skipped.
    fn kept(files: &[(&str, &str)], work: &Work) -> (Vec<String>, Vec<String>) {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        let ignored = Ignored::new(&repo.skipped, work);
        let ignored_paths = ignored.ignored_paths(&repo.files, |_| false);
        let kept = repo.files.keys().filter(|path| !ignored_paths.contains(path)).cloned();
        (
            kept.collect(),
            repo.skipped().into_iter().map(|skipped| format!("{}: {}", skipped.path, skipped.why)).collect(),
        )
    }

    #[test]
    fn deeper_files_count_first_and_a_folder_that_is_ignored_stays_so() {
        let files = [
            (".gitignore", "*.log\nbuild/\n!build/kept\n/a/x\n"),
            ("a/.gitignore", "!good.log\nx\n!deep/x\n"),
            ("a/good.log", ""),
            ("a/bad.log", ""),
            ("a/deep/x", ""),
            ("a-b/good.log", ""),
            ("a/x", ""),
            ("build/.gitignore", "!*\n"),
            ("build/kept", ""),
            ("good.log", ""),
            ("x", ""),
        ];
        let (kept, skipped) = kept(&files, &Work::default());
        assert_eq!(kept, [".gitignore", "a/.gitignore", "a/deep/x", "a/good.log", "x"]);
        assert!(skipped.is_empty());
    }

    #[test]
    fn what_is_too_much_is_ignored_and_said() {
        let long = format!("{}\nb\n", "**/a/".repeat(1000));
        let (stay, skipped) = kept(&[(".gitignore", &long), ("a", ""), ("b", "")], &Work::default());
        assert_eq!(stay, [".gitignore", "a"]);
        assert_eq!(skipped, [".gitignore: line 1 is longer than 4096 bytes, so it was skipped"]);
        let many = "a*b*\n".repeat(MOST_PATTERNS + 1);
        let (stay, skipped) = kept(&[(".gitignore", &many), ("ab", "")], &Work::default());
        assert_eq!(stay, [".gitignore", "ab"]);
        assert_eq!(skipped, [".gitignore: it has too many patterns, or all pattern files together have"]);
        let large = "#\n".repeat(600_000);
        let folders: Vec<String> = (0..5).map(|number| format!("{number}/.gitignore")).collect();
        let mut files: Vec<(&str, &str)> = folders.iter().map(|path| (path.as_str(), &large[..1024 * 1024])).collect();
        files.push((".gitignore", &large));
        let (_, skipped) = kept(&files, &Work::default());
        assert_eq!(skipped.len(), 2, "{skipped:?}");
    }

    #[test]
    fn matching_that_takes_too_long_is_given_up_and_said() {
        let hard = "*a*a*a*a*c*\nx\n".repeat(100);
        let name = "a".repeat(200);
        let files = [(".gitignore", &*hard), ("d/.gitignore", "y\n"), ("d/x", ""), ("d/y", ""), (&*name, "")];
        let (all, _) = kept(&files, &Work::default());
        assert_eq!(all.len(), 3);
        let (stay, skipped) = kept(&files, &Work::of(20_000));
        assert_eq!(stay.len(), 5, "{stay:?}");
        let why = "matching its patterns takes too long, so they were skipped";
        assert_eq!(skipped, [format!(".gitignore: {why}"), format!("d/.gitignore: {why}")]);
    }
}
