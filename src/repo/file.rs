//! A file, read on demand.

use std::cell::RefCell;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Zeros;
use super::limits::{LARGEST_OF_OURS, LARGEST_TEXT, Limits, OURS};
use crate::disk::{self, Unread};

/// The type of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// A regular file.
    Regular,
    /// A symbolic link. It is not followed.
    Symlink,
    /// A pipe, a device, a socket: never opened.
    Special,
}

/// How git distinguishes binary from text: a zero byte among the first 8000.
/// Source: `buffer_is_binary` in git's `xdiff-interface.c`.
const BINARY_WINDOW: usize = 8000;

thread_local! {
    /// A shared buffer for beginnings. There may be many files, and a new buffer would be cleared for each.
    static HEAD: RefCell<Vec<u8>> = RefCell::new(vec![0; BINARY_WINDOW]);
}

/// A file of a repository.
#[derive(Debug)]
pub struct File {
    path: String,
    disk: Option<PathBuf>,
    /// Known from the listing or from the first access.
    size: OnceLock<u64>,
    kind: FileKind,
    beginning: OnceLock<Beginning>,
    whole: OnceLock<Option<Whole>>,
    lines: OnceLock<Vec<usize>>,
    limits: Option<Limits>,
}

impl File {
    pub(super) fn in_memory(path: &str, bytes: Vec<u8>) -> Self {
        let size = bytes.len() as u64;
        let file = Self::new(path, None, Some(size), FileKind::Regular);
        let beginning = OnceLock::from(Some(zeros_of(path, window(&bytes))));
        Self { whole: OnceLock::from((size <= file.most()).then(|| Whole::of(bytes))), beginning, ..file }
    }

    /// A file of the repository that is not on this disk.
    pub(super) fn absent(path: &str) -> Self {
        Self::new(path, None, Some(0), FileKind::Regular)
    }

    /// A file with a size, which is looked up on demand if it is not given.
    pub(super) fn on_disk(path: &str, disk: PathBuf, size: Option<u64>, kind: FileKind) -> Self {
        Self::new(path, Some(disk), size, kind)
    }

    fn new(path: &str, disk: Option<PathBuf>, size: Option<u64>, kind: FileKind) -> Self {
        Self {
            path: path.to_owned(),
            disk,
            size: size.map_or_else(OnceLock::new, OnceLock::from),
            kind,
            beginning: OnceLock::new(),
            whole: OnceLock::new(),
            lines: OnceLock::new(),
            limits: None,
        }
    }

    /// The same, counted against the limits of its repository.
    pub(super) fn within(self, limits: &Limits) -> Self {
        Self { limits: Some(limits.clone()), ..self }
    }

    /// The path, with `/` between its parts. Bytes that are not UTF-8 become replacement characters.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The size in bytes; 0 if the file is gone.
    #[must_use]
    pub fn size(&self) -> u64 {
        let ask = || self.disk.as_deref().and_then(|disk| disk::about(disk).ok());
        *self.size.get_or_init(|| ask().map_or(0, |data| data.len()))
    }

    /// Where it is, if it is on this disk.
    pub(crate) fn on_this_disk(&self) -> Option<&Path> {
        self.disk.as_deref()
    }

