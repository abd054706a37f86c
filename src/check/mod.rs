//! Says what will be refused, will not build or will not run, and how to mend it.
//!
//! A [`Rule`] looks at a [`Repo`] through parsed views and gives findings; the engine names, levels and sorts them. No
//! rule reads the disk, prints or sorts. A rule that cannot know stays silent.

mod diagnostic;
mod rule;
mod rules;
mod space;

pub use diagnostic::{Diagnostic, Edit, Fix, Level, Place, Related, Safety};
pub use rule::{Group, Rule};

use crate::repo::Repo;
use space::Space;

/// Every rule, in the order of their ids.
#[must_use]
pub fn rules() -> &'static [Rule] {
    rules::RULES
}

/// The check, with its settings.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    pedantic: bool,
}

impl Checker {
    /// The rules of every group but `pedantic`.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs the pedantic rules too.
    #[must_use]
    pub fn pedantic(mut self, pedantic: bool) -> Self {
        self.pedantic = pedantic;
        self
    }

    /// What is wrong, in the order of paths, positions and rules.
    #[must_use]
    pub fn check(&self, repo: &Repo) -> Vec<Diagnostic> {
        let space = Space::new(repo);
        let mut diagnostics = Vec::new();
        for rule in rules().iter().filter(|rule| self.pedantic || rule.group != Group::Pedantic) {
            let mut findings = Vec::new();
            (rule.check)(&space, &mut findings);
            diagnostics.extend(findings.into_iter().map(|finding| finding.named(rule.id, rule.group.level())));
        }
        diagnostics.sort_by(|one, other| (&one.place, one.rule).cmp(&(&other.place, other.rule)));
        diagnostics
    }
}
