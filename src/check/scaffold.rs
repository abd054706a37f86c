//! The check of what is about to be written.

use super::{Checker, Diagnostic};
use crate::answers::Spec;
use crate::plan::Plan;

/// What is wrong with a Space that is about to be made, by whose doing.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ScaffoldFindings {
    /// In what the template wrote: a mistake of ours.
    pub template: Vec<Diagnostic>,
    /// In what the person gave: their files, their command and their variables.
    pub given: Vec<Diagnostic>,
}

/// Rules about the command that starts the container.
const ABOUT_THE_COMMAND: [&str; 7] = [
    "assignment-as-command",
    "loopback-bind",
    "missing-copy-source",
    "port-mismatch",
    "streamlit-xsrf",
    "gradio-on-loopback",
    "variable-in-exec-form",
];

/// Rules about the values of variables.
const ABOUT_THE_VARIABLES: [&str; 2] = ["key-in-image", "secret-in-image"];

/// The specification has a caution of its own for it.
const TOLD_WITH_THE_ANSWERS: &str = "variable-in-exec-form";

impl Plan {
    /// Checks what would be written.
    #[must_use]
    pub fn check(&self, spec: &Spec) -> ScaffoldFindings {
        let is_given = |found: &Diagnostic| {
            found.place.path().starts_with("assets/")
                || (spec.command().is_some() && ABOUT_THE_COMMAND.contains(&found.rule))
                || (!spec.variables().is_empty() && ABOUT_THE_VARIABLES.contains(&found.rule))
        };
        let (mut given, template): (Vec<_>, _) = Checker::new().check(&self.to_repo()).into_iter().partition(is_given);
        given.retain(|found| found.rule != TOLD_WITH_THE_ANSWERS);
        ScaffoldFindings { template, given }
    }
}
