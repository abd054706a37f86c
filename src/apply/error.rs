//! Why nothing was written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What the Hub puts into a new repository.
const FIRST_COMMIT: [&str; 2] = [".gitattributes", "README.md"];

/// What to do where nothing can be written.
const ELSEWHERE: &str = "choose a folder on a file system that can be written";

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// The folder holds files.
    NotEmpty,
    /// Another run is writing into the same folder, or has just done so.
    Busy,
    /// A file or a link is in the way.
    NotAFolder,
    /// The operating system refused something.
    Io,
    /// The user asked to stop.
    Cancelled,
    /// Existing files are in the way of others.
    InTheWay,
    /// A file has changed since it was read.
    Changed,
    /// A run that created a new Space in the folder was killed.
    Unfinished,
    /// There are traces of an unfinished run, and no record that this user started it.
    NotOurs,
}

/// Nothing was written, or everything was undone.
#[derive(Debug)]
pub struct WriteError {
    kind: WriteErrorKind,
    message: String,
    hint: Option<String>,
    entries: Vec<String>,
    source: Option<io::Error>,
}

impl WriteError {
    fn new(kind: WriteErrorKind, message: String) -> Self {
        Self { kind, message, hint: None, entries: Vec::new(), source: None }
    }

    fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn not_empty(folder: &Path, entries: Vec<String>) -> Self {
        let message = format!("`{}` is not empty", folder.display());
        let first_commit = |entry: &String| FIRST_COMMIT.contains(&entry.as_str());
        let hint = if folder.join(".git").exists() && entries.iter().all(first_commit) {
            "it looks like a clone of a new Space: make yours in another folder, then push it with the git steps that are \
             printed there"
        } else {
            "choose a new folder: nothing in this one is touched"
        };
        Self { entries, ..Self::new(WriteErrorKind::NotEmpty, message).hinted(hint) }
    }

    pub(super) fn busy(folder: &Path) -> Self {
        let message = format!("another spaces-new is writing into `{}`, or has just done so", folder.display());
        Self::new(WriteErrorKind::Busy, message).hinted("look at what it created, or choose another folder")
    }

    pub(super) fn is_file(path: &Path) -> Self {
        let message = format!("`{}` is a file", path.display());
        Self::new(WriteErrorKind::NotAFolder, message).hinted("choose another folder")
    }

    pub(super) fn is_link(path: &Path, leads_to: &Path) -> Self {
        let message = format!("`{}` is a symbolic link to `{}`", path.display(), leads_to.display());
        Self::new(WriteErrorKind::NotAFolder, message).hinted("name the folder itself")
    }

    pub(super) fn no_name(path: &Path) -> Self {
        let message = format!("`{}` is not the name of a folder that can be created", path.display());
        Self::new(WriteErrorKind::NotAFolder, message).hinted("give a name, such as `my-demo`")
    }

    pub(crate) fn in_the_way(folder: &Path, entries: Vec<String>) -> Self {
        let message = format!("files in `{}` are in the way", folder.display());
        Self {
            entries,
            ..Self::new(WriteErrorKind::InTheWay, message).hinted("keep them or replace them; nothing was written")
        }
    }

    pub(super) fn changed(path: &str) -> Self {
        let message = format!("`{path}` has changed since it was read");
        Self::new(WriteErrorKind::Changed, message).hinted("run it again; nothing was written")
    }

    pub(super) fn unfinished(folder: &Path) -> Self {
        let message = format!("a run of spaces-new that created a Space in `{}` was stopped", folder.display());
        Self::new(WriteErrorKind::Unfinished, message).hinted("run the same command again, which finishes it")
    }

    pub(super) fn unfinished_changes(folder: &Path) -> Self {
        let message = format!("a run of spaces-new that changed files in `{}` was stopped", folder.display());
        Self::new(WriteErrorKind::Unfinished, message).hinted("run that command again, which undoes what it had begun")
    }

    /// Traces that are not trusted: their content may be forged.
    pub(super) fn not_ours(traces: &Path) -> Self {
        let message = format!(
            "`{}` looks like the files of an interrupted run, but there is no record that you ran one here",
            traces.display()
        );
        let before = traces.join(super::unfinished::BEFORE);
        let kept = if crate::disk::is_folder(&before) {
            format!(" the files that it had replaced are in `{}`: copy back anything you need.", before.display())
        } else {
            String::new()
        };
        let hint = format!("nothing was changed.{kept} Delete `{}`, then run this again", traces.display());
        Self::new(WriteErrorKind::NotOurs, message).hinted(hint)
    }

    pub(super) fn cancelled() -> Self {
        Self::new(WriteErrorKind::Cancelled, "stopped; nothing was written".to_owned())
    }

    /// A folder cannot be created. A file system without room for it, such as `/proc`, says that the folder around it is missing.
    pub(super) fn no_folder_in(parent: &Path, source: io::Error) -> Self {
        let here = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        if source.kind() != io::ErrorKind::NotFound || !here.is_dir() {
            return Self::io("create a folder in", here, source);
        }
        let message = format!("cannot create a folder in `{}`: its file system does not allow it", here.display());
        Self { source: Some(source), ..Self::new(WriteErrorKind::Io, message).hinted(ELSEWHERE) }
    }

    pub(super) fn io(doing: &str, path: &Path, source: io::Error) -> Self {
        let hint = match source.kind() {
            io::ErrorKind::PermissionDenied => Some("choose a folder that you may write to"),
            io::ErrorKind::ReadOnlyFilesystem => Some(ELSEWHERE),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Some("make room, then run it again: nothing is left behind")
            }
            io::ErrorKind::NotFound => Some("it existed a moment ago: run it again"),
            _ => None,
        };
        let message = format!("cannot {doing} `{}`: {}", path.display(), plain(&source));
        let error = Self { source: Some(source), ..Self::new(WriteErrorKind::Io, message) };
        match hint {
            Some(hint) => error.hinted(hint),
            None => error,
        }
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> WriteErrorKind {
        self.kind
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The entries of a folder that is not empty, sorted; folders end with `/`.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(String::as_str)
    }

    /// The same error, which also lists what could not be cleaned up after it.
    pub(super) fn with_warnings(mut self, warnings: &[String]) -> Self {
        for warning in warnings {
            self.message.push_str("; ");
            self.message.push_str(warning);
        }
        self
    }

    /// The path that a link leads to, for messages.
    pub(super) fn link(path: &Path) -> Self {
        let leads_to = fs_err::read_link(path).unwrap_or_else(|_| PathBuf::from("?"));
        Self::is_link(path, &leads_to)
    }
}

/// The message of the operating system, without its number and without the path, which our message already has.
pub(super) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "no space left on the device".to_owned(),
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        _ => {
            let text = error.to_string();
            let own = text.rsplit("`: ").next().unwrap_or_default();
            let mut chars = own.split(" (os error ").next().unwrap_or_default().chars();
            chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
