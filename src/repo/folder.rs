//! Lists a folder.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{File, FileKind};
use super::gitignore::{GITIGNORE, Ignored};
use super::ignored_paths::IgnoredPaths;
use super::index::{Index, OnDisk};
use super::limits::{Course, DEEPEST, Limits};
use super::unfinished::UNFINISHED;
use crate::disk;

/// A folder that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be read as a folder: {}", folder.display(), plainly(source))]
pub struct OpenError {
    folder: PathBuf,
    source: std::io::Error,
}

/// The message of the operating system, without the path, which our message already has.
fn plainly(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::NotADirectory => "it is a file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Every file that git could push, by path, and what it ignores.
pub(super) fn list(
    folder: &Path,
    index: Option<&Index>,
    ignored: Ignored,
    limits: &Limits,
) -> Result<(BTreeMap<String, Arc<File>>, IgnoredPaths), OpenError> {
    let failed = |source| OpenError { folder: folder.to_owned(), source };
    fs_err::read_dir(folder).map_err(failed)?;
    let (files, left_out) = <(Vec<_>, IgnoredPaths)>::default();
    let mut walk = Walk { files, ignored, left_out, limits, course: Course::begin(), is_cut: false };
    walk.folder(folder, "", 0);
    let Walk { files, left_out, mut course, .. } = walk;
    let mut files: BTreeMap<_, _> = files.into_iter().collect();
    // A file that `.gitignore` matches is still committed if it is in git's index
    let mut tracked = OnDisk::below(folder);
    for (path, entry) in index.into_iter().flat_map(Index::entries) {
        if files.contains_key(path) {
            continue;
        }
        if let Err(why) = course.file(path.len()).and_then(|()| course.in_time()) {
            limits.skipped.note(path, format!("the rest of git's index was not read: {why}"));
            limits.skipped.hide_anything();
            break;
        }
        let file = tracked.path(path, entry).and_then(|disk| on_disk(path, &disk, limits));
        let absent = || entry.skips_worktree.then(|| File::absent(path));
        files.extend(file.or_else(absent).map(|file| (path.to_owned(), Arc::new(file))));
    }
    Ok((files, left_out))
}

/// A walk through the folders.
struct Walk<'l> {
    /// Nearly in the order of their paths, so that building a map of them is fast.
    files: Vec<(String, Arc<File>)>,
    ignored: Ignored,
    left_out: IgnoredPaths,
    limits: &'l Limits,
    course: Course,
    /// Whether the limits were exceeded. Reported once, at the folder where it began.
    is_cut: bool,
}

impl Walk<'_> {
    /// `path` is the folder's, with a slash at its end unless it is the root.
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) {
        let before = self.ignored.count();
        // The same object is kept for all callers, so that the file is read once
        let (mut below, mut patterns) = self.listed(folder, path);
        if let Some(file) = &patterns {
            self.ignored.enter(path, file);
        }
        below.sort_unstable_by(|(one, kind), (other, other_kind)| {
            in_paths(one, *kind).cmp(in_paths(other, *other_kind))
        });
        // The files first: those near the root matter most if there are too many below
        let (folders, files): (Vec<_>, Vec<_>) = below.into_iter().partition(|(_, kind)| kind.is_dir());
        for (name, kind) in files.into_iter().chain(folders) {
            if self.is_cut {
                break;
            }
            let below = format!("{path}{}", name.to_string_lossy());
            if self.ignored.has(&below, kind.is_dir()) {
                self.left_out.add(below);
                continue;
            }
            if !kind.is_dir() {
                let file = patterns.take_if(|_| name == GITIGNORE);
                let listed = || File::on_disk(&below, folder.join(&name), None, kind_of(kind)).within(self.limits);
                let file = file.unwrap_or_else(listed);
                self.keep(below, file);
            } else if depth < DEEPEST {
                self.folder(&folder.join(&name), &format!("{below}/"), depth + 1);
            } else {
                self.limits.skipped.note_unlisted(&below, format!("it is deeper than {DEEPEST} folders"));
            }
        }
        self.ignored.leave(before);
    }

    /// The entries of a folder, in no order, and its file of patterns.
    fn listed(&mut self, folder: &Path, path: &str) -> (Vec<(OsString, FileType)>, Option<File>) {
        let mut below = Vec::new();
        let mut patterns = None;
        let entries = match fs_err::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.limits.skipped.note_unlisted(path.trim_end_matches('/'), plainly(&error));
                return (below, patterns);
            }
        };
        let most = self.course.names_left();
        let mut names = 0;
        for entry in entries.flatten() {
            if names == most {
                self.cut(path, "it has too many names");
                break;
            }
            names += 1;
            let name = entry.file_name();
            if name == ".git" || name == UNFINISHED {
                continue;
            }
            if name == GITIGNORE {
                patterns = on_disk(&format!("{path}{GITIGNORE}"), &entry.path(), self.limits);
            }
            // The type in a listing needs no further system call
            below.extend(entry.file_type().ok().map(|kind| (name, kind)));
        }
        self.course.listed(names);
        if let Err(why) = self.course.in_time() {
            self.cut(path, &why);
        }
        (below, patterns)
    }

    fn keep(&mut self, path: String, file: File) {
        match self.course.file(path.len()) {
            Ok(()) => self.files.push((path, Arc::new(file))),
            Err(why) => self.cut(&path, &why),
        }
    }

    fn cut(&mut self, path: &str, why: &str) {
        if !self.is_cut {
            let path = if path.is_empty() { "." } else { path };
            self.limits.skipped.note(path, format!("this and everything after it was not read: {why}"));
            self.limits.skipped.hide_anything();
        }
        self.is_cut = true;
    }
}

/// The bytes of a name as they appear in the paths of the entry and of everything below it.
fn in_paths(name: &OsStr, kind: FileType) -> impl Iterator<Item = &u8> {
    name.as_encoded_bytes().iter().chain(kind.is_dir().then_some(&b'/'))
}

fn on_disk(path: &str, disk: &Path, limits: &Limits) -> Option<File> {
    let data = disk::about(disk).ok()?;
    let kind = Some(data.file_type()).filter(|kind| !kind.is_dir()).map(kind_of)?;
    Some(File::on_disk(path, disk.to_owned(), Some(data.len()), kind).within(limits))
}

fn kind_of(kind: FileType) -> FileKind {
    match kind {
        kind if kind.is_symlink() => FileKind::Symlink,
        kind if kind.is_file() => FileKind::Regular,
        _ => FileKind::Special,
    }
}
