//! Brings the files of a folder to the Hub: what it does not have yet, in one commit.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::commit::Commit;
use super::content::{Content, LARGEST_BLOB};
use super::error::PublishError;
use super::http::Client;
use super::large;
use super::published::Progress;
use super::remote::{GITATTRIBUTES, Kept, Tree};
use super::request::Of;

/// How many files are asked about at once. Source: `_fetch_upload_modes` of `huggingface_hub`.
const ASKED_MOST: usize = 256;

/// What differs between the folder and the Hub.
#[derive(Debug)]
pub(super) struct Difference<'c> {
    pub(super) changed: Vec<&'c Content<'c>>,
    pub(super) deleted: Vec<String>,
    pub(super) unchanged: usize,
}

impl<'c> Difference<'c> {
    /// Compares the names of the contents. `attributes` is that of the `.gitattributes` that was published last: lines that the Hub
    /// added are ignored. A folder without that file does not delete it.
    ///
    /// # Errors
    /// If a file cannot be read, or is a pointer to something that the Hub does not have.
    pub(super) fn of(contents: &'c [Content<'c>], tree: &Tree, attributes: Option<&str>) -> Result<Self, PublishError> {
        let mut difference = Self { changed: Vec::new(), deleted: Vec::new(), unchanged: 0 };
        for content in contents {
            let pointer = content.pointer();
            let is_same = match (tree.0.get(content.path()), &pointer) {
                (Some(Kept::Large(oid)), Some(target)) => oid == target,
                (Some(Kept::Large(oid)), None) => content.sha256()? == oid,
                (Some(Kept::Blob(name)), _) => {
                    let blob = content.blob()?;
                    let is_published = content.path() == GITATTRIBUTES && attributes.is_some() && blob == attributes;
                    blob == Some(name.as_str()) || is_published
                }
                (None, _) => false,
            };
            if is_same {
                difference.unchanged += 1;
            } else if pointer.is_some() {
                return Err(PublishError::Pointer(content.path().to_owned()));
            } else {
                difference.changed.push(content);
            }
        }
        let here: BTreeSet<&str> = contents.iter().map(|content| content.path()).collect();
        let gone = tree.0.keys().filter(|path| !here.contains(path.as_str()) && *path != GITATTRIBUTES);
        difference.deleted = gone.cloned().collect();
        Ok(difference)
    }

    /// The name in git of the `.gitattributes` of a folder; empty without one.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn attributes(contents: &[Content<'_>]) -> Result<String, PublishError> {
        let content = contents.iter().find(|content| content.path() == GITATTRIBUTES);
        Ok(content.map(Content::blob).transpose()?.flatten().unwrap_or_default().to_owned())
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.changed.is_empty() && self.deleted.is_empty()
    }
}

#[derive(Debug, Deserialize)]
struct Modes {
    files: Vec<FileMode>,
}

#[derive(Debug, Deserialize)]
struct FileMode {
    path: String,
    #[serde(rename = "uploadMode")]
    mode: String,
}

/// What is asked about one file.
///
/// # Errors
/// If it cannot be read.
pub(super) fn question(content: &Content<'_>) -> Result<Value, PublishError> {
    Ok(json!({"path": content.path(), "sample": STANDARD.encode(content.sample()?), "size": content.size}))
}

/// The files that the Hub keeps in LFS: it decides that by their names, sizes and beginnings.
fn kept_in_lfs<'c>(
    hub: &Client,
    space: Of<'_>,
    changed: &[&'c Content<'c>],
) -> Result<BTreeSet<&'c str>, PublishError> {
    let mut large: BTreeSet<&str> = BTreeSet::new();
    for some in changed.chunks(ASKED_MOST) {
        let questions: Vec<Value> = some.iter().map(|content| question(content)).collect::<Result<_, _>>()?;
        let request = space.preupload(&questions);
        let modes: Modes = hub.send(&request)?.json(&request.what)?;
        let by_path: BTreeMap<&str, &str> =
            modes.files.iter().map(|file| (file.path.as_str(), file.mode.as_str())).collect();
        for content in some {
            let is_large =
                by_path.get(content.path()).is_some_and(|mode| *mode == "lfs") || content.size > LARGEST_BLOB;
            // Storage refuses empty files
            if is_large && content.size > 0 {
                large.insert(content.path());
            }
        }
    }
    Ok(large)
}

/// The result of an upload.
pub(super) struct Prepared<'c> {
    pub(super) files: Vec<&'c Content<'c>>,
    pub(super) large: Vec<(&'c Content<'c>, &'c str)>,
}

impl<'c> Prepared<'c> {
    /// Sends the content of files in LFS. The others go into the commit itself.
    ///
    /// # Errors
    /// If the Hub refuses, or cannot be reached.
    pub(super) fn send(
        hub: &Client,
        space: Of<'_>,
        difference: &Difference<'c>,
        progress: &dyn Fn(Progress),
    ) -> Result<Self, PublishError> {
        let in_lfs = kept_in_lfs(hub, space, &difference.changed)?;
        let (large, files): (Vec<&Content<'_>>, Vec<_>) =
            difference.changed.iter().copied().partition(|content| in_lfs.contains(content.path()));
        let large: Vec<(&Content<'_>, &str)> =
            large.into_iter().map(|content| Ok((content, content.sha256()?))).collect::<Result<_, PublishError>>()?;
        large::send(hub, space, &large, progress)?;
        Ok(Self { files, large })
    }

    /// The files that the Hub has after the commit.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(super) fn tree_after(&self, before: &Tree, deleted: &[String]) -> Result<Tree, PublishError> {
        let mut after = before.clone();
        for path in deleted {
            after.0.remove(path);
        }
        for content in &self.files {
            let name = content.blob()?.unwrap_or_default();
            after.0.insert(content.path().to_owned(), Kept::Blob(name.to_owned()));
        }
        for (content, oid) in &self.large {
            after.0.insert(content.path().to_owned(), Kept::Large((*oid).to_owned()));
        }
        Ok(after)
    }

    pub(super) fn commit(self, summary: &'c str, parent: &'c str, deleted: &'c [String]) -> Commit<'c> {
        let deleted = deleted.iter().map(String::as_str).collect();
        Commit { summary, parent, files: self.files, large: self.large, deleted }
    }
}
