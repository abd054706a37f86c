//! `.spaces-new.base`: what was generated, so that a later run knows which lines a person wrote.
//!
//! A line for each file, sorted by path: `path SP id SP content`. The id is the one that git gives to the generated content, and
//! the content is deflated and in Base64, or `-` for files of which the id is enough. Short ones are stored in the deflate format, but
//! not compressed. Git joins two versions of it by lines; where
//! it leaves markers of a conflict, either side will do: lines that both versions of a file have do not count as changed.
//!
//! Zeros in place of the id, as git writes them where nothing is, say that the file was there and is the person's. A file without a
//! line is one of which nothing is known.
//!
//! The file comes with a clone and is untrusted: its size, its lines and what it inflates to have bounds, paths stay inside of the
//! repository, and a content must have its id.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::values::{BlobId, RepoPath};

/// The path of the file in a repository.
pub(crate) const BASE_FILE: &str = ".spaces-new.base";

/// In place of a content that is not kept.
const NO_CONTENT: &str = "-";

/// In place of the id of a file that no run has made.
const NO_ID: &str = "0000000000000000000000000000000000000000";

/// How much the contents are compressed: the least, which is the fastest; the file is a twentieth larger.
const LEVEL: u8 = 1;

/// A content up to this size, in bytes, is only stored: the compressor has a third of a megabyte, which it clears for each.
const STORED_MOST: u16 = 4096;

/// More lines than templates have files.
const LINES_MAX: usize = 1000;

/// The maximum size of a content, and of all of them together, in bytes.
const CONTENT_MAX: usize = 512 * 1024;
const CONTENTS_MAX: usize = 4 * 1024 * 1024;

/// What an earlier run generated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Base(BTreeMap<RepoPath, Generated>);

/// A file as it was generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Generated {
    pub(crate) id: BlobId,
    /// Its text, if that is kept.
    pub(crate) text: Option<String>,
}

impl Generated {
    /// Whether the file is one of the person, which no run has made.
    pub(crate) fn is_of_the_person(&self) -> bool {
        self.text.is_none() && self.id.to_string() == NO_ID
    }
}

/// Why the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BaseError {
    /// The line, counted from 1.
    pub line: usize,
    why: &'static str,
    /// Whether the line is a marker of a conflict that git left.
    pub is_marker: bool,
}

impl Base {
    /// Reads the file.
    ///
    /// # Errors
    /// The first line that is not as this program writes it.
    pub(crate) fn read(text: &str) -> Result<Self, BaseError> {
        let mut files = BTreeMap::new();
        let mut left = CONTENTS_MAX;
        for (index, line) in text.lines().enumerate() {
            let fail = |why| BaseError { line: index + 1, why, is_marker: false };
            if index == LINES_MAX {
                return Err(fail("more lines follow than there can be files"));
            }
            if is_marker(line) {
                return Err(BaseError { is_marker: true, ..fail("git left the marker of a conflict") });
            }
            let (path, generated) = read_line(line).map_err(fail)?;
            left = left
                .checked_sub(generated.text.as_ref().map_or(0, String::len))
                .ok_or_else(|| fail("the contents up to here are too large together"))?;
            if files.insert(path, generated).is_some() {
                return Err(fail("the path stands on another line too"));
            }
        }
        Ok(Self(files))
    }

    pub(crate) fn get(&self, path: &RepoPath) -> Option<&Generated> {
        self.0.get(path)
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&RepoPath, &Generated)> {
        self.0.iter()
    }

    /// Whether it says nothing, as one that was emptied.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets a file.
    pub(crate) fn remove(&mut self, path: &RepoPath) {
        self.0.remove(path);
    }
}

/// The line of a generated file, with its content or without.
#[must_use]
pub fn line(path: &RepoPath, text: &str, with_content: bool) -> String {
    let content = if with_content { packed(text) } else { NO_CONTENT.to_owned() };
    format!("{path} {} {content}\n", BlobId::of(text.as_bytes()))
}

/// The line of a file of the person, without a line break.
pub(crate) fn line_of_the_person(path: &str) -> String {
    format!("{path} {NO_ID} {NO_CONTENT}")
}

/// The lines of a file by their paths, unread.
pub(crate) fn lines(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| Some((line.rsplitn(3, ' ').nth(2)?, line))).collect()
}

fn packed(text: &str) -> String {
    STANDARD.encode(deflated(text.as_bytes()))
}

/// A content, deflated.
fn deflated(content: &[u8]) -> Vec<u8> {
    match u16::try_from(content.len()) {
        Ok(length) if length <= STORED_MOST => stored(content, length),
        _ => compressed(content),
    }
}

