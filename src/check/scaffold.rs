//! The check of a generated Space before it is written.

use super::diagnostic::Level;
use super::rule::Cause;
use super::{Checker, Diagnostic, rule};
use crate::answers::{Spec, SpecError};
use crate::plan::Plan;

/// The findings in a generated Space, by cause.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ScaffoldFindings {
    /// Caused by the template: a bug of ours.
    pub template: Vec<Diagnostic>,
    /// Caused by the answers: bundled files, the command, variables and packages.
    pub given: Vec<Diagnostic>,
    /// Packages among the answers with which the Space certainly fails.
    pub refused: Vec<SpecError>,
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
                    Some(Cause::Apt) => !spec.apt().is_empty(),
                    Some(Cause::Pip) => !spec.pip().is_empty(),
                    None => false,
                }
        };
        let (mut given, template): (Vec<_>, _) = Checker::new().check(&self.to_repo()).into_iter().partition(is_given);
        given.retain(|found| cause(found) != Some(Cause::WarnedCommand));
        let refused = given.iter().filter_map(|found| refusal(found, cause(found)?)).collect();
        given.retain(|found| cause(found).and_then(|cause| refusal(found, cause)).is_none());
        ScaffoldFindings { template, given, refused }
    }
}

/// The error for packages with which the Space certainly fails.
fn refusal(found: &Diagnostic, cause: Cause) -> Option<SpecError> {
    let key = match cause {
        Cause::Apt => "apt",
        Cause::Pip => "pip",
        Cause::Command | Cause::WarnedCommand | Cause::Variables => return None,
    };
    let error = (found.level == Level::Error).then(|| SpecError::new(key, found.message.clone()).flagged(key))?;
    Some(match &found.help {
        Some(help) => error.hinted(help.clone()),
        None => error,
    })
}
