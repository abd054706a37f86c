//! A repository to examine: the files of a folder, of a [`Plan`], or of a map, read-only.
//!
//! Files are read on demand and at most once. Nothing outside the folder is read and nothing is run: symbolic
//! links are not followed, and only regular files are opened. This module reports nothing.

mod attributes;
mod binary;
mod dockerignore;
mod file;
mod folder;
mod git_config;
mod git_dir;
mod gitignore;
mod ignored_paths;
mod index;
mod limits;
mod lines;
mod link;
mod object_name;
mod objects;
mod parallel;
mod pushed;
mod skipped;
mod uncommitted;
mod unfinished;
mod unpushed;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use attributes::Attributes;
pub(crate) use binary::{Zeros, ending_pattern};
pub use dockerignore::DockerIgnore;
pub(crate) use file::line_starts;
pub use file::{File, FileKind};
pub use folder::OpenError;
use git_dir::GitDir;
pub(crate) use gitignore::Excluded;
use gitignore::{GITIGNORE, Ignored};
use ignored_paths::IgnoredPaths;
use index::Index;
use limits::Limits;
pub(crate) use lines::Lines;
pub(crate) use parallel::{look_at, read_all};
pub use skipped::Skipped;
use skipped::SkippedList;
pub(crate) use unfinished::UNFINISHED;
pub(crate) use unpushed::Unpushed;

use crate::disk::{self, Unread};
use crate::formats::front_matter::{keys_without_dashes, later_block};
use crate::formats::gitmodules;
use crate::formats::wildmatch::Work;
use crate::order;
use crate::plan::{Content, Plan};
use crate::values::RepoPath;

/// Files that decide what a repository is.
const DECISIVE: [&str; 6] =
    ["README.md", "Dockerfile", limits::OURS, "requirements.txt", "pyproject.toml", "package.json"];

/// Why a file that exists is not among those that were listed.
const APPEARED: &str = "it has appeared since the folder was read: another run may be writing there";

/// The files of a repository, by their paths.
#[derive(Debug, Default)]
pub struct Repo {
    files: BTreeMap<String, Arc<File>>,
    root: Option<PathBuf>,
    index: Option<Arc<Index>>,
    /// What exists in the folder besides.
    ignored: IgnoredPaths,
    skipped: SkippedList,
    /// The remaining work for matching patterns, shared by all copies.
    work: Work,
    /// Read on demand: many ask for it.
    dockerignore: OnceLock<DockerIgnore>,
    unfinished: bool,
    /// Whether its files are uploaded, and not pushed by git.
    is_uploaded: bool,
}

