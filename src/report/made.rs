//! A new Space.

use std::path::Path;

use crate::answers::Spec;
use crate::apply::{VcsOutcome, WriteReport};
use crate::plan::Plan;
use crate::render::Template;
use crate::target::{Finished, Git, Step};

/// A new Space, or a planned one.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    pub(super) template: &'a Template,
    pub(super) spec: &'a Spec,
    pub(super) plan: &'a Plan,
    pub(super) report: &'a WriteReport,
    pub(super) dry_run: bool,
    pub(super) with_diff: bool,
    pub(super) in_full: bool,
    pub(super) columns: Option<usize>,
}

impl<'a> Made<'a> {
    /// The request, the specification, the plan, and what was written.
    #[must_use]
    pub fn new(template: &'a Template, spec: &'a Spec, plan: &'a Plan, report: &'a WriteReport) -> Self {
        Self { template, spec, plan, report, dry_run: false, with_diff: false, in_full: false, columns: None }
    }

    /// Marks the report as one of a dry run: nothing was written.
    #[must_use]
    pub fn dry_run(self, dry_run: bool) -> Self {
        Self { dry_run, ..self }
    }

    /// Shows the contents of the files as a diff.
    #[must_use]
    pub fn with_diff(self, with_diff: bool) -> Self {
        Self { with_diff, ..self }
    }

    /// Lists every file, and every next step with its notes.
    #[must_use]
    pub fn in_full(self, in_full: bool) -> Self {
        Self { in_full, ..self }
    }

    /// Breaks sentences between words for a terminal of this many columns. Commands stay whole, to be copied.
    #[must_use]
    pub fn in_columns(self, columns: Option<usize>) -> Self {
        Self { columns, ..self }
    }

    pub(super) fn next_steps(&self) -> Vec<Step> {
        self.template.target().next_steps(&Finished {
            folder: self.folder(),
            spec: self.spec,
            template: self.template,
            git: git(&self.report.vcs),
            repo: None,
        })
    }

    pub(super) fn folder(&self) -> &'a Path {
        &self.report.root
    }
}

/// How a folder is under version control, for the next steps.
pub(super) fn git(vcs: &VcsOutcome) -> Git<'_> {
    match vcs {
        VcsOutcome::Initialised => Git::New,
        VcsOutcome::AlreadyThere => Git::Existing,
        VcsOutcome::InsideWorkTree(root) => Git::Inside(root),
        VcsOutcome::GitMissing | VcsOutcome::Failed(_) | VcsOutcome::NotWanted => Git::None,
    }
}
