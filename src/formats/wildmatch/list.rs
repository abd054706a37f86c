//! Patterns of git in their order, of which the last one that matches is wanted.
//!
//! Nearly all are plain names, paths and endings, which are looked up: there may be a hundred thousand files to match.

use std::collections::HashMap;

use super::git::{GitPattern, Shape};
use super::work::Steps;

/// The patterns of a file.
#[derive(Debug, Default)]
pub(crate) struct GitPatterns {
    /// Whether all are gone through, so that more than the last one can be found.
    are_all_wanted: bool,
    names: HashMap<Box<str>, Last>,
    paths: HashMap<Box<str>, Last>,
    /// `.png` of `*.png`.
    endings: HashMap<Box<str>, Last>,
    longest_ending: usize,
    /// The others, in their order.
    others: Vec<Other>,
    len: usize,
}

/// The last patterns of those that are the same.
#[derive(Debug, Default)]
struct Last {
    of_all: Option<usize>,
    /// Of those that match folders alone.
    of_folders: Option<usize>,
}

impl Last {
    fn set(&mut self, only_folders: bool, at: usize) {
        *(if only_folders { &mut self.of_folders } else { &mut self.of_all }) = Some(at);
    }

    fn get(&self, is_folder: bool) -> Option<usize> {
        if is_folder { self.of_all.max(self.of_folders) } else { self.of_all }
    }
}

#[derive(Debug)]
struct Other {
    at: usize,
    only_folders: bool,
    shape: Shape<Box<str>>,
}

impl GitPatterns {
    /// None so far, of which more than the last one that matches is wanted.
    pub(crate) fn all() -> Self {
        Self { are_all_wanted: true, ..Self::default() }
    }

    /// Adds one, and gives its place. What matches nothing takes a place too.
    pub(crate) fn push(&mut self, pattern: Option<GitPattern<'_>>) -> usize {
        let at = self.len;
        self.len += 1;
        let Some(GitPattern { only_folders, shape, .. }) = pattern else { return at };
        let (known, text) = match shape {
            Shape::Name(name) if !self.are_all_wanted => (&mut self.names, name),
            Shape::Path(path) if !self.are_all_wanted => (&mut self.paths, path),
            Shape::Ending(ending) if !self.are_all_wanted && ending.starts_with('.') => {
                self.longest_ending = self.longest_ending.max(ending.len());
                (&mut self.endings, ending)
            }
            shape => {
                self.others.push(Other { at, only_folders, shape: shape.owned() });
                return at;
            }
        };
        known.entry(text.into()).or_default().set(only_folders, at);
        at
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The place of the last one that matches a path, whose last part is `name`. None also if the steps are used up.
    pub(crate) fn last(&self, path: &str, name: &str, is_folder: bool, steps: &mut Steps) -> Option<usize> {
        let known = self.looked_up(path, name, is_folder, steps);
        let others = self.others.iter().rev().take_while(|other| known.is_none_or(|known| known < other.at));
        let last = Self::first_match(others, (path, name, is_folder), steps).or(known);
        last.filter(|_| !steps.are_used_up())
    }

    /// The place of the last one before a place that matches a file, of [`GitPatterns::all`].
    pub(crate) fn last_before(&self, before: usize, path: &str, name: &str, steps: &mut Steps) -> Option<usize> {
        let end = self.others.partition_point(|other| other.at < before);
        let last = Self::first_match(self.others[..end].iter().rev(), (path, name, false), steps);
        last.filter(|_| !steps.are_used_up())
    }

    fn first_match<'o>(
        mut others: impl Iterator<Item = &'o Other>,
        (path, name, is_folder): (&str, &str, bool),
        steps: &mut Steps,
    ) -> Option<usize> {
        let other = others.find(|other| {
            let is_meant = is_folder || !other.only_folders;
            steps.are_used_up() || is_meant && other.shape.matches(path, name, steps)
        });
        other.map(|other| other.at)
    }

    fn looked_up(&self, path: &str, name: &str, is_folder: bool, steps: &mut Steps) -> Option<usize> {
        let find = |all: &HashMap<Box<str>, Last>, key: &str| all.get(key).and_then(|last| last.get(is_folder));
        let mut last = None;
        if !self.names.is_empty() && steps.take(4 + name.len() / 8) {
            last = last.max(find(&self.names, name));
        }
        if !self.paths.is_empty() && steps.take(4 + path.len() / 8) {
            last = last.max(find(&self.paths, path));
        }
        if self.longest_ending > 0 {
            let shortest = name.len().saturating_sub(self.longest_ending);
            for (dot, _) in name.match_indices('.').filter(|(dot, _)| *dot >= shortest) {
                if !steps.take(4 + (name.len() - dot) / 8) {
                    break;
                }
                last = last.max(find(&self.endings, &name[dot..]));
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_all_kinds_counts() {
        let texts = ["*.md", "a.md", "docs/a.md", "docs/", "*~", "d*s/*", "*.md/", "docs/a.md", "[", "a.*"];
        let last = |path: &str, is_folder: bool, count: usize| {
            let mut patterns = GitPatterns::default();
            for text in &texts[..count] {
                patterns.push(GitPattern::read(text));
            }
            let name = path.rsplit('/').next().unwrap();
            patterns.last(path, name, is_folder, &mut Steps::of(u64::MAX)).map(|at| texts[at])
        };
        assert_eq!(last("b.md", false, 10), Some("*.md"));
        assert_eq!(last("b.md", true, 10), Some("*.md/"));
        assert_eq!(last("docs/a.md", false, 2), Some("a.md"));
        assert_eq!(last("docs/a.md", false, 5), Some("docs/a.md"));
        assert_eq!(last("docs/a.md", false, 7), Some("d*s/*"));
        assert_eq!(last("docs/a.md", false, 10), Some("a.*"));
        assert_eq!(last("docs", true, 10), Some("docs/"));
        assert_eq!(last("docs", false, 10), None);
        assert_eq!(last("x~", false, 10), Some("*~"));
    }
}
