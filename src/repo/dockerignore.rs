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
    lines: Vec<(GlobMatcher, bool, usize)>,
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
            let glob = GlobBuilder::new(pattern).literal_separator(true).build();
            lines.extend(glob.ok().map(|glob| (glob.compile_matcher(), keeps_out, number)));
        }
        Self { lines }
    }

    /// The line, from 0, that keeps a path out; none if it is let in. A path is kept out with the folder that it is in.
    #[must_use]
    pub fn keeps_out(&self, path: &str) -> Option<usize> {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let parts: Vec<&str> = folders.chain([path]).collect();
        let matching = |(glob, _, _): &&(GlobMatcher, bool, usize)| parts.iter().any(|part| glob.is_match(part));
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
}
