//! Files that exist in the folder, and that git would not push because of a `.gitignore`.

use std::cell::Cell;
use std::collections::HashSet;
use std::path::Path;

use super::Repo;
use super::gitignore::{Excluded, Ignored};
use crate::disk;

/// The maximum number of look-ups on the disk, and of those whose reason is searched.
const MOST_LOOKUPS: usize = 5000;
const MOST_REASONS: usize = 200;

/// What a repository does not push.
pub(crate) struct Unpushed<'r> {
    repo: &'r Repo,
    /// A repository in memory lists these too.
    in_memory: HashSet<String>,
    lookups: Cell<usize>,
    reasons: Cell<usize>,
}

impl<'r> Unpushed<'r> {
    /// Nothing is read yet.
    pub(crate) fn of(repo: &'r Repo) -> Self {
        let is_listed = repo.root.is_none() && repo.files.keys().any(|path| path.ends_with(".gitignore"));
        let ignored =
            || Ignored::new(&repo.skipped, &repo.work).ignored_paths(&repo.files, |path| repo.is_tracked(path));
        let in_memory = if is_listed { ignored().into_iter().collect() } else { HashSet::new() };
        Self { repo, in_memory, lookups: Cell::new(MOST_LOOKUPS), reasons: Cell::new(MOST_REASONS) }
    }

    /// Whether git would push a file.
    pub(crate) fn pushes(&self, path: &str) -> bool {
        self.repo.get(path).is_some() && !self.in_memory.contains(path)
    }

    /// Whether git would push a file below a folder.
    pub(crate) fn pushes_folder(&self, path: &str) -> bool {
        self.repo.beginning_with(&format!("{path}/")).any(|file| !self.in_memory.contains(file.path()))
    }

    /// Whether a path may exist and not be pushed.
    pub(crate) fn may_have(&self, path: &str) -> bool {
        if self.repo.root.is_none() { !self.in_memory.is_empty() } else { self.repo.ignored.may_have(path) }
    }

    /// The files and folders that exist and are not pushed, without what is below the folders. None if they are not all known.
    pub(crate) fn paths(&self) -> Option<impl Iterator<Item = &str>> {
        Some(self.repo.ignored.all()?.iter().chain(&self.in_memory).map(String::as_str))
    }

    /// Whether a file, or a folder, exists and is not pushed.
    pub(crate) fn has(&self, path: &str, is_folder: bool) -> bool {
        let Some(root) = &self.repo.root else {
            return if is_folder {
                self.in_memory.iter().any(|file| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
            } else {
                self.in_memory.contains(path)
            };
        };
        let (left, path) = (self.lookups.get(), Path::new(path));
        if left == 0 {
            return false;
        }
        self.lookups.set(left - 1);
        let about = disk::about(&root.join(path)).ok().filter(|_| disk::is_below(root, path));
        about.is_some_and(|about| if is_folder { about.is_dir() } else { about.is_file() })
    }

    /// Why a file or a folder that exists is not pushed. None if that is not certain.
    pub(crate) fn reason(&self, path: &str, is_folder: bool) -> Option<Excluded> {
        let left = self.reasons.get();
        if left == 0
            || !self.may_have(path)
            || self.repo.may_have(path)
            || self.pushes(path)
            || self.pushes_folder(path)
            || !self.has(path, is_folder)
        {
            return None;
        }
        self.reasons.set(left - 1);
        Ignored::new(&self.repo.skipped, &self.repo.work).reason(&self.repo.files, path, is_folder)
    }

    /// The same for what is a file or a folder.
    pub(crate) fn reason_of_any(&self, path: &str) -> Option<Excluded> {
        self.reason(path, false).or_else(|| self.reason(path, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_exists_and_is_ignored_has_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        };
        write(".gitignore", "# Python\nlib/\n*.json\n!keep.json\n");
        write("web/.gitignore", "/gen\n");
        for path in ["web/src/lib/a.js", "web/gen/b.js", "data/c.json", "data/keep.json", "main.py"] {
            write(path, "");
        }
        let on_disk = Repo::open(folder.path()).unwrap();
        let paths = [
            ".gitignore",
            "web/.gitignore",
            "web/src/lib/a.js",
            "web/gen/b.js",
            "data/c.json",
            "data/keep.json",
            "main.py",
        ];
        let in_memory = Repo::from_files(
            paths.map(|path| (path.parse().unwrap(), disk::read(&folder.path().join(path), 1000).unwrap())),
        );
        for repo in [on_disk, in_memory] {
            let unpushed = Unpushed::of(&repo);
            let reason = |path: &str| {
                unpushed.reason_of_any(path).map(|why| format!("{} {} {}:{}", why.part, why.below, why.file, why.line))
            };
            assert_eq!(reason("web/src/lib/a.js").as_deref(), Some("web/src/lib web/src/lib .gitignore:2"));
            assert_eq!(reason("web/src/lib").as_deref(), Some("web/src/lib web/src/lib .gitignore:2"));
            assert_eq!(reason("web/gen/b.js").as_deref(), Some("web/gen gen web/.gitignore:1"));
            assert_eq!(reason("data/c.json").as_deref(), Some("data/c.json data/c.json .gitignore:3"));
            for path in ["data/keep.json", "main.py", "web/src/lib/none.js", "web", "../x"] {
                assert_eq!(reason(path), None, "{path}");
            }
            assert!(unpushed.pushes("main.py") && !unpushed.pushes("data/c.json") && unpushed.pushes_folder("data"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_found_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repo");
        fs_err::create_dir_all(folder.path().join("other")).unwrap();
        fs_err::create_dir_all(&root).unwrap();
        fs_err::write(folder.path().join("other/a.js"), "").unwrap();
        fs_err::write(root.join(".gitignore"), "lib\n").unwrap();
        std::os::unix::fs::symlink(folder.path().join("other"), root.join("lib")).unwrap();
        let repo = Repo::open(&root).unwrap();
        assert_eq!(Unpushed::of(&repo).reason_of_any("lib/a.js"), None);
    }
}
