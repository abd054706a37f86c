//! What others ask of the rules by name, and of a repository before it is checked.

use super::{Checker, Rule, UnknownRule};
use crate::repo::Repo;

impl Rule {
    /// A rule, by its id.
    ///
    /// # Errors
    /// When there is no such rule.
    pub fn named(id: &str) -> Result<&'static Self, UnknownRule> {
        super::rule(id).ok_or_else(|| UnknownRule(id.to_owned()))
    }

    /// The name that a rule has now, by the one that it had before the last version.
    #[must_use]
    pub fn renamed(id: &str) -> Option<&'static str> {
        super::renamed(id)
    }
}

impl UnknownRule {
    /// The rule that may have been meant.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        super::nearest_rule(self.name())
    }
}

impl Checker {
    /// Whether a repository is a Space, or was meant to be one: it has front matter, a Dockerfile, or settings of the check. A
    /// README that cannot be read may have front matter.
    #[must_use]
    pub fn is_space(repo: &Repo) -> bool {
        super::is_space(repo)
    }
}
