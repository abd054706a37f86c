//! Finds the git directory of a folder.
//!
//! Source: <https://git-scm.com/docs/gitrepository-layout>. A linked worktree has a `.git` file that names its directory inside
//! another repository. It could name any folder of this computer, so it is only followed if that directory's own
//! `gitdir` file names this `.git` file; then only its index is read, and no configuration.

use std::path::{Path, PathBuf};

use super::skipped::SkippedList;
use crate::disk::{self, Unread};

/// Real paths in git's files are far shorter.
const LONGEST_PATH: u64 = 8 * 1024;

/// The git directory of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GitDir {
    path: PathBuf,
    /// Whether it belongs to this folder, and not to a linked worktree.
    is_own: bool,
}

impl GitDir {
    /// The git directory of the repository whose work tree is this folder. One that exists and is not followed is recorded.
    pub(super) fn of(folder: &Path, skipped: &SkippedList) -> Option<Self> {
        let dot_git = folder.join(".git");
        let about = match disk::about(&dot_git) {
            Ok(about) => about,
            Err(Unread::Missing) => return None,
            Err(why) => {
                skipped.note(".git", why.to_string());
                return None;
            }
        };
        if about.is_dir() {
            return Some(Self { path: dot_git, is_own: true });
        }
        match linked(folder, &dot_git) {
            Ok(path) => Some(Self { path, is_own: false }),
            Err(why) => {
                skipped.note(".git", format!("{why}, so git's index was not read"));
                None
            }
        }
    }

    /// The index.
    pub(super) fn index(&self) -> PathBuf {
        self.path.join("index")
    }

    /// The folder of the objects, unless it belongs to another repository.
    pub(super) fn objects(&self) -> Option<PathBuf> {
        self.is_own.then(|| self.path.join("objects"))
    }

    /// A file in it, unless it belongs to another repository.
    pub(super) fn own(&self, name: &str) -> Option<PathBuf> {
        self.is_own.then(|| self.path.join(name))
    }

    /// The exclude patterns of this repository, unless they belong to another one.
    pub(super) fn exclude(&self) -> Option<PathBuf> {
        let info = self.path.join("info");
        (self.is_own && disk::is_folder(&info)).then(|| info.join("exclude"))
    }
}

/// The directory that a `.git` file names, if that names the file too.
fn linked(folder: &Path, dot_git: &Path) -> Result<PathBuf, String> {
    let text = path_in(dot_git).map_err(|why| why.to_string())?;
    let named = text.strip_prefix("gitdir:").ok_or("it names no git directory")?.trim();
    let directory = folder.join(named);
    let back = path_in(&directory.join("gitdir")).ok().map(|named| directory.join(named));
    let is_this =
        back.is_some_and(|back| back.file_name().is_some_and(|name| name == ".git") && is_same(&back, dot_git));
    if is_this { Ok(directory) } else { Err("it names a git directory that does not name it".to_owned()) }
}

/// The first line of a small file.
fn path_in(file: &Path) -> Result<String, Unread> {
    let bytes = disk::read(file, LONGEST_PATH)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().next().unwrap_or_default().trim_end().to_owned())
}

/// Whether two paths are the same file in the same folder.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs_err::canonicalize(path.parent().filter(|up| !up.as_os_str().is_empty())?).ok();
    match (real(one), real(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn of(folder: &Path) -> (Option<GitDir>, usize) {
        let skipped = SkippedList::default();
        (GitDir::of(folder, &skipped), skipped.all().len())
    }

    #[test]
    fn a_file_is_followed_only_to_a_directory_that_names_it() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        for folder in ["tree", "other", "main/.git/worktrees/tree"] {
            fs_err::create_dir_all(at(folder)).unwrap();
        }
        let write = |name: &str, text: String| fs_err::write(at(name), text).unwrap();
        let directory = at("main/.git/worktrees/tree");
        write("main/.git/worktrees/tree/gitdir", format!("{}\n", at("tree/.git").display()));
        write("tree/.git", format!("gitdir: {}\n", directory.display()));
        write("other/.git", format!("gitdir: {}\n", directory.display()));
        let (found, skipped) = of(&at("tree"));
        assert_eq!((found.map(|git| git.index()), skipped), (Some(directory.join("index")), 0));
        assert_eq!(of(&at("other")), (None, 1), "it belongs to another folder");
        // As `git worktree add --relative-paths` writes them
        write("main/.git/worktrees/tree/gitdir", "../../../../tree/.git\n".to_owned());
        write("tree/.git", "gitdir: ../main/.git/worktrees/tree\n".to_owned());
        assert!(of(&at("tree")).0.is_some());
        write("other/.git", "gitdir: ../main/.git\n".to_owned());
        assert_eq!(of(&at("other")), (None, 1), "the main repository names no worktree");
        write("other/.git", "anything".to_owned());
        assert_eq!(of(&at("other")), (None, 1));
        write("other/.git", format!("gitdir: {}", "x".repeat(10_000)));
        assert_eq!(of(&at("other")), (None, 1));
        fs_err::remove_file(at("other/.git")).unwrap();
        assert_eq!(of(&at("other")), (None, 0));
        symlink(at("main/.git"), at("other/.git")).unwrap();
        assert_eq!(of(&at("other")), (None, 1), "a link");
    }
}
