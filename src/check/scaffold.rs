//! The check of a generated Space before it is written.

use super::rule::Cause;
use super::{Checker, Diagnostic, rule};
use crate::answers::Spec;
use crate::plan::Plan;

/// The findings in a generated Space, by cause.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ScaffoldFindings {
    /// Caused by the template: a bug of ours.
    pub template: Vec<Diagnostic>,
    /// Caused by the answers: bundled files, the command and variables.
    pub given: Vec<Diagnostic>,
}

impl Plan {
    /// Checks the files of a plan.
    #[must_use]
    pub fn check(&self, spec: &Spec) -> ScaffoldFindings {
        let cause = |found: &Diagnostic| rule(found.rule).and_then(|rule| rule.cause);
        let is_given = |found: &Diagnostic| {
            found.place.path().starts_with("assets/")
                || match cause(found) {
                    Some(Cause::Command | Cause::WarnedCommand) => spec.command().is_some(),
                    Some(Cause::Variables) => !spec.variables().is_empty(),
                    None => false,
                }
        };
        let (mut given, template): (Vec<_>, _) = Checker::new().check(&self.to_repo()).into_iter().partition(is_given);
        given.retain(|found| cause(found) != Some(Cause::WarnedCommand));
        ScaffoldFindings { template, given }
    }
}
