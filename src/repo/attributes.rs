//! Which files git sends through LFS or Xet, by the `.gitattributes` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitattributes>; patterns are those of `.gitignore` without negation.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Repo;

/// More lines than these are not read, nor more patterns that need a machine.
const MOST_LINES: usize = 10_000;
const MOST_GLOBS: usize = 500;

/// The lines of all `.gitattributes`, in the order in which they count.
#[derive(Debug)]
pub struct Attributes {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// The folder of the file, with a slash at its end; empty for the root.
    folder: String,
    pattern: Pattern,
    /// Whether what matches goes through a filter for large files.
    large: bool,
}

/// A pattern. Nearly all are `*.ending`, which needs no machine to match.
#[derive(Debug)]
enum Pattern {
    /// `*.png`: the dot and the rest.
    Ending(String),
    /// Any other.
    Glob(Gitignore),
}

impl Pattern {
    fn read(text: &str) -> Option<Self> {
        if let Some(ending) = text.strip_prefix('*').filter(|ending| !ending.contains(['*', '?', '[', '\\', '/'])) {
            return Some(Self::Ending(ending.to_owned()));
        }
        let mut builder = GitignoreBuilder::new("");
        builder.add_line(None, text).ok()?;
        Some(Self::Glob(builder.build().ok()?))
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            // A folder of that name passes its attributes on to nothing: only a whole name counts
            Self::Ending(ending) => path.rsplit('/').next().unwrap_or(path).ends_with(ending),
            Self::Glob(glob) => glob.matched_path_or_any_parents(path, false).is_ignore(),
        }
    }
}

impl Attributes {
    /// Reads them.
    #[must_use]
    pub fn of(repo: &Repo) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut globs = 0;
        for file in repo.files().filter(|file| file.name() == ".gitattributes") {
            let folder = file.path().strip_suffix(".gitattributes").unwrap_or_default();
            for line in file.text().unwrap_or_default().lines() {
                if lines.len() == MOST_LINES || globs == MOST_GLOBS {
                    break;
                }
                let Some(line) = read(folder, line) else { continue };
                globs += usize::from(matches!(line.pattern, Pattern::Glob(_)));
                lines.push(line);
            }
        }
        Self { lines }
    }

    /// Whether a file goes through LFS or Xet: the last line that speaks of it counts.
    #[must_use]
    pub fn is_large(&self, path: &str) -> bool {
        let speaks = |line: &&Line| path.strip_prefix(&line.folder).is_some_and(|within| line.pattern.matches(within));
        self.lines.iter().rev().find(speaks).is_some_and(|line| line.large)
    }
}

/// A line that sets or unsets the filter.
fn read(folder: &str, line: &str) -> Option<Line> {
    let line = line.trim();
    if line.starts_with('#') || line.starts_with("[attr]") || line.starts_with('!') {
        return None;
    }
    let mut words = line.split_whitespace();
    let pattern = words.next()?;
    let mut filter = words.filter_map(|word| match word {
        "-filter" | "!filter" => Some(false),
        _ => word.strip_prefix("filter=").map(|name| matches!(name, "lfs" | "xet")),
    });
    let large = filter.next_back()?;
    Some(Line { folder: folder.to_owned(), pattern: Pattern::read(pattern)?, large })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts() {
        let text = "*.png filter=lfs diff=lfs\nicons/*.png -filter\n[attr]x filter=lfs\nmodels/** filter=xet\n";
        let repo = Repo::from_files([(".gitattributes".parse().unwrap(), text.as_bytes().to_vec())]);
        let attributes = Attributes::of(&repo);
        assert!(attributes.is_large("a/b.png"));
        assert!(!attributes.is_large("icons/b.png"));
        assert!(attributes.is_large("models/deep/weights"));
        assert!(!attributes.is_large("app.py"));
    }
}
