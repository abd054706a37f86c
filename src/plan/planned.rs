//! The files of a planned repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::order;
use crate::values::RepoPath;

/// The permissions of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Mode {
    /// Read by all, written by its owner: 644.
    #[default]
    NonExecutable,
    /// Run by all as well: 755.
    Executable,
}

impl Mode {
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, String> {
        match text {
            None | Some("644") => Ok(Self::NonExecutable),
            Some("755") => Ok(Self::Executable),
            Some(other) => Err(format!("`{other}` is not a mode: use 644 or 755")),
        }
    }

    /// The permission bits.
    #[must_use]
    pub fn bits(self) -> u32 {
        match self {
            Self::NonExecutable => 0o644,
            Self::Executable => 0o755,
        }
    }
}

/// The content of a planned file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content of a file elsewhere. It is read only when it is written, so that a large file never fills the memory.
    Copy {
        /// The file.
        from: PathBuf,
        /// Its size when it was checked.
        bytes: u64,
    },
}

/// A file that would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    content: Content,
    mode: Mode,
}

impl PlannedFile {
    pub(crate) fn new(content: Content, mode: Mode) -> Self {
        Self { content, mode }
    }

    pub(crate) fn text(text: String, mode: Mode) -> Self {
        Self { content: Content::Bytes(text.into_bytes()), mode }
    }

    pub(crate) fn copy(from: PathBuf, bytes: u64) -> Self {
        Self { content: Content::Copy { from, bytes }, mode: Mode::NonExecutable }
    }

    /// What will be in it.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Its permissions.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Its size.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Copy { bytes, .. } => *bytes,
        }
    }

    /// Its text, if it is text and in memory.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Content::Copy { .. } => None,
        }
    }
}

/// Every file of a planned repository, ordered by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    files: BTreeMap<RepoPath, PlannedFile>,
}

impl Plan {
    pub(crate) fn new(files: BTreeMap<RepoPath, PlannedFile>) -> Self {
        Self { files }
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&RepoPath, &PlannedFile)> {
        self.files.iter()
    }

    /// One file.
    #[must_use]
    pub fn get(&self, path: &RepoPath) -> Option<&PlannedFile> {
        self.files.get(path)
    }

    /// Puts a file in the place of what was planned there.
    pub(crate) fn replace(&mut self, path: RepoPath, file: PlannedFile) {
        self.files.insert(path, file);
    }

    /// Keeps some of the files.
    pub(crate) fn retain(&mut self, keep: impl Fn(&RepoPath) -> bool) {
        self.files.retain(|path, _| keep(path));
    }

    /// Adds files, unless a path is taken, also by one that only differs in case. The error is that path.
    pub(crate) fn add_all(&mut self, files: impl Iterator<Item = (RepoPath, PlannedFile)>) -> Result<(), RepoPath> {
        let mut taken: BTreeSet<String> = order::set(self.files.keys().map(|path| path.as_str().to_lowercase()));
        for (path, file) in files {
            if !taken.insert(path.as_str().to_lowercase()) {
                return Err(path);
            }
            self.files.insert(path, file);
        }
        Ok(())
    }
}
