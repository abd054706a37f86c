//! Paths inside a repository.

use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::values::Invalid;

/// A path that stays inside the repository: relative, `/` between its parts, no `..`, nothing that belongs to git.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepoPath(String);

impl TryFrom<String> for RepoPath {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<RepoPath> for String {
    fn from(path: RepoPath) -> Self {
        path.0
    }
}

impl RepoPath {
    /// The path, with `/` between its parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as the operating system takes it.
    #[must_use]
    pub fn to_path(&self) -> PathBuf {
        self.0.split('/').collect()
    }

    /// The folders that contain it, outermost first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// The last part.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl std::fmt::Display for RepoPath {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for RepoPath {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let bad = |why: &str| Err(Invalid::new(format!("the path {text:?} {why}")));
        if text.chars().any(|char| char.is_control() || char == '\\') {
            return bad("has a control character or a backslash");
        }
        for part in text.split('/') {
            match part {
                "" => return bad("is empty, absolute, or has an empty part"),
                "." | ".." => return bad("has a part that is `.` or `..`"),
                part if part.eq_ignore_ascii_case(".git") => return bad("is git's own"),
                _ => {}
            }
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_repository() {
        for text in ["", "/a", "a//b", "../a", "a/../b", "a/.", ".git/config", "a/.GIT/x", "a\\b", "a\nb", "a/"] {
            assert!(text.parse::<RepoPath>().is_err(), "{text:?}");
        }
        let path: RepoPath = "a/b/c.txt".parse().unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(path.file_name(), "c.txt");
    }
}
