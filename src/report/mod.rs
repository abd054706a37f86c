//! From values to text: for people, for programs. Nothing here prints, and what is to be printed is a [`Printable`]. Colour
//! is for findings alone, where it is asked for.

mod adopted;
mod check_json;
mod check_text;
mod checked;
mod diff;
mod github;
mod json;
mod next_steps;
mod printable;
mod rules;
mod sarif;
mod schema;
mod skipped;
mod text;
mod tree;

use std::path::Path;

use crate::answers::Spec;
use crate::apply::WriteReport;
use crate::plan::Plan;

pub use crate::escape::shown;

pub use adopted::{Adopted, additions, adopted_json, adopted_text, merge_table, proposal_text};
pub use check_json::{check_json, rules_json};
pub use check_text::{check_text, checked_text};
pub use checked::Checked;
pub use diff::{diff, fixed_diff, merge_diff, merged_file_diff};
pub use github::check_github;
pub use json::{errors_json, made_json, message_json, templates_json, write_error_json};
pub use next_steps::{Step, next_steps};
pub use printable::Printable;
pub use rules::{explain_text, rules_page, rules_text};
pub use sarif::check_sarif;
pub use schema::schema;
pub use text::{made_text, templates_text};
pub use tree::tree;

/// A Space that was made, or would be.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Made<'a> {
    /// What was asked for.
    pub spec: &'a Spec,
    /// What it consists of.
    pub plan: &'a Plan,
    /// What was written.
    pub report: &'a WriteReport,
    /// Whether nothing was written, but only told.
    pub dry_run: bool,
}

impl<'a> Made<'a> {
    /// A Space that was made, or, in a dry run, would be.
    #[must_use]
    pub fn new(spec: &'a Spec, plan: &'a Plan, report: &'a WriteReport, dry_run: bool) -> Self {
        Self { spec, plan, report, dry_run }
    }

    fn folder(&self) -> &'a Path {
        &self.report.root
    }
}
