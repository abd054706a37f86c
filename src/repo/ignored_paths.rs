//! What a listing left out because git ignores it.

use std::collections::BTreeSet;

/// More are not kept: then anything may be ignored.
const MOST: usize = 5000;

/// Ignored files, and ignored folders without what is below them.
#[derive(Debug, Clone, Default)]
pub(super) struct IgnoredPaths {
    paths: BTreeSet<String>,
    is_cut: bool,
}

impl IgnoredPaths {
    pub(super) fn add(&mut self, path: String) {
        if self.paths.len() < MOST {
            self.paths.insert(path);
        } else {
            self.is_cut = true;
        }
    }

    /// Whether a path may be one of them, or below one.
    pub(super) fn may_have(&self, path: &str) -> bool {
        let mut parts = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
        self.is_cut || (!self.paths.is_empty() && parts.any(|part| self.paths.contains(part)))
    }

    /// All of them, if they are known.
    pub(super) fn all(&self) -> Option<&BTreeSet<String>> {
        (!self.is_cut).then_some(&self.paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_an_ignored_folder_is_ignored() {
        let mut ignored = IgnoredPaths::default();
        assert!(!ignored.may_have("a") && ignored.all().is_some_and(BTreeSet::is_empty));
        ignored.add("web/lib".to_owned());
        for (path, has) in [("web/lib", true), ("web/lib/a/b.js", true), ("web/lib2", false), ("web", false)] {
            assert_eq!(ignored.may_have(path), has, "{path}");
        }
        (0..MOST).for_each(|number| ignored.add(number.to_string()));
        assert!(ignored.may_have("x") && ignored.all().is_none());
    }
}