    /// Its type.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The content: none if it is larger than 2 MiB, is not a regular file, or cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.whole().map(Whole::bytes)
    }

    fn whole(&self) -> Option<&Whole> {
        self.whole.get_or_init(|| self.read().inspect_err(|why| self.skip(why)).ok().map(Whole::of)).as_ref()
    }

    fn read(&self) -> Result<Vec<u8>, Unread> {
        let file = self.open()?;
        let about = disk::about_open(&file)?;
        let allow = |limits: &Limits| about.len() > self.most() || limits.allow_text(about.len());
        if self.limits.as_ref().is_some_and(|limits| !allow(limits)) {
            return Err(Unread::Refused("the limit for all files together is reached".to_owned()));
        }
        disk::read_open(file, about.len(), self.most())
    }

    /// Why its content is unknown, if it is.
    pub(crate) fn unread(&self) -> Option<Unread> {
        let why = match self.kind {
            FileKind::Regular if self.bytes().is_some() => return None,
            FileKind::Regular if self.size() > self.most() => Unread::TooLarge { size: self.size(), most: self.most() },
            FileKind::Regular if self.disk.is_none() => Unread::Refused("it is not checked out".to_owned()),
            FileKind::Regular => self.read().err()?,
            FileKind::Symlink => Unread::Link,
            FileKind::Special => Unread::NotAFile,
        };
        Some(why)
    }

    /// Records that its content was not read. For a link this is no loss: git pushes nothing else of it.
    fn skip(&self, why: &Unread) {
        if let (Some(limits), FileKind::Regular) = (&self.limits, self.kind) {
            limits.skipped.note(&*self.path, why.to_string());
        }
    }

    /// The limit for reading it.
    fn most(&self) -> u64 {
        if self.path == OURS { LARGEST_OF_OURS } else { LARGEST_TEXT }
    }

    /// Whether the content has been read.
    pub(crate) fn is_read(&self) -> bool {
        self.whole.get().is_some()
    }

    /// The content, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.whole()? {
            Whole::Text(text) => Some(text),
            Whole::Other(_) => None,
        }
    }

    /// The target of a link, as written.
    pub(crate) fn link(&self) -> Option<PathBuf> {
        fs_err::read_link(self.disk.as_deref()?).ok()
    }

    /// The offsets at which its lines begin, if it is text.
    pub(super) fn line_starts(&self) -> Option<&[usize]> {
        let text = self.text()?;
        Some(self.lines.get_or_init(|| line_starts(text)))
    }

    /// Whether git considers it binary. None if it cannot be read.
    ///
    /// If the file was read for its text, it is not read again. What is only read for this is not kept: there may be
    /// many files.
    #[must_use]
    pub fn is_binary(&self) -> Option<bool> {
        match self.whole.get() {
            Some(Some(whole)) => Some(has_zero(window(whole.bytes()))),
            _ => self.beginning().map(|zeros| zeros.is_some()),
        }
    }

    fn beginning(&self) -> Beginning {
        *self.beginning.get_or_init(|| self.look())
    }

    /// Reads the beginning, and records the size.
    fn look(&self) -> Beginning {
        let file = self.open().inspect_err(|why| self.skip(why)).ok()?;
        HEAD.with_borrow_mut(|head| {
            let mut read = 0;
            while read < BINARY_WINDOW {
                match (&file).read(&mut head[read..]) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(_) => return None,
                }
            }
            // It may be known already
            let size = if read < BINARY_WINDOW { read as u64 } else { file.metadata().ok()?.len() };
            let _ = self.size.set(size);
            Some(zeros_of(&self.path, &head[..read]))
        })
    }

    /// The kind of a file that git considers binary, by its zero bytes.
    pub(crate) fn zeros(&self) -> Zeros {
        match self.whole.get() {
            Some(Some(whole)) => Zeros::of(self.name(), window(whole.bytes())),
            _ => self.beginning().flatten().unwrap_or(Zeros::Binary),
        }
    }

    fn open(&self) -> Result<std::fs::File, Unread> {
        match (self.kind, &self.disk) {
            (FileKind::Regular, Some(disk)) => disk::open_listed(disk),
            (FileKind::Regular, None) => Err(Unread::Missing),
            _ => Err(Unread::NotAFile),
        }
    }
}

/// A whole content. Whether it is text is found once.
#[derive(Debug)]
enum Whole {
    Text(String),
    Other(Vec<u8>),
}

impl Whole {
    fn of(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Other(error.into_bytes()), Self::Text)
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

/// The kind by the beginning of a file; the inner value is none if it has no zero byte, the outer one if it cannot be read.
type Beginning = Option<Option<Zeros>>;

fn zeros_of(path: &str, head: &[u8]) -> Option<Zeros> {
    has_zero(head).then(|| Zeros::of(path.rsplit('/').next().unwrap_or(path), head))
}

/// The bytes that git checks.
fn window(whole: &[u8]) -> &[u8] {
    &whole[..whole.len().min(BINARY_WINDOW)]
}

fn has_zero(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// The offsets at which the lines of a text begin.
pub(crate) fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}