impl Repo {
    /// Reads a folder.
    ///
    /// The files are those that git would push: those in its index, and new ones that no `.gitignore` matches. If the
    /// folder is not the root of a repository, or its index cannot be read, only the `.gitignore` files decide.
    ///
    /// # Errors
    /// If it is not a folder, or cannot be listed.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let (skipped, work) = <(SkippedList, Work)>::default();
        let git = GitDir::of(folder, &skipped);
        let index = git.as_ref().and_then(|git| Index::of(git, &skipped));
        let ignored = Ignored::of_repository(git.as_ref(), &skipped, &work);
        let (files, ignored) = folder::list(folder, index.as_ref(), ignored, &Limits::new(skipped.clone()))?;
        let unfinished = Self::unfinished_run(folder).is_some();
        let (root, index) = (Some(folder.to_owned()), index.map(Arc::new));
        Ok(Self { files, root, index, ignored, skipped, work, unfinished, ..Self::default() })
    }

    /// A repository in memory.
    pub fn from_files(files: impl IntoIterator<Item = (RepoPath, Vec<u8>)>) -> Self {
        let files = files
            .into_iter()
            .map(|(path, bytes)| (path.as_str().to_owned(), Arc::new(File::in_memory(path.as_str(), bytes))));
        let files = order::map(files);
        let unfinished = files.keys().any(|path| path.split('/').next() == Some(UNFINISHED));
        Self { files, unfinished, ..Self::default() }
    }

    /// The repository as it would be after writing these files. A `.gitignore` among them is followed.
    #[must_use]
    pub fn overlay(self, plan: &Plan) -> Self {
        self.lay_all(plan.files().map(|(path, planned)| (path, planned.content())))
    }

    /// The same for files with their contents.
    pub(crate) fn lay_all<'a>(mut self, files: impl Iterator<Item = (&'a RepoPath, &'a Content)>) -> Self {
        let laid: Vec<&RepoPath> = files.map(|(path, content)| self.lay(path, content)).collect();
        self.follow(laid)
    }

    fn lay<'a>(&mut self, path: &'a RepoPath, content: &Content) -> &'a RepoPath {
        let file = match content {
            Content::Bytes(bytes) => File::in_memory(path.as_str(), bytes.clone()),
            Content::Copy { from, bytes } => {
                File::on_disk(path.as_str(), from.clone(), Some(*bytes), FileKind::Regular)
            }
        };
        self.files.insert(path.as_str().to_owned(), Arc::new(file));
        self.dockerignore = OnceLock::new();
        path
    }

    /// Removes the files that a changed `.gitignore` matches, unless they are in git's index.
    fn follow<'a>(mut self, changed: impl IntoIterator<Item = &'a RepoPath>) -> Self {
        if changed.into_iter().any(|path| path.file_name() == GITIGNORE) {
            let index = self.index.as_deref();
            let ignored = Ignored::new(&self.skipped, &self.work);
            for path in ignored.ignored_paths(&self.files, |path| index.is_some_and(|index| index.has(path))) {
                self.files.remove(&path);
                self.ignored.add(path);
            }
        }
        self
    }

    /// The same repository with other contents for some files. A `.gitignore` among them is followed.
    #[must_use]
    pub fn with(&self, changed: impl IntoIterator<Item = (RepoPath, Vec<u8>)>) -> Self {
        let mut with = Self {
            files: self.files.clone(),
            root: self.root.clone(),
            index: self.index.clone(),
            ignored: self.ignored.clone(),
            skipped: self.skipped.clone(),
            work: self.work.clone(),
            dockerignore: OnceLock::new(),
            unfinished: self.unfinished,
            is_uploaded: self.is_uploaded,
        };
        let mut paths = Vec::new();
        for (path, bytes) in changed {
            with.files.insert(path.as_str().to_owned(), Arc::new(File::in_memory(path.as_str(), bytes)));
            paths.push(path);
        }
        with.follow(&paths)
    }

    /// The same repository without a file.
    pub(crate) fn without(&self, path: &str) -> Self {
        let mut without = self.with([]);
        without.files.remove(path);
        without
    }

    /// The same repository, uploaded and not pushed by git: modes are lost, and the Hub decides what is in LFS.
    #[cfg(feature = "online")]
    pub(crate) fn as_uploaded(&self) -> Self {
        Self { is_uploaded: true, ..self.with([]) }
    }

    /// Whether its files are uploaded, and not pushed by git.
    pub(crate) fn is_uploaded(&self) -> bool {
        self.is_uploaded
    }

    /// The files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.values().map(AsRef::as_ref)
    }

    /// One file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// The files whose paths begin with a text, in the order of their paths.
    pub(crate) fn beginning_with<'r>(&'r self, start: &'r str) -> impl Iterator<Item = &'r File> {
        let from = (Bound::Included(start), Bound::Unbounded);
        self.files.range::<str, _>(from).map(|(_, file)| &**file).take_while(move |file| file.path().starts_with(start))
    }

    /// The text of a file, if it exists and is text.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path)?.text()
    }

    /// A file that decides what the repository is and cannot be read, with the reason: treating it as empty would be wrong.
    #[must_use]
    pub fn unreadable_file(&self) -> Option<(&'static str, String)> {
        let is_regular = |path: &str| self.get(path).is_some_and(|file| file.kind() == FileKind::Regular);
        self.unread().find(|(path, _)| is_regular(path)).map(|(path, why)| (path, why.to_string()))
    }

    /// The files that decide what the repository is and whose content is unknown, with the reason.
    pub(crate) fn unread(&self) -> impl Iterator<Item = (&'static str, Unread)> {
        DECISIVE.into_iter().filter_map(|path| Some((path, self.get(path)?.unread()?)))
    }

    /// Whether this path exists, also as a file that git ignores.
    #[must_use]
    pub fn is_taken(&self, path: &RepoPath) -> bool {
        let on_disk = |root: &PathBuf| disk::about(&root.join(path.to_path())).is_ok();
        self.get(path.as_str()).is_some() || self.root.as_ref().is_some_and(on_disk)
    }

    /// What `.dockerignore` keeps out of a build.
    pub(crate) fn dockerignore(&self) -> &DockerIgnore {
        self.dockerignore.get_or_init(|| DockerIgnore::of(self))
    }

    /// Whether its `.gitignore` files, or `.git/info/exclude`, keep a file of this path from being pushed, whether it exists or not.
    pub(crate) fn ignores(&self, path: &RepoPath) -> bool {
        let git = || GitDir::of(self.root.as_deref()?, &self.skipped);
        let patterns = || Ignored::of_repository(git().as_ref(), &self.skipped, &self.work);
        let ignored = || patterns().reason(&self.files, path.as_str(), false);
        !self.is_tracked(path.as_str()) && ignored().is_some()
    }

    /// The offsets at which the lines of a text begin. Computed once.
    pub(crate) fn line_starts(&self, path: &str) -> Option<&[usize]> {
        self.get(path)?.line_starts()
    }

    /// What exists at a path that is taken by something that is not a file of the repository.
    pub(crate) fn hidden_reason(&self, path: &RepoPath) -> &'static str {
        let about = self.root.as_ref().and_then(|root| disk::about(&root.join(path.to_path())).ok());
        match about {
            Some(about) if about.is_dir() => "a folder has this name",
            Some(about) if about.is_symlink() => "a link has this name",
            _ if self.ignored.may_have(path.as_str()) || self.ignores(path) => "it exists, and git ignores it",
            _ => APPEARED,
        }
    }

    /// Whether a folder with files in it has this path.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        self.beginning_with(&format!("{}/", path.trim_end_matches('/'))).next().is_some()
    }

    /// A file at the root whose name differs from this one in case alone. Git and Linux tell the two apart.
    #[must_use]
    pub fn other_case(&self, name: &str) -> Option<&str> {
        let mut at_root = self.files.keys().filter(|path| !path.contains('/'));
        at_root.find(|path| path.as_str() != name && path.eq_ignore_ascii_case(name)).map(String::as_str)
    }

    /// Whether its README has the metadata block of a Space, or a malformed one.
    #[must_use]
    pub fn has_front_matter(&self) -> bool {
        self.get("README.md").and_then(File::bytes).is_some_and(|bytes| {
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
            let is_meant = |text: &str| keys_without_dashes(text).is_some() || later_block(text).is_some();
            text.trim_ascii_start().starts_with(b"---") || std::str::from_utf8(text).is_ok_and(is_meant)
        })
    }

    /// Whether a file is in git's index.
    #[must_use]
    pub fn is_tracked(&self, path: &str) -> bool {
        self.index.as_ref().is_some_and(|index| index.has(path))
    }

    /// Whether the content of a file is in git's index as it is, and not as an LFS pointer. False if that is not certain.
    #[must_use]
    pub fn is_raw_in_index(&self, path: &str) -> bool {
        let Some(index) = &self.index else { return false };
        index.is_raw(path) || self.get(path).is_some_and(|file| index.has_content_of(file))
    }

    /// Whether git may ignore a listed file, because patterns were skipped. Files in its index are never ignored.
    #[must_use]
    pub fn may_ignore(&self, path: &str) -> bool {
        self.skipped.lacks_ignores() && !self.is_tracked(path)
    }

    /// Whether a path that is not listed may exist: in a folder that could not be read, beyond the limits, or in a submodule, which
    /// the Hub fetches: <https://github.com/huggingface/huggingface_hub/issues/200>.
    #[must_use]
    pub fn may_have(&self, path: &str) -> bool {
        self.skipped.may_hide(path) || self.may_be_of_submodule(path)
    }

    /// Whether a path is a folder of a submodule, above or below one.
    fn may_be_of_submodule(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let is_within = |inner: &str, outer: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut folders = self.text(".gitmodules").map(gitmodules::folders).into_iter().flatten();
        folders.any(|folder| is_within(path, folder) || is_within(folder, path))
    }

    /// Whether its files are certainly those that git would push, without one more or less.
    #[cfg(feature = "online")]
    pub(crate) fn lists_all(&self) -> bool {
        self.skipped.is_complete()
    }

    /// What was skipped so far: too large, unreadable, or beyond the limits.
    #[must_use]
    pub fn skipped(&self) -> Vec<Skipped> {
        self.skipped.all()
    }

    /// Records that something was skipped.
    pub(crate) fn skip(&self, path: impl Into<String>, why: impl Into<String>) {
        self.skipped.note(path, why);
    }

    /// The remaining work for matching patterns.
    pub(crate) fn work(&self) -> &Work {
        &self.work
    }

    /// The folder that it was read from.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }
}

impl Plan {
    /// The repository that consists of these files only.
    #[must_use]
    pub fn to_repo(&self) -> Repo {
        Repo::default().overlay(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_appeared_is_told_from_one_that_git_ignores() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| fs_err::write(folder.path().join(name), "x\n").unwrap();
        fs_err::write(folder.path().join(".gitignore"), "*.log\n").unwrap();
        write("a.log");
        let repo = Repo::open(folder.path()).unwrap();
        write("b.log");
        write("new.txt");
        let reason = |path: &str| repo.hidden_reason(&path.parse().unwrap());
        assert_eq!(reason("a.log"), "it exists, and git ignores it");
        assert_eq!(reason("b.log"), "it exists, and git ignores it");
        assert_eq!(reason("new.txt"), APPEARED);
    }
}
