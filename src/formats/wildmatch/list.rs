//! Patterns of git in their order, of which the last matching one wins.
//!
//! Nearly all are plain names, paths and endings, which are looked up: there may be a hundred thousand files to match.

use std::collections::HashMap;

use super::git::{GitPattern, Shape};
use super::work::Steps;

/// The patterns of a file.
#[derive(Debug, Default)]
pub(crate) struct GitPatterns {
    /// Whether all are tried, so that not only the last one can be found.
    are_all_wanted: bool,
    names: Plain,
    paths: Plain,
    /// `.png` of `*.png`.
    endings: Plain,
    longest_ending: usize,
    /// The others, in their order.
    others: Vec<Other>,
    len: usize,
}

/// Patterns that are looked up in a map.
#[derive(Debug, Default)]
struct Plain {
    last: HashMap<Box<str>, Last>,
    /// Bits of their texts. Most lookups fail, and then need no hash.
    marks: [u64; 4],
}

impl Plain {
    fn set(&mut self, text: &str, only_folders: bool, at: usize) {
        let (word, bit) = Self::mark(text.as_bytes());
        self.marks[word] |= bit;
        self.last.entry(text.into()).or_default().set(only_folders, at);
    }

    fn get(&self, text: &str, is_folder: bool, steps: &mut Steps) -> Option<usize> {
        let (word, bit) = Self::mark(text.as_bytes());
        if self.marks[word] & bit == 0 {
            return None;
        }
        steps.take(4 + text.len() / 8);
        self.last.get(text)?.get(is_folder)
    }

    /// A bit by the length and two bytes of a text.
    fn mark(text: &[u8]) -> (usize, u64) {
        let of = |at: usize| text.get(at).map_or(0, |byte| usize::from(*byte));
        let mark = text.len().wrapping_mul(37) ^ of(text.len() / 2).wrapping_mul(5) ^ of(text.len().wrapping_sub(1));
        (mark / 64 % 4, 1 << (mark % 64))
    }
}

/// The last ones of equal patterns.
#[derive(Debug, Default)]
struct Last {
    of_all: Option<usize>,
    /// Of those that only match folders.
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
    /// An empty list for which all matching patterns can be found, not only the last one.
    pub(crate) fn all() -> Self {
        Self { are_all_wanted: true, ..Self::default() }
    }

    /// Adds one, and returns its index. A pattern that matches nothing takes an index too.
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
        known.set(text, only_folders, at);
        at
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The index of the last one that matches a path whose last part is `name`. None also if the steps are used up.
    pub(crate) fn last(&self, path: &str, name: &str, is_folder: bool, steps: &mut Steps) -> Option<usize> {
        let known = self.looked_up(path, name, is_folder, steps);
        let others = self.others.iter().rev().take_while(|other| known.is_none_or(|known| known < other.at));
        let last = Self::first_match(others, (path, name, is_folder), steps).or(known);
        last.filter(|_| !steps.are_used_up())
    }

    /// The index of the last one before an index that matches a file, of [`GitPatterns::all`].
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
        steps.take(1);
        let mut last = self.names.get(name, is_folder, steps).max(self.paths.get(path, is_folder, steps));
        if self.longest_ending > 0 {
            let shortest = name.len().saturating_sub(self.longest_ending);
            for dot in (shortest..name.len()).filter(|at| name.as_bytes()[*at] == b'.') {
                if !steps.take(1) {
                    break;
                }
                last = last.max(self.endings.get(&name[dot..], is_folder, steps));
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
