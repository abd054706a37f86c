//! What git pushes of a file beside its content: whether it is a program, and which line ends it has.

use super::Repo;
use super::file::File;
use super::object_name::name_of;
use crate::disk;
use crate::formats::wildmatch::{AttributeState, GitPattern, GitPatterns, Subject, attribute_line};

const GITATTRIBUTES: &str = ".gitattributes";
/// The maximum number of lines about line ends that are matched.
const MOST_LINES: usize = 1000;

impl Repo {
    /// Whether a file is pushed as a program: by git's index, and for a new file by its mode. None if that is unknown: what was
    /// downloaded without git has lost its modes.
    pub(crate) fn is_executable(&self, path: &str) -> Option<bool> {
        if self.is_uploaded {
            return Some(false);
        }
        let index = self.index.as_ref()?;
        index.is_executable(path).or_else(|| mode_on_disk(&self.root.as_ref()?.join(path)))
    }

    /// Whether a file is certainly pushed with CR LF at the ends of its lines.
    ///
    /// Attributes can make git store LF, and so can the configuration of git on Windows, which is not read. The
    /// object in the index shows it.
    pub(crate) fn pushes_crlf(&self, file: &File) -> bool {
        let Some(text) = file.text().filter(|text| text.contains("\r\n")) else { return false };
        if self.normalises(file.path()) == Some(true) {
            return false;
        }
        match self.index.as_ref().and_then(|index| index.id(file.path())) {
            Some(id) if id == name_of(text.as_bytes()) => true,
            Some(id) if id == name_of(text.replace("\r\n", "\n").as_bytes()) => false,
            // Changed since, or new: the configuration decides
            _ => !cfg!(windows),
        }
    }

    /// The content of a file as git stores it, where that differs from the file: attributes make git store LF.
    #[cfg(feature = "online")]
    pub(crate) fn with_lf(&self, file: &File) -> Option<Vec<u8>> {
        if self.normalises(file.path()) != Some(true) {
            return None;
        }
        let text = file.text().filter(|text| text.contains("\r\n"))?;
        Some(text.replace("\r\n", "\n").into_bytes())
    }

    /// Whether attributes make git store a file with LF. None if none of them is about it.
    fn normalises(&self, path: &str) -> Option<bool> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut ends = path.rmatch_indices('/').map(|(at, _)| at + 1).chain([0]);
        ends.find_map(|end| {
            let text = self.text(&format!("{}{GITATTRIBUTES}", &path[..end]))?;
            let (patterns, states) = about_lines(text);
            let at = self.work.spend(|steps| patterns.last(&path[end..], name, false, steps))?;
            states.get(at).copied()
        })
    }
}

/// The patterns of the lines about line ends, each with whether git then stores LF.
fn about_lines(text: &str) -> (GitPatterns, Vec<bool>) {
    let (mut patterns, mut states) = (GitPatterns::default(), Vec::new());
    for line in text.lines().take(MOST_LINES) {
        let Ok(Some(line)) = attribute_line(line) else { continue };
        let Subject::Pattern(pattern) = &line.subject else { continue };
        let Some(state) = line.states.iter().rev().find_map(|(name, state)| stores_lf(name, *state)) else { continue };
        patterns.push(GitPattern::read(pattern));
        states.push(state);
    }
    (patterns, states)
}

/// Whether an attribute makes git store LF; none if it is about something else.
fn stores_lf(name: &str, state: AttributeState<'_>) -> Option<bool> {
    match (name, state) {
        ("text" | "crlf", AttributeState::Unset) | ("binary", AttributeState::Set) => Some(false),
        ("text" | "crlf" | "eol", AttributeState::Set | AttributeState::Value(_)) => Some(true),
        _ => None,
    }
}

#[cfg(unix)]
fn mode_on_disk(path: &std::path::Path) -> Option<bool> {
    use std::os::unix::fs::PermissionsExt;
    disk::about(path).ok().filter(std::fs::Metadata::is_file).map(|about| about.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn mode_on_disk(path: &std::path::Path) -> Option<bool> {
    // Git records new files as plain ones there
    disk::size(path).map(|_| false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pushes(attributes: &str, path: &str) -> bool {
        let files = [(".gitattributes", attributes), (path, "#!/bin/sh\r\nx\r\n")];
        let files = files.map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        repo.pushes_crlf(repo.get(path).unwrap())
    }

    #[test]
    #[cfg(unix)]
    fn attributes_decide_about_line_ends() {
        for attributes in ["", "*.py text", "* text=auto\n*.sh -text", "*.sh binary", "*.sh filter=lfs"] {
            assert!(pushes(attributes, "a/b.sh"), "{attributes}");
        }
        for attributes in ["* text=auto", "*.sh text eol=lf", "*.sh eol=lf", "*.sh -text\na/*.sh text"] {
            assert!(!pushes(attributes, "a/b.sh"), "{attributes}");
        }
    }
}
