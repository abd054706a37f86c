//! Says what will be refused, will not build or will not run, and how to mend it.
//!
//! A [`Rule`] looks at a [`Repo`] through parsed views and gives findings; the engine names, levels and sorts them. No
//! rule reads the disk, prints or sorts. A rule that cannot know stays silent.

mod config;
mod diagnostic;
mod fix;
mod metadata;
mod python;
mod rule;
mod rules;
mod scaffold;
mod sources;
mod space;
mod suppress;
mod users;
mod verdict;

use std::collections::BTreeSet;

pub use diagnostic::{Diagnostic, Edit, Fix, Level, Place, Related, Safety};
pub use fix::{Fixed, FixedFile};
pub use rule::{Group, Rule};
pub use scaffold::ScaffoldFindings;
pub use verdict::Verdict;

pub(crate) use crate::repo::Lines;

use crate::repo::Repo;
use crate::values::nearest;
use config::Config;
use space::Space;

/// Every rule, in the order of their ids.
#[must_use]
pub fn rules() -> &'static [Rule] {
    rules::RULES
}

/// A rule by its id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().iter().find(|rule| rule.id == id)
}

/// The rule that somebody may have meant.
#[must_use]
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    nearest(id, rules().iter().map(|rule| rule.id))
}

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{0}`")]
pub struct UnknownRule(String);

impl UnknownRule {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Whether a repository is a Space, or was meant to be one: it has front matter, a Dockerfile, or our own settings. A README whose
/// content is not known may have front matter.
#[must_use]
pub fn is_space(repo: &Repo) -> bool {
    repo.get(space::README).is_some_and(|readme| readme.unread().is_some())
        || repo.get(space::DOCKERFILE).is_some()
        || repo.get(config::CONFIG).is_some()
        || repo.has_front_matter()
}

/// The check, with its settings.
#[derive(Debug, Clone, Default)]
pub struct Checker {
    pedantic: bool,
    only: BTreeSet<&'static str>,
    skip: BTreeSet<&'static str>,
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

    /// Runs these rules alone, pedantic ones too.
    ///
    /// # Errors
    /// When there is no such rule.
    pub fn only<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownRule> {
        self.only.extend(known(ids)?);
        Ok(self)
    }

    /// Leaves these rules out.
    ///
    /// # Errors
    /// When there is no such rule.
    pub fn skip<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownRule> {
        self.skip.extend(known(ids)?);
        Ok(self)
    }

    /// What is wrong, in the order of paths, positions and rules.
    #[must_use]
    pub fn check(&self, repo: &Repo) -> Vec<Diagnostic> {
        self.check_with(repo, &Verdict::default())
    }

    /// What is wrong, by this check and by what the Hub's validator has said of the README.
    #[must_use]
    pub fn check_with(&self, repo: &Repo, verdict: &Verdict) -> Vec<Diagnostic> {
        let config = Config::read(repo);
        let level = |rule: &Rule| match config.levels.get(rule.id) {
            _ if !self.runs(rule, config.pedantic, config.levels.contains_key(rule.id)) => None,
            Some(level) => *level,
            None => Some(rule.group.level()),
        };
        let space = Space::new(repo);
        let mut diagnostics = Vec::new();
        let (last, first): (Vec<_>, Vec<_>) = rules().iter().partition(|rule| LOOKS_INTO_ALL.contains(&rule.id));
        for rule in first.into_iter().chain(last) {
            let Some(level) = level(rule) else { continue };
            let mut findings = Vec::new();
            if LOOKS_INTO_ALL.contains(&rule.id) {
                suppress::read(repo);
            }
            if rule.id == INVALID_CONFIG {
                findings.clone_from(&config.findings);
            }
            (rule.check)(&space, &mut findings);
            limit(repo, rule, &mut findings);
            diagnostics.extend(findings.into_iter().map(|finding| finding.named(rule.id, level)));
        }
        if let Some((rule, level)) = rule(REFUSED_ONLINE).and_then(|rule| Some((rule, level(rule)?))) {
            let more = verdict.findings(&space, rule, level, &diagnostics);
            diagnostics.extend(more);
        }
        let unused = rule(UNUSED_IGNORE).filter(|rule| self.only.is_empty() && level(rule).is_some());
        let mut diagnostics = suppress::apply(repo, diagnostics, unused);
        diagnostics.sort_by(|one, other| (&one.place, one.rule).cmp(&(&other.place, other.rule)));
        diagnostics.dedup();
        diagnostics
    }

    fn runs(&self, rule: &Rule, pedantic: bool, has_level: bool) -> bool {
        if self.skip.contains(rule.id) {
            return false;
        }
        if !self.only.is_empty() {
            return self.only.contains(rule.id);
        }
        rule.group != Group::Pedantic || self.pedantic || pedantic || has_level
    }
}

/// They look at the beginning of each file, and go last: what another rule has read is not read again.
const LOOKS_INTO_ALL: [&str; 2] = ["binary-without-lfs", "large-text-file"];
/// Its findings come from reading the settings.
const INVALID_CONFIG: &str = "invalid-check-config";
/// Its findings come from the Hub.
const REFUSED_ONLINE: &str = "refused-metadata";
/// Its findings come from what is left of the comments.
const UNUSED_IGNORE: &str = "unused-ignore";

/// A person fixes what a thousand findings say before reading more. Without a limit, a file with one long line of faults would give
/// as many findings as it has words, each with that line.
const MOST_FINDINGS: usize = 1000;

fn limit(repo: &Repo, rule: &Rule, findings: &mut Vec<diagnostic::Finding>) {
    let more = findings.len().saturating_sub(MOST_FINDINGS);
    if let Some(first) = findings.get(MOST_FINDINGS) {
        repo.skip(first.place().path(), format!("`{}` has {more} more findings, which are not listed", rule.id));
        findings.truncate(MOST_FINDINGS);
    }
}

fn known<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Vec<&'static str>, UnknownRule> {
    ids.into_iter().map(|id| rule(id).map(|rule| rule.id).ok_or_else(|| UnknownRule(id.to_owned()))).collect()
}