/// In a function of its own: the compressor is on its stack, a page of which costs time even where nothing is compressed.
#[cold]
#[inline(never)]
fn compressed(content: &[u8]) -> Vec<u8> {
    compress_to_vec(content, LEVEL)
}

/// A content as the only block of its stream, uncompressed.
///
/// Source: section 3.2.4 of <https://www.rfc-editor.org/rfc/rfc1951>.
fn stored(content: &[u8], length: u16) -> Vec<u8> {
    const LAST_STORED: u8 = 1;
    let mut block = vec![LAST_STORED];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend(content);
    block
}

fn read_line(line: &str) -> Result<(RepoPath, Generated), &'static str> {
    let mut words = line.rsplitn(3, ' ');
    let (Some(content), Some(id), Some(path)) = (words.next(), words.next(), words.next()) else {
        return Err("it does not have a path, an id and a content");
    };
    let path: RepoPath = path.parse().map_err(|_| "the path is not one in a repository")?;
    let id: BlobId = id.parse().map_err(|_| "the id does not have 40 hexadecimal digits")?;
    if content == NO_CONTENT {
        return Ok((path, Generated { id, text: None }));
    }
    let bytes = STANDARD.decode(content).map_err(|_| "the content is not Base64")?;
    let bytes = decompress_to_vec_with_limit(&bytes, CONTENT_MAX).map_err(|_| "the content cannot be inflated")?;
    if BlobId::of(&bytes) != id {
        return Err("the content does not have that id");
    }
    let text = String::from_utf8(bytes).map_err(|_| "the content is not text")?;
    Ok((path, Generated { id, text: Some(text) }))
}

/// Whether a line is one with which git marks a conflict.
pub(crate) fn is_marker(line: &str) -> bool {
    ["<<<<<<< ", "||||||| ", ">>>>>>> "].iter().any(|marker| line.starts_with(marker)) || line == "======="
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> RepoPath {
        path.parse().unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = line(&path("Dockerfile"), "FROM python\n", true) + &line(&path("a b/.gitignore"), "*.pyc\n", false);
        let base = Base::read(&text).unwrap();
        for length in [0, 1, 4095, 4096, 4097, 70_000] {
            let long = "words ".repeat(length / 6) + &"a".repeat(length % 6);
            let read = Base::read(&line(&path("a"), &long, true)).unwrap();
            assert_eq!(read.get(&path("a")).unwrap().text.as_ref(), Some(&long), "{length}");
        }
        assert_eq!(base.get(&path("Dockerfile")).unwrap().text.as_deref(), Some("FROM python\n"));
        let ignored = base.get(&path("a b/.gitignore")).unwrap();
        assert_eq!((ignored.id, &ignored.text), (BlobId::of(b"*.pyc\n"), &None));
        assert_eq!(base, Base::read(&text.replace('\n', "\r\n")).unwrap(), "as git on Windows may check it out");
        assert_eq!(lines(&text).keys().collect::<Vec<_>>(), [&"Dockerfile", &"a b/.gitignore"]);
        assert_eq!(Base::read("").unwrap(), Base::default());
    }

    #[test]
    fn what_nobody_wrote_is_refused() {
        let good = line(&path("a"), "x\n", true);
        let id = BlobId::of(b"x\n").to_string();
        let bomb = STANDARD.encode(deflated(&vec![b'a'; CONTENT_MAX + 1]));
        let large: String =
            (0..9).map(|number| line(&path(&format!("f{number}")), &"a".repeat(CONTENT_MAX), true)).collect();
        for (text, line, why) in [
            (good.replace("a ", "../a "), 1, "the path"),
            (good.replace("a ", ".git/config "), 1, "the path"),
            (good.replace("a ", ""), 1, "it does not have"),
            (format!("{good}\n"), 2, "it does not have"),
            (good.replace(&id, &id.to_uppercase()), 1, "the id"),
            (good.replace(&id, &BlobId::of(b"y\n").to_string()), 1, "the content does not have that id"),
            (format!("a {id} %%\n"), 1, "the content is not Base64"),
            (format!("a {id} AAAA\n"), 1, "the content cannot be inflated"),
            (format!("a {id} {bomb}\n"), 1, "the content cannot be inflated"),
            (large, 9, "the contents up to here"),
            (good.repeat(2), 2, "the path stands"),
            (format!("{good}<<<<<<< HEAD\n"), 2, "git left the marker"),
            ((0..=LINES_MAX).map(|n| format!("f{n} {id} -\n")).collect(), LINES_MAX + 1, "more lines"),
        ] {
            let error = Base::read(&text).unwrap_err();
            assert!(error.line == line && error.why.starts_with(why), "{error} for {why}");
            assert_eq!(error.is_marker, why.starts_with("git left"));
        }
    }
}
