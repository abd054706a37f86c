//! What `.dockerignore` excludes from the build context.
//!
//! Source: <https://docs.docker.com/build/concepts/context/#dockerignore-files>: patterns are matched from the root of the
//! context, the last one that matches a path or a folder above it wins, `!` includes again. The builder lists the files in one
//! way and opens them in another, and each can exclude a file (`filter.go` in <https://github.com/tonistiigi/fsutil>).

use super::Repo;
use super::skipped::SkippedList;
use crate::formats::wildmatch::{DockerPattern, LONGEST_PATTERN, Steps, Work, dockerignore_lines};

const DOCKERIGNORE: &str = ".dockerignore";
/// With more patterns, the file is ignored.
const MOST_PATTERNS: usize = 10_000;

/// The patterns of a `.dockerignore`, in order.
#[derive(Debug, Default)]
pub struct DockerIgnore {
    /// With their line numbers, from 0.
    patterns: Vec<(DockerPattern, usize)>,
    skipped: SkippedList,
    work: Work,
}

impl DockerIgnore {
    /// Reads them. A file that the builder refuses excludes nothing: the build stops, but not because of a missing file.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Self::read_into(text, Self::default())
    }

    /// Those of a repository.
    pub(crate) fn of(repo: &Repo) -> Self {
        let empty = Self { skipped: repo.skipped.clone(), work: repo.work.clone(), ..Self::default() };
        repo.text(DOCKERIGNORE).map_or_else(Self::default, |text| Self::read_into(text, empty))
    }

    fn read_into(text: &str, empty: Self) -> Self {
        let mut patterns = Vec::new();
        for (number, line) in dockerignore_lines(text) {
            if line.len() > LONGEST_PATTERN {
                let why =
                    format!("line {} is longer than {LONGEST_PATTERN} bytes, so the file was skipped", number + 1);
                empty.skipped.note(DOCKERIGNORE, why);
                return empty;
            }
            if patterns.len() == MOST_PATTERNS {
                empty
                    .skipped
                    .note(DOCKERIGNORE, format!("it has more than {MOST_PATTERNS} patterns, so it was skipped"));
                return empty;
            }
            let Some(pattern) = DockerPattern::read(&line) else { return empty };
            patterns.push((pattern, number));
        }
        Self { patterns, ..empty }
    }

    /// The line, from 0, that excludes a path; none if it is included. A path is excluded with its folder.
    #[must_use]
    pub fn keeps_out(&self, path: &str) -> Option<usize> {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let parts: Vec<&str> = folders.chain([path]).collect();
        let (line, is_over) = self.work.spend(|steps| {
            let line = self.when_opened(&parts, steps).or_else(|| self.when_listed(&parts, steps));
            (line, steps.are_used_up())
        });
        if is_over {
            self.skipped.note(DOCKERIGNORE, "matching its patterns takes too long, so they were skipped");
        }
        line.filter(|_| !is_over)
    }

    /// The last pattern wins that matches one of the parts: the folders of a path, and the path.
    fn when_opened(&self, parts: &[&str], steps: &mut Steps) -> Option<usize> {
        let matching = |(pattern, _): &&(DockerPattern, usize)| parts.iter().any(|part| pattern.matches(part, steps));
        let (last, line) = self.patterns.iter().rev().find(matching)?;
        (!last.is_exception).then_some(*line)
    }

    /// Folder by folder: a pattern that would change nothing is not tried, and then does not count for the paths below either.
    fn when_listed(&self, parts: &[&str], steps: &mut Steps) -> Option<usize> {
        if !self.patterns.iter().any(|(pattern, _)| pattern.is_exception) {
            return None;
        }
        let mut matched = vec![false; self.patterns.len()];
        let mut kept_out = None;
        for part in parts {
            kept_out = None;
            for ((pattern, line), matched) in self.patterns.iter().zip(&mut matched) {
                if !*matched {
                    let changes = pattern.is_exception == kept_out.is_some();
                    *matched = changes && pattern.matches(part, steps);
                }
                if *matched {
                    kept_out = (!pattern.is_exception).then_some(*line);
                }
            }
        }
        kept_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps_out(text: &str, path: &str) -> Option<usize> {
        DockerIgnore::read(text).keeps_out(path)
    }

    #[test]
    fn patterns_are_those_of_docker() {
        let ignore = DockerIgnore::read("# x\n*\n!app.py\n!static/\n**/*.log\nassets/*.tmp\n");
        assert_eq!(ignore.keeps_out("README.md"), Some(1));
        assert_eq!(ignore.keeps_out("app.py"), None);
        assert_eq!(ignore.keeps_out("static/index.html"), None);
        assert_eq!(ignore.keeps_out("static/deep/a.log"), Some(4));
        assert_eq!(keeps_out("*.md", "docs/a.md"), None, "a pattern is no pattern of git");
        assert_eq!(keeps_out(".streamlit", ".streamlit/config.toml"), Some(0));
        assert_eq!(keeps_out("\u{feff}a\r\n", "a"), Some(0));
    }

    #[test]
    fn a_file_is_kept_out_when_it_is_listed_or_when_it_is_opened() {
        assert_eq!(keeps_out("a\n!a/b\n", "a/b"), None);
        assert_eq!(keeps_out("a\n!a/b\n", "a/c"), Some(0));
        assert_eq!(keeps_out("!a/b\na\n", "a/b"), Some(1), "the last one counts");
        assert_eq!(keeps_out("a\n!a/b\na*\n", "a/b"), Some(2), "opening asks its folder again");
        assert_eq!(keeps_out("*/b\n!a*\n", "a/b"), Some(0), "listing did not ask its folder");
        assert_eq!(keeps_out("*\n!a\n", "a/b/c"), None);
    }

    #[test]
    fn a_changed_repository_reads_it_again() {
        let files = |text: &str| [(".dockerignore".parse().unwrap(), text.as_bytes().to_vec())];
        let repo = Repo::from_files(files("a\n"));
        assert_eq!(repo.dockerignore().keeps_out("a"), Some(0));
        assert_eq!(repo.with(files("b\n")).dockerignore().keeps_out("a"), None);
        assert_eq!(repo.without(".dockerignore").dockerignore().keeps_out("a"), None);
        let plan = crate::plan::Plan::new(
            [files("b\n")]
                .into_iter()
                .flatten()
                .map(|(path, bytes)| {
                    (
                        path,
                        crate::plan::PlannedFile::text(String::from_utf8(bytes).unwrap(), crate::plan::Mode::default()),
                    )
                })
                .collect(),
        );
        assert_eq!(repo.overlay(&plan).dockerignore().keeps_out("a"), None);
    }

    #[test]
    fn a_file_that_the_builder_refuses_keeps_nothing_out() {
        for line in ["[", "!", "a\\", "[b-a]*"] {
            assert_eq!(keeps_out(&format!("a\n{line}\n"), "a"), None, "{line}");
        }
    }

    #[test]
    fn what_exceeds_a_limit_is_skipped_and_reported() {
        let said = |text: &str| {
            let ignore = DockerIgnore::of(&Repo::from_files([(".dockerignore".parse().unwrap(), text.into())]));
            assert_eq!(ignore.keeps_out("x"), None);
            ignore.skipped.all().into_iter().map(|skipped| skipped.why).collect::<Vec<_>>()
        };
        let long = format!("x\n{}\n", "?".repeat(131_250));
        assert_eq!(said(&long), ["line 2 is longer than 4096 bytes, so the file was skipped"]);
        assert_eq!(said(&"x\n".repeat(MOST_PATTERNS + 1)), ["it has more than 10000 patterns, so it was skipped"]);
        let ignore = DockerIgnore { work: Work::of(1000), ..DockerIgnore::read(&"*a*a*a*c*\n".repeat(100)) };
        assert_eq!(ignore.keeps_out(&"a".repeat(100)), None);
        assert_eq!(ignore.skipped.all().len(), 1);
    }
}
