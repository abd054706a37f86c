//! Which files git sends through LFS or Xet, by the `.gitattributes` of the repository.
//!
//! Source: <https://git-scm.com/docs/gitattributes>; patterns are those of `.gitignore` without negation.

use std::collections::HashMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::Repo;

/// More lines than these are not read, nor more patterns that need a machine.
const MOST_LINES: usize = 10_000;
const MOST_GLOBS: usize = 500;

/// The lines of all `.gitattributes`, in the order in which they count.
#[derive(Debug)]
pub struct Attributes {
    lines: Vec<Line>,
    /// The last line for each ending of the root's, such as `.png`: there are a hundred, and each file would be compared with all.
    endings: HashMap<String, usize>,
    /// The other lines, by their places.
    others: Vec<usize>,
}

#[derive(Debug)]
struct Line {
    /// The folder of the file, with a slash at its end; empty for the root.
    folder: String,
    pattern: Pattern,
    /// Whether what matches goes through a filter for large files.
    large: bool,
}

/// A pattern. Nearly all are of the kinds that need no machine to match, and a machine asked about each of many files is slow.
#[derive(Debug)]
enum Pattern {
    /// `*.png`: the dot and the rest.
    Ending(String),
    /// `*tfevents*`: what is between the stars.
    Inside(String),
    /// `saved_model/**/*`: the folder with a slash at its end.
    Below(String),
    /// Any other.
    Glob(Gitignore),
}

impl Pattern {
    fn read(text: &str) -> Option<Self> {
        let is_plain = |text: &&str| !text.contains(['*', '?', '[', '{', '\\']);
        let is_part = |text: &&str| is_plain(text) && !text.contains('/');
        if let Some(ending) = text.strip_prefix('*').filter(is_part) {
            return Some(Self::Ending(ending.to_owned()));
        }
        if let Some(inside) = text.strip_prefix('*').and_then(|text| text.strip_suffix('*')).filter(is_part) {
            return Some(Self::Inside(inside.to_owned()));
        }
        let folder = text.strip_suffix("/**/*").or_else(|| text.strip_suffix("/**")).filter(is_plain);
        if let Some(folder) = folder.map(|folder| folder.trim_start_matches('/')).filter(|folder| !folder.is_empty()) {
            return Some(Self::Below(format!("{folder}/")));
        }
        let mut builder = GitignoreBuilder::new("");
        builder.add_line(None, text).ok()?;
        Some(Self::Glob(builder.build().ok()?))
    }

    /// `name` is the last part of the path.
    fn matches(&self, path: &str, name: &str) -> bool {
        match self {
            // A folder of that name passes its attributes on to nothing: only a whole name counts
            Self::Ending(ending) => name.ends_with(ending),
            Self::Inside(inside) => name.contains(inside.as_str()),
            Self::Below(folder) => path.starts_with(folder.as_str()),
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
        let mut endings = HashMap::new();
        let mut others = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            match &line.pattern {
                Pattern::Ending(ending) if line.folder.is_empty() && ending.starts_with('.') => {
                    endings.insert(ending.clone(), at);
                }
                _ => others.push(at),
            }
        }
        Self { lines, endings, others }
    }

    /// Whether a file goes through LFS or Xet: the last line that speaks of it counts.
    #[must_use]
    pub fn is_large(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let by_ending = name.match_indices('.').filter_map(|(at, _)| self.endings.get(&name[at..]).copied()).max();
        let speaks = |at: &usize| {
            let line = &self.lines[*at];
            path.strip_prefix(&line.folder).is_some_and(|within| line.pattern.matches(within, name))
        };
        let by_other = self.others.iter().copied().rev().find(speaks);
        by_ending.max(by_other).is_some_and(|at| self.lines[at].large)
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
        let text = "*tfevents* filter=lfs\n*.tar.* filter=lfs\n/a/b/** filter=lfs\nc/**/* filter=lfs\n";
        let attributes = Attributes::of(&Repo::from_files([(".gitattributes".parse().unwrap(), text.into())]));
        for path in ["x/events.out.tfevents.1", "tfevents", "x/a.tar.zst", "a/b/c", "a/b/c/d", "c/d", "c/d/e"] {
            assert!(attributes.is_large(path), "{path}");
        }
        for path in ["x/events", "x.tar", "tfevents/a", "a/b", "x/a/b/c", "c", "x/c/d", "cc/d"] {
            assert!(!attributes.is_large(path), "{path}");
        }
        let text = "icons/* -filter\n*.png filter=lfs\n*.a.png -filter\n*b.png -filter\n";
        let attributes = Attributes::of(&Repo::from_files([(".gitattributes".parse().unwrap(), text.into())]));
        assert!(attributes.is_large("icons/c.png"));
        assert!(!attributes.is_large("c.a.png") && !attributes.is_large("cb.png"), "the later line counts");
    }
}
