//! The files to publish: those that git would push, with the names of their contents in git and in LFS.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fs::File as DiskFile;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::error::PublishError;
use crate::disk;
use crate::repo::{File, FileKind, Repo};
use crate::values::BlobId;

/// A larger file is only kept in LFS. Source: <https://huggingface.co/docs/hub/repositories-getting-started>, where files above
/// 10 MB need it.
pub(super) const LARGEST_BLOB: u64 = 10_000_000;

/// The Hub judges a file by this many bytes of its beginning. Source: `UploadInfo` in `lfs.py` of `huggingface_hub`.
const SAMPLE: usize = 512;

/// How much is read at once.
const CHUNK: usize = 1 << 16;

/// The beginning of a pointer of LFS. Source: <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
const POINTER: &str = "version https://git-lfs.github.com/spec/";

/// A file to publish.
#[derive(Debug)]
pub(crate) struct Content<'r> {
    file: &'r File,
    /// The content where git changes the ends of lines.
    normalised: Option<Vec<u8>>,
    pub(crate) size: u64,
    blob: OnceCell<String>,
    sha256: OnceCell<String>,
}

impl<'r> Content<'r> {
    fn of(repo: &Repo, file: &'r File) -> Self {
        let normalised = repo.with_lf(file);
        let size = normalised.as_ref().map_or_else(|| file.size(), |bytes| bytes.len() as u64);
        Self { file, normalised, size, blob: OnceCell::new(), sha256: OnceCell::new() }
    }

    pub(crate) fn path(&self) -> &'r str {
        self.file.path()
    }

    pub(super) fn failed(&self, why: &io::Error) -> PublishError {
        PublishError::File { path: self.path().to_owned(), why: why.to_string() }
    }

    fn open(&self) -> io::Result<Box<dyn ReadSeek + '_>> {
        let in_memory =
            self.normalised.as_deref().or_else(|| self.file.bytes().filter(|_| self.file.on_this_disk().is_none()));
        match (in_memory, self.file.on_this_disk()) {
            (Some(bytes), _) => Ok(Box::new(Cursor::new(bytes))),
            (None, Some(path)) => {
                let (file, _) = disk::open(path).map_err(|why| io::Error::other(why.to_string()))?;
                Ok(Box::new(file))
            }
            (None, None) => Err(io::Error::other("it is not checked out")),
        }
    }

    /// The content of a file that is small enough for a blob.
    ///
    /// # Errors
    /// If it cannot be read, or has grown.
    pub(crate) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.take(LARGEST_BLOB + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == self.size {
            Ok(bytes)
        } else {
            Err(io::Error::other("it changed while it was published"))
        }
    }

    /// The content that was compared with that of the Hub.
    ///
    /// # Errors
    /// If it cannot be read, or is another one by now.
    pub(super) fn as_compared(&self) -> io::Result<Vec<u8>> {
        let bytes = self.bytes()?;
        let is_same = self.blob.get().is_none_or(|blob| *blob == BlobId::of(&bytes).to_string());
        if is_same { Ok(bytes) } else { Err(io::Error::other("it changed while it was published")) }
    }

    /// Whether it has a value in it, if it is not one of the largest.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn has(&self, value: &str) -> Result<bool, PublishError> {
        if self.size > LARGEST_BLOB {
            return Ok(false);
        }
        let bytes = self.bytes().map_err(|error| self.failed(&error))?;
        Ok(bytes.windows(value.len()).any(|window| window == value.as_bytes()))
    }

    /// The beginning.
    pub(super) fn sample(&self) -> Result<Vec<u8>, PublishError> {
        let mut sample = Vec::new();
        let read = self.open().and_then(|file| file.take(SAMPLE as u64).read_to_end(&mut sample));
        read.map_err(|error| self.failed(&error))?;
        Ok(sample)
    }

    /// The name of the content as a blob of git; none if it is too large for one.
    pub(super) fn blob(&self) -> Result<Option<&str>, PublishError> {
        if self.size > LARGEST_BLOB {
            return Ok(None);
        }
        if self.blob.get().is_none() {
            let bytes = self.bytes().map_err(|error| self.failed(&error))?;
            let _ = self.blob.set(BlobId::of(&bytes).to_string());
        }
        Ok(self.blob.get().map(String::as_str))
    }

    /// The name of the content in LFS.
    pub(super) fn sha256(&self) -> Result<&str, PublishError> {
        if self.sha256.get().is_none() {
            let sum = self.hash().map_err(|error| self.failed(&error))?;
            let _ = self.sha256.set(sum);
        }
        Ok(self.sha256.get().map(String::as_str).unwrap_or_default())
    }

    fn hash(&self) -> io::Result<String> {
        let (mut file, mut hasher, mut buffer) = (self.open()?, Sha256::new(), vec![0; CHUNK]);
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(hex(&hasher.finalize())),
                read => hasher.update(&buffer[..read]),
            }
        }
    }

    /// Whether the Hub may keep it in LFS: it decides that itself.
    pub(super) fn may_be_large(&self) -> bool {
        self.size > LARGEST_BLOB || self.file.is_binary() == Some(true)
    }

    /// What a pointer of LFS stands for, if the file is one.
    pub(super) fn pointer(&self) -> Option<String> {
        let text = self.file.text().filter(|text| text.starts_with(POINTER))?;
        text.lines().find_map(|line| line.strip_prefix("oid sha256:")).map(|oid| oid.trim().to_owned())
    }
}

