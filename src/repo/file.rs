//! A file, read when somebody asks for it.

use std::cell::RefCell;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;
use std::sync::OnceLock;

use super::Zeros;

/// What a path is.
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

/// Texts that matter are far smaller; a larger one is not read.
const LARGEST_TEXT: u64 = 2 * 1024 * 1024;

/// What git looks at to tell binary from text: a zero byte among the first 8000.
/// Source: `buffer_is_binary` in git's `xdiff-interface.c`.
const BINARY_WINDOW: usize = 8000;

thread_local! {
    /// Where beginnings are read to. There may be many, and a buffer for each is memory to be cleared for each.
    static HEAD: RefCell<[u8; BINARY_WINDOW]> = const { RefCell::new([0; BINARY_WINDOW]) };
}

/// A file of a repository.
#[derive(Debug)]
pub struct File {
    path: String,
    disk: Option<PathBuf>,
    /// Known from the listing, from the first look, or asked for.
    size: OnceLock<u64>,
    kind: FileKind,
    binary: OnceLock<Option<bool>>,
    whole: OnceLock<Option<Vec<u8>>>,
    lines: OnceLock<Vec<usize>>,
}

impl File {
    pub(super) fn in_memory(path: &str, bytes: Vec<u8>) -> Self {
        let file = Self::new(path, None, Some(bytes.len() as u64), FileKind::Regular);
        Self { whole: OnceLock::from(Some(bytes)), ..file }
    }

    /// A file of the repository that is on no disk here.
    pub(super) fn absent(path: &str) -> Self {
        Self::new(path, None, Some(0), FileKind::Regular)
    }

    /// A file with a size, or one that is asked for it when somebody wants to know.
    pub(super) fn on_disk(path: &str, disk: PathBuf, size: Option<u64>, kind: FileKind) -> Self {
        Self::new(path, Some(disk), size, kind)
    }

    fn new(path: &str, disk: Option<PathBuf>, size: Option<u64>, kind: FileKind) -> Self {
        Self {
            path: path.to_owned(),
            disk,
            size: size.map_or_else(OnceLock::new, OnceLock::from),
            kind,
            binary: OnceLock::new(),
            whole: OnceLock::new(),
            lines: OnceLock::new(),
        }
    }

    /// The path, with `/` between its parts. Bytes that are no UTF-8 stand as replacement characters.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The size in bytes; 0 if it is gone.
    #[must_use]
    pub fn size(&self) -> u64 {
        let ask = || self.disk.as_deref().and_then(|disk| fs_err::symlink_metadata(disk).ok());
        *self.size.get_or_init(|| ask().map_or(0, |data| data.len()))
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// The content: none if it is larger than 2 MiB, no regular file, or cannot be read.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        let read = || {
            // One call for the most part: the size is known, and a buffer that grows asks the system again and again
            let size = usize::try_from(self.size()).ok().filter(|_| self.size() <= LARGEST_TEXT)?;
            let mut bytes = Vec::with_capacity(size + 1);
            self.open()?.take(LARGEST_TEXT).read_to_end(&mut bytes).ok()?;
            Some(bytes)
        };
        self.whole.get_or_init(read).as_deref()
    }

    /// Whether it is there, is no larger than what is read, and cannot be read.
    pub(super) fn is_closed(&self) -> bool {
        let is_small = self.kind == FileKind::Regular && self.size() <= LARGEST_TEXT;
        self.disk.is_some() && is_small && self.bytes().is_none()
    }

    /// Whether somebody has asked for the content.
    pub(super) fn is_read(&self) -> bool {
        self.whole.get().is_some()
    }

    /// The content, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// What a link names, as it is written.
    pub(super) fn link(&self) -> Option<PathBuf> {
        fs_err::read_link(self.disk.as_deref()?).ok()
    }

    /// The bytes at which its lines begin, if it is text.
    pub(super) fn line_starts(&self) -> Option<&[usize]> {
        let text = self.text()?;
        Some(self.lines.get_or_init(|| line_starts(text)))
    }

    /// Whether git takes it for binary. None if it cannot be read.
    ///
    /// Asked last, a file that was read for its text is not read again. What is read for this alone is not kept: there may be
    /// many files.
    #[must_use]
    pub fn is_binary(&self) -> Option<bool> {
        match self.whole.get() {
            Some(Some(whole)) => Some(has_zero(&whole[..whole.len().min(BINARY_WINDOW)])),
            _ => *self.binary.get_or_init(|| self.look()),
        }
    }

    /// Reads the beginning, and learns the size by the way.
    fn look(&self) -> Option<bool> {
        let file = self.open()?;
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
            let size =
                if read < BINARY_WINDOW { Some(read as u64) } else { file.metadata().ok().map(|data| data.len()) };
            // It may be known already
            size.map(|size| self.size.set(size));
            Some(has_zero(&head[..read]))
        })
    }

    /// What its zero bytes say of a file that git takes for binary.
    pub(crate) fn zeros(&self) -> Zeros {
        Zeros::of(self.name(), &self.head().unwrap_or_default())
    }

    /// The bytes that git looks at.
    fn head(&self) -> Option<Vec<u8>> {
        if let Some(Some(whole)) = self.whole.get() {
            return Some(whole[..whole.len().min(BINARY_WINDOW)].to_vec());
        }
        let mut head = Vec::new();
        self.open()?.take(BINARY_WINDOW as u64).read_to_end(&mut head).ok()?;
        Some(head)
    }

    fn open(&self) -> Option<fs_err::File> {
        if self.kind != FileKind::Regular {
            return None;
        }
        fs_err::File::open(self.disk.as_deref()?).ok()
    }
}

fn has_zero(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// The bytes at which the lines of a text begin.
pub(crate) fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
}
