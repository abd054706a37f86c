//! What `.dockerignore` keeps out of the build.
//!
//! Source: <https://docs.docker.com/build/concepts/context/#dockerignore-files>: patterns are matched from the root of the
//! context, the last one that matches counts, `!` lets in again.

use globset::{GlobBuilder, GlobMatcher};

/// More patterns than these are not read, since each of them is a machine.
const MOST_PATTERNS: usize = 2000;

/// The patterns of a `.dockerignore`, in their order.
#[derive(Debug, Default)]
pub struct DockerIgnore {
    lines: Vec<(Pattern, bool, usize)>,
}

/// A pattern. Nearly all are of the kinds that need no machine to match, and to make one takes longer than most rules.
#[derive(Debug)]
enum Pattern {
    /// `docs/notes.md`.
    Path(String),
    /// `*.md`, at the root: what is behind the star.
    Ending(String),
    /// `**/__pycache__`.
    Name(String),
    /// `**/*.md`, `**/*.py[cod]`: what can be behind the stars.
    NameEnding(Vec<String>),
    /// Any other.
    Glob(GlobMatcher),
}

impl Pattern {
    fn read(text: &str) -> Option<Self> {
        if is_plain(text) {
            return Some(Self::Path(text.to_owned()));
        }
        if let Some(ending) = text.strip_prefix('*').filter(|ending| is_part(ending)) {
            return Some(Self::Ending(ending.to_owned()));
        }
        if let Some(rest) = text.strip_prefix("**/") {
            if is_part(rest) {
                return Some(Self::Name(rest.to_owned()));
            }
            if let Some(endings) = rest.strip_prefix('*').and_then(endings) {
                return Some(Self::NameEnding(endings));
            }
        }
        let glob = GlobBuilder::new(text).literal_separator(true).build().ok()?;
        Some(Self::Glob(glob.compile_matcher()))
    }

    fn matches(&self, path: &str) -> bool {
        let name = || path.rsplit('/').next().unwrap_or(path);
        match self {
            Self::Path(whole) => path == whole,
            Self::Ending(ending) => path.ends_with(ending.as_str()) && !path.contains('/'),
            Self::Name(own) => name() == own,
            Self::NameEnding(endings) => endings.iter().any(|ending| name().ends_with(ending.as_str())),
            Self::Glob(glob) => glob.is_match(path),
        }
    }
}

/// Whether it stands for itself.
fn is_plain(text: &str) -> bool {
    !text.contains(['*', '?', '[', ']', '{', '}', '\\', '!'])
}

/// Whether it stands for itself, within one part of a path.
fn is_part(text: &str) -> bool {
    is_plain(text) && !text.is_empty() && !text.contains('/')
}

/// An ending, or one for each of the characters in brackets at its end.
fn endings(text: &str) -> Option<Vec<String>> {
    if is_part(text) {
        return Some(vec![text.to_owned()]);
    }
    let (stem, class) = text.strip_suffix(']')?.split_once('[')?;
    let is_simple = is_part(stem) && !class.is_empty() && class.chars().all(|char| char.is_ascii_alphanumeric());
    is_simple.then(|| class.chars().map(|last| format!("{stem}{last}")).collect())
}

impl DockerIgnore {
    /// Reads them; what is no pattern is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.starts_with('#') {
                continue;
            }
            let (pattern, keeps_out) = line.strip_prefix('!').map_or((line, true), |rest| (rest.trim(), false));
            let pattern = pattern.trim_start_matches("./").trim_matches('/');
            if pattern.is_empty() {
                continue;
            }
            if lines.len() == MOST_PATTERNS {
                break;
            }
            lines.extend(Pattern::read(pattern).map(|pattern| (pattern, keeps_out, number)));
        }
        Self { lines }
    }

    /// The line, from 0, that keeps a path out; none if it is let in. A path is kept out with the folder that it is in.
    #[must_use]
    pub fn keeps_out(&self, path: &str) -> Option<usize> {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let parts: Vec<&str> = folders.chain([path]).collect();
        let matching = |(pattern, _, _): &&(Pattern, bool, usize)| parts.iter().any(|part| pattern.matches(part));
        self.lines.iter().rev().find(matching).filter(|(_, keeps_out, _)| *keeps_out).map(|(_, _, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_docker() {
        let ignore = DockerIgnore::read("# x\n*\n!app.py\n!static/\n**/*.log\nassets/*.tmp\n");
        assert!(ignore.keeps_out("README.md").is_some());
        assert!(ignore.keeps_out("app.py").is_none());
        assert!(ignore.keeps_out("static/index.html").is_none());
        assert!(ignore.keeps_out("static/deep/a.log").is_some());
        assert!(DockerIgnore::read("*.md").keeps_out("docs/a.md").is_none(), "a pattern is no pattern of git");
        assert!(DockerIgnore::read(".streamlit").keeps_out(".streamlit/config.toml").is_some());
    }

    #[test]
    fn what_needs_no_machine_matches_as_the_machine_does() {
        let patterns = [
            "*",
            "a",
            "a/b.md",
            "*.md",
            "*md",
            "**/a",
            "**/*.md",
            "**/a/b.md",
            "**",
            "**/*",
            "*.tar.gz",
            "b*",
            "**/*.m[de]",
            "**/*.m[!e]",
        ];
        let paths =
            ["a", "a.md", ".md", "md", "a/b.md", "x/a", "x/a.md", "x/.md", "x/a/b.md", "xa", "x/y/a", "b.tar.gz"];
        for pattern in patterns {
            let machine = GlobBuilder::new(pattern).literal_separator(true).build().unwrap().compile_matcher();
            let read = Pattern::read(pattern).unwrap();
            for path in paths {
                assert_eq!(read.matches(path), machine.is_match(path), "`{pattern}` and `{path}`");
            }
        }
    }
}
