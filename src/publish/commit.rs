//! A commit, as the Hub takes it: one line of JSON for each file, made while it is sent.

use std::io::{self, Cursor, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::content::Content;

/// What is changed in one commit.
#[derive(Debug)]
pub(crate) struct Commit<'a> {
    pub(super) summary: &'a str,
    /// The commit that it follows. If another one has come, this one is refused; so is one that is sent twice.
    pub(super) parent: &'a str,
    pub(super) files: Vec<&'a Content<'a>>,
    /// Files in LFS with their names there.
    pub(super) large: Vec<(&'a Content<'a>, &'a str)>,
    pub(super) deleted: Vec<&'a str>,
}

impl Commit<'_> {
    /// How many bytes all lines have: no client sends a commit without its length.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(super) fn length(&self) -> io::Result<u64> {
        let mut length = 0;
        for at in 0.. {
            let Some(line) = self.line(at, |_| Ok(String::new()))? else { break };
            length += line.to_string().len() as u64 + 1;
        }
        // Base64 has four characters for three bytes, and none that JSON escapes
        Ok(length + self.files.iter().map(|content| content.size.div_ceil(3) * 4).sum::<u64>())
    }

    fn line(&self, at: usize, encode: impl Fn(&Content<'_>) -> io::Result<String>) -> io::Result<Option<Value>> {
        let Some(at) = at.checked_sub(1) else {
            let header = json!({"summary": self.summary, "description": "", "parentCommit": self.parent});
            return Ok(Some(json!({"key": "header", "value": header})));
        };
        if let Some(content) = self.files.get(at) {
            let value = json!({"content": encode(content)?, "path": content.path(), "encoding": "base64"});
            return Ok(Some(json!({"key": "file", "value": value})));
        }
        let at = at - self.files.len();
        if let Some((content, oid)) = self.large.get(at) {
            let value = json!({"path": content.path(), "algo": "sha256", "oid": oid, "size": content.size});
            return Ok(Some(json!({"key": "lfsFile", "value": value})));
        }
        let deleted = self.deleted.get(at - self.large.len());
        Ok(deleted.map(|path| json!({"key": "deletedFile", "value": {"path": path}})))
    }

    /// The lines, each made when it is read.
    pub(super) fn lines(&self) -> impl Read + '_ {
        Lines { commit: self, at: 0, line: Cursor::new(Vec::new()) }
    }
}

fn encoded(content: &Content<'_>) -> io::Result<String> {
    let bytes = content.as_compared().map_err(|error| io::Error::other(format!("`{}`: {error}", content.path())))?;
    Ok(STANDARD.encode(bytes))
}

struct Lines<'c> {
    commit: &'c Commit<'c>,
    at: usize,
    line: Cursor<Vec<u8>>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.line.read(buffer)? {
                0 => match self.commit.line(self.at, encoded)? {
                    Some(line) => {
                        self.at += 1;
                        self.line = Cursor::new(format!("{line}\n").into_bytes());
                    }
                    None => return Ok(0),
                },
                read => return Ok(read),
            }
        }
    }
}
