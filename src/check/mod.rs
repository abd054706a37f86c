//! Finds what will be refused, will not build or will not run, and how to fix it.
//!
//! A [`Rule`] examines a [`Repo`] through parsed views and returns findings; the engine adds names and levels,
//! suppresses and sorts. It does not know any rule by its id: a rule declares its subject, when it runs and whose contract
//! it checks (`rule.rs`). No rule reads the disk, prints or sorts. A rule that cannot be certain stays silent.

mod by_git;
mod config;
mod conflicts;
mod context;
mod diagnostic;
mod excluded;
mod fix;
mod installed;
mod known;
mod metadata;
mod pairs;
mod python;
mod renamed;
mod root_home;
mod rule;
mod rules;
mod running;
mod scaffold;
mod secrets;
mod selection;
mod sources;
mod space;
mod stages;
mod static_site;
mod suppress;
mod users;
mod uv_python;
mod variables;
mod verdict;
mod workflows;
mod write;
mod writes;
mod zero_gpu;

use std::collections::BTreeSet;

pub use diagnostic::{Diagnostic, Edit, Fix, Level, Place, Related, Safety};
pub use fix::{Fixed, FixedFile};
pub use rule::{Group, Rule};
pub use scaffold::ScaffoldFindings;
pub use verdict::Verdict;

pub(crate) use crate::repo::Lines;
#[cfg(feature = "online")]
pub(crate) use rules::ENV_FILE_PUSHED;

use crate::order::Order;
use crate::repo::Repo;
use crate::target::{HuggingFaceSpaces, Target};
use crate::values::nearest;
use config::Config;
use renamed::renamed;
use rule::{Input, Phase, Syntax};
use selection::Selection;
use space::Space;

/// Every rule, in the order of their ids.
#[must_use]
pub fn rules() -> &'static [Rule] {
    rules::RULES
}

/// A rule by its id, or by its id in the last version.
pub(crate) fn rule(id: &str) -> Option<&'static Rule> {
    let id = renamed(id).unwrap_or(id);
    rules().iter().find(|rule| rule.id == id)
}

/// The rule with the most similar id.
pub(crate) fn nearest_rule(id: &str) -> Option<&'static str> {
    nearest(id, rules().iter().map(|rule| rule.id))
}

/// An unknown rule id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{0}`")]
pub struct UnknownRule(String);

impl UnknownRule {
    /// The id.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// Whether a repository is a Space, or was meant to be one.
pub(crate) fn is_space(repo: &Repo) -> bool {
    HuggingFaceSpaces.recognises(repo)
}

/// The check, with its settings.
#[derive(Debug, Clone)]
pub struct Checker {
    target: &'static dyn Target,
    pedantic: bool,
    only: BTreeSet<&'static str>,
    skip: BTreeSet<&'static str>,
    readme_alone: bool,
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// A check with the rules for a Space, of every group except `pedantic`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            target: &HuggingFaceSpaces,
            pedantic: false,
            only: BTreeSet::new(),
            skip: BTreeSet::new(),
            readme_alone: false,
        }
    }

    /// Runs the rules for the contract of another target.
    #[must_use]
    pub fn target(mut self, target: &'static dyn Target) -> Self {
        self.target = target;
        self
    }

    /// Runs the pedantic rules too.
    #[must_use]
    pub fn pedantic(mut self, pedantic: bool) -> Self {
        self.pedantic = pedantic;
        self
    }

    /// Runs only these rules, pedantic ones too.
    ///
    /// # Errors
    /// If a rule does not exist.
    pub fn only<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownRule> {
        self.only.extend(known(ids)?);
        Ok(self)
    }

    /// Skips these rules.
    ///
    /// # Errors
    /// If a rule does not exist.
    pub fn skip<'a>(mut self, ids: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownRule> {
        self.skip.extend(known(ids)?);
        Ok(self)
    }

    /// Skips the rules that compare the front matter with other files: only the README is known.
    #[must_use]
    pub fn readme_alone(mut self) -> Self {
        self.readme_alone = true;
        self
    }

    /// The findings, ordered by path, position and rule.
    #[must_use]
    pub fn check(&self, repo: &Repo) -> Vec<Diagnostic> {
        self.check_with(repo, &Verdict::default())
    }

    /// The findings, including those of the Hub's validator.
    #[must_use]
    pub fn check_with(&self, repo: &Repo, verdict: &Verdict) -> Vec<Diagnostic> {
        let config = Config::read(repo);
        let selection = Selection::new(self, &config);
        let space = Space::new(repo);
        let mut reported = Vec::new();
        let mut unused = Vec::new();
        for phase in Phase::ALL {
            match phase {
                Phase::WholeFiles => suppress::read(&space, &selection),
                Phase::AfterSuppression => {
                    let after = suppress::apply(&space, reported, &selection);
                    (reported, unused) = (after.kept, after.unused);
                }
                Phase::Views | Phase::Online => {}
            }
            for rule in rules().iter().filter(|rule| rule.phase() == phase && selection.runs(rule)) {
                // A rule that only runs for its suppressions is dropped below
                let level = selection.level(rule).unwrap_or(rule.group().level());
                let input = Input { space: &space, config: &config, verdict, reported: &reported, unused: &unused };
                let mut findings = rule.run(&input, level);
                limit(repo, rule, &mut findings);
                reported.extend(findings.into_iter().map(|finding| finding.named(rule.id, level)));
            }
        }
        let is_silent = |id: &str| rule(id).is_some_and(|rule| selection.level(rule).is_none());
        reported.retain(|diagnostic| !is_silent(diagnostic.rule));
        let mut reported = without_explained(reported);
        reported.order_by(|one, other| (&one.place, one.rule).cmp(&(&other.place, other.rule)));
        reported.dedup();
        reported
    }
}

/// The findings without those of invalid syntax where another one says why it is invalid.
fn without_explained(reported: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is = |found: &Diagnostic, syntax: Syntax| rule(found.rule).is_some_and(|rule| rule.syntax == syntax);
    let (explaining, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
        reported.into_iter().partition(|found| is(found, Syntax::Explained));
    let is_explained = |found: &Diagnostic| {
        let at = found.place.range().map(|range| range.start);
        let explains = |reason: &Diagnostic| {
            let start = reason.place.range().map(|range| range.start);
            let end = reason.related.last().and_then(|related| related.place.range()).map(|range| range.end);
            reason.place.path() == found.place.path() && start <= at && at <= end
        };
        is(found, Syntax::Invalid) && explaining.iter().any(explains)
    };
    let mut kept: Vec<Diagnostic> = others.into_iter().filter(|found| !is_explained(found)).collect();
    kept.extend(explaining);
    kept
}

/// The maximum number of findings of one rule. Without a limit, a file with one long line of faults would give as many
/// findings as it has words, each with that line.
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