/// In lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

trait ReadSeek: Read + Seek {}
impl ReadSeek for DiskFile {}
impl ReadSeek for Cursor<&[u8]> {}

/// A part of a file, as storage takes it.
pub(crate) struct Part<'c> {
    pub(super) content: &'c Content<'c>,
    pub(super) from: u64,
    pub(crate) length: u64,
    /// Gets how many bytes of the file have been sent.
    pub(super) progress: &'c dyn Fn(u64),
}

impl Part<'_> {
    pub(super) fn open(&self) -> io::Result<impl Read + '_> {
        let mut file = self.content.open()?;
        file.seek(SeekFrom::Start(self.from))?;
        Ok(Counted { file: file.take(self.length), at: self.from, progress: self.progress })
    }
}

/// A file that says how far it has been read.
struct Counted<'c, R> {
    file: R,
    at: u64,
    progress: &'c dyn Fn(u64),
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.at += read as u64;
        (self.progress)(self.at);
        Ok(read)
    }
}

/// Every file that git would push.
///
/// # Errors
/// If that cannot be known for all files, or one of them cannot be published in this way.
pub(super) fn contents(repo: &Repo) -> Result<Vec<Content<'_>>, PublishError> {
    if let Some(skipped) = repo.skipped().into_iter().next().filter(|_| !repo.lists_all()) {
        return Err(PublishError::Unlisted { path: skipped.path, why: skipped.why });
    }
    if repo.get(".gitmodules").is_some() {
        return Err(PublishError::NeedsGit { path: ".gitmodules".to_owned(), what: "submodules" });
    }
    let mut contents = Vec::new();
    for file in repo.files() {
        match file.kind() {
            FileKind::Regular if file.path().contains(char::REPLACEMENT_CHARACTER) => {
                return Err(PublishError::NeedsGit { path: file.path().to_owned(), what: "names that are not UTF-8" });
            }
            FileKind::Regular => {
                let content = Content::of(repo, file);
                content.open().map_err(|error| content.failed(&error))?;
                contents.push(content);
            }
            FileKind::Symlink => {
                return Err(PublishError::NeedsGit { path: file.path().to_owned(), what: "symbolic links" });
            }
            // Git pushes none
            FileKind::Special => {}
        }
    }
    refuse_nested(repo, &contents)?;
    Ok(contents)
}

/// Refuses a repository within this one: git would push a link to its commit, and none of its files.
fn refuse_nested(repo: &Repo, contents: &[Content<'_>]) -> Result<(), PublishError> {
    let Some(root) = repo.root() else { return Ok(()) };
    let folders =
        contents.iter().flat_map(|content| content.path().match_indices('/').map(|(at, _)| &content.path()[..at]));
    let folders: BTreeSet<&str> = folders.collect();
    match folders.into_iter().find(|folder| disk::about(&root.join(folder).join(".git")).is_ok()) {
        Some(folder) => {
            Err(PublishError::NeedsGit { path: folder.to_owned(), what: "repositories within a repository" })
        }
        None => Ok(()),
    }
}
