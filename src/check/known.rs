//! Look-ups of rules by name, and of the kind of a repository, for other modules.

use super::{Checker, Rule, UnknownRule};
use crate::repo::Repo;

impl Rule {
    /// A rule, by its id.
    ///
    /// # Errors
    /// If the rule does not exist.
    pub fn named(id: &str) -> Result<&'static Self, UnknownRule> {
        super::rule(id).ok_or_else(|| UnknownRule(id.to_owned()))
    }

    /// The current id of a rule, by its id in the last version.
    #[must_use]
    pub fn renamed(id: &str) -> Option<&'static str> {
        super::renamed(id)
    }
}

impl UnknownRule {
    /// The rule with the most similar id.
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
