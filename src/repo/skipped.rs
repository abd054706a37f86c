//! What was skipped in a folder, and why. Otherwise an incomplete check would look like a clean one.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A part of a folder that was skipped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[non_exhaustive]
pub struct Skipped {
    /// Its path in the folder.
    pub path: String,
    /// Why.
    pub why: String,
}

/// More entries than these are only counted: a hostile folder could have any number.
const MOST: usize = 100;

/// A list that every reader of a repository adds to.
#[derive(Debug, Clone, Default)]
pub(super) struct SkippedList(Arc<Mutex<Noted>>);

#[derive(Debug, Default)]
struct Noted {
    items: BTreeSet<Skipped>,
    more: usize,
    /// Folders with unknown content.
    unlisted: BTreeSet<String>,
    /// Whether files may be missing anywhere.
    is_cut: bool,
    /// Whether git may ignore files that are listed.
    lacks_ignores: bool,
}

impl SkippedList {
    /// Adds one.
    pub(super) fn note(&self, path: impl Into<String>, why: impl Into<String>) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let item = Skipped { path: path.into(), why: why.into() };
        if noted.items.len() < MOST {
            noted.items.insert(item);
        } else if !noted.items.contains(&item) {
            noted.more += 1;
        }
    }

    /// Adds an unreadable folder.
    pub(super) fn note_unlisted(&self, folder: &str, why: impl Into<String>) {
        self.note(if folder.is_empty() { "." } else { folder }, why);
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.unlisted.len() < MOST {
            noted.unlisted.insert(folder.to_owned());
        } else {
            noted.is_cut = true;
        }
    }

    /// Adds ignore patterns that were skipped.
    pub(super) fn note_ignore(&self, path: impl Into<String>, why: impl Into<String>) {
        self.note(path, why);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).lacks_ignores = true;
    }

    /// Whether git may ignore files that are listed.
    pub(super) fn lacks_ignores(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).lacks_ignores
    }

    /// Whether every file was listed, and only those that git does not ignore.
    #[cfg(feature = "online")]
    pub(super) fn is_complete(&self) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !(noted.is_cut || noted.lacks_ignores) && noted.unlisted.is_empty()
    }

    /// From now on, a file that is not listed may still exist.
    pub(super) fn hide_anything(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_cut = true;
    }

    /// Whether a path that is not listed may still exist.
    pub(super) fn may_hide(&self, path: &str) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_within = |folder: &String| {
            let rest = path.strip_prefix(folder.as_str());
            folder.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        noted.is_cut || noted.unlisted.iter().any(is_within)
    }

    /// All of them, ordered by path. If there are too many, the last one gives the number of the others.
    pub(super) fn all(&self) -> Vec<Skipped> {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<Skipped> = noted.items.iter().cloned().collect();
        if noted.more > 0 {
            all.push(Skipped { path: "..".to_owned(), why: format!("{} more were skipped", noted.more) });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_an_unlisted_folder_is_not_known_to_be_missing() {
        let list = SkippedList::default();
        list.note("large.txt", "too large");
        assert!(!list.may_hide("large.txt"));
        list.note_unlisted("a/b", "permission denied");
        assert!(list.may_hide("a/b") && list.may_hide("a/b/c") && !list.may_hide("a/bc") && !list.may_hide("a"));
        list.hide_anything();
        assert!(list.may_hide("a"));
    }

    #[test]
    fn what_is_noted_twice_is_listed_once_and_the_list_is_bounded() {
        let list = SkippedList::default();
        list.note("b", "too large");
        list.clone().note("b", "too large");
        list.note("a", "unreadable");
        let paths: Vec<String> = list.all().into_iter().map(|skipped| skipped.path).collect();
        assert_eq!(paths, ["a", "b"]);
        for number in 0..200 {
            list.note(format!("c{number:03}"), "too large");
        }
        let all = list.all();
        assert_eq!(all.len(), MOST + 1);
        assert_eq!(all[MOST].why, "102 more were skipped");
    }
}
