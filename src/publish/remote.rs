//! What the Hub has of a Space.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::content::hex;
use super::error::{PublishError, RemoteCommit};
use super::http::Client;
use super::request::{Of, Request, Target};

/// The file that says what is in LFS. The Hub makes one for a Space, and adds a line for each file in LFS that it does not name.
pub(super) const GITATTRIBUTES: &str = ".gitattributes";

/// A Space has fewer files than these pages of a thousand have.
const MOST_PAGES: usize = 200;

/// The files that a Space has from the beginning: the last two only if it is static.
const FIRST_FILES: [&str; 4] = [GITATTRIBUTES, "README.md", "index.html", "style.css"];

/// How many commits are named.
const NAMED: usize = 3;

/// The Space.
#[derive(Debug, Deserialize)]
pub(super) struct Info {
    /// Its last commit.
    pub(super) sha: String,
    /// The SDK of its README.
    pub(super) sdk: Option<String>,
    #[serde(default)]
    pub(super) private: bool,
    /// Where its app is.
    pub(super) host: Option<String>,
}

/// Who the token belongs to.
#[derive(Debug, Deserialize)]
pub(super) struct Whoami {
    pub(super) name: String,
}

/// The state of its app.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Runtime {
    pub(super) stage: String,
    #[serde(default)]
    pub(super) hardware: Option<Hardware>,
    /// The commit that runs. Not every answer has it.
    pub(super) sha: Option<String>,
    #[serde(rename = "errorMessage")]
    pub(super) message: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Hardware {
    pub(super) current: Option<String>,
    pub(super) requested: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    path: String,
    oid: String,
    lfs: Option<Large>,
}

#[derive(Debug, Deserialize)]
struct Large {
    oid: String,
}

#[derive(Debug, Deserialize)]
struct Committed {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    date: String,
}

/// How the Hub keeps the content of a file: its name in git, or in LFS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    Blob(String),
    Large(String),
}

/// The files of a Space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree(pub(super) BTreeMap<String, Kept>);

impl Tree {
    /// Reads all pages.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub(super) fn of(hub: &Client, space: Of<'_>) -> Result<Self, PublishError> {
        let mut files = BTreeMap::new();
        let mut request = space.tree();
        for _ in 0..MOST_PAGES {
            let answer = hub.send(&request)?;
            let entries: Vec<Entry> = answer.json(&request.what)?;
            for entry in entries.into_iter().filter(|entry| entry.kind == "file") {
                let kept = entry.lfs.map_or(Kept::Blob(entry.oid), |large| Kept::Large(large.oid));
                files.insert(entry.path, kept);
            }
            let Some(next) = answer.next else { return Ok(Self(files)) };
            let Some(path) = hub.own_path(&next) else {
                return Err(PublishError::Redirect { what: request.what, to: "the next page".to_owned() });
            };
            request = Request { target: Target::Hub(path), ..request };
        }
        Err(PublishError::Answer { what: request.what })
    }

    /// A name for all of it, by which it is recognised. The Hub itself adds lines to one file, which therefore does not count.
    pub(super) fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for (path, kept) in self.0.iter().filter(|(path, _)| *path != GITATTRIBUTES) {
            let (Kept::Blob(name) | Kept::Large(name)) = kept;
            hasher.update(format!("{path}\0{name}\n"));
        }
        hex(&hasher.finalize())
    }
}

/// The last commits of a Space that may not be ours; none if it only has what the Hub gives a new one.
///
/// # Errors
/// If they cannot be listed.
pub(super) fn commits_of_others(hub: &Client, space: Of<'_>, tree: &Tree) -> Result<Vec<RemoteCommit>, PublishError> {
    let request = space.commits();
    let commits: Vec<Committed> = hub.send(&request)?.json(&request.what)?;
    let is_first = commits.len() <= 1 && tree.0.keys().all(|path| FIRST_FILES.contains(&path.as_str()));
    let named = commits.into_iter().take(if is_first { 0 } else { NAMED });
    Ok(named.map(|commit| RemoteCommit { id: commit.id, title: commit.title, date: commit.date }).collect())
}
