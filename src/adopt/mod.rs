//! Puts a Space around an app that exists: the answers that its files give, the plan for them, and what a folder becomes.
//!
//! Nothing is written here, and nothing is asked.

mod card;
mod inside;
mod proposal;
mod stated;

pub use card::{answers_in_readme, kept_answers, title_in_readme};
pub use inside::kept_inside;
pub use proposal::{Found, Proposal};
pub use stated::Stated;

use crate::answers::{Answers, Assets, Source, Spec, SpecError, SpecErrors};
use crate::check::{Checker, Diagnostic, Fixed, Group, rule};
use crate::formats::front_matter::Readme;
use crate::merge::{Merge, MergeOptions, OnConflict};
use crate::plan::Plan;
use crate::render::{Catalog, RenderError, Template};
use crate::repo::Repo;

const README: &str = "README.md";

/// The kind of Space that is no longer offered. Source: <https://huggingface.co/docs/hub/spaces-sdks-streamlit>.
const RETIRED_SDK: &str = "streamlit";

/// How to put a Space around an app.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct AdoptOptions {
    on_conflict: OnConflict,
    migrate: bool,
    kept: Option<Answers>,
}

impl AdoptOptions {
    /// Conflicts are refused, and the kind of Space stays.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says what is done with files that cannot be merged.
    #[must_use]
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.on_conflict = on_conflict;
        self
    }

    /// Names the answers of an earlier run: what it made and nobody changed is made anew.
    #[must_use]
    pub fn kept(mut self, kept: Option<Answers>) -> Self {
        self.kept = kept;
        self
    }

    /// Turns a Space of another SDK into the one that is planned.
    #[must_use]
    pub fn migrate(mut self, migrate: bool) -> Self {
        self.migrate = migrate;
        self
    }
}

/// Why no Space can be put around an app.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AdoptError {
    /// Answers are wrong or missing.
    #[error("{0}")]
    Answers(#[from] SpecErrors),
    /// A mistake in a template.
    #[error("{0}")]
    Render(#[from] RenderError),
    /// The README says another SDK than the one that is planned: that of the README.
    #[error("README.md says `sdk: {0}`, which this is not")]
    OtherSdk(String),
}

/// An app that exists and the Space around it, before anything is written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Adoption {
    /// The checked answers.
    pub spec: Spec,
    /// The files of the Space.
    pub plan: Plan,
    /// What becomes of the files that are there.
    pub merge: Merge,
    /// The folder as it would be.
    pub after: Repo,
    /// What the check says of that.
    pub findings: Vec<Diagnostic>,
    /// The safe fixes for it. They are offered, never made unasked.
    pub fixes: Fixed,
}

impl Adoption {
    /// Works it out.
    ///
    /// # Errors
    /// When answers are wrong or missing, or the README says that this is a Space of another kind.
    pub fn of(template: &Template, answers: &Answers, repo: &Repo, options: &AdoptOptions) -> Result<Self, AdoptError> {
        let spec = Spec::resolve(template, answers)?;
        files_are_there(&spec, repo)?;
        let plan = template.plan(&spec, &Assets::inspect(&answers.assets())?)?;
        let other = sdk_of(repo).filter(|sdk| sdk != spec.sdk().as_str());
        if let Some(sdk) = other.as_deref().filter(|_| !options.migrate) {
            return Err(AdoptError::OtherSdk(sdk.to_owned()));
        }
        let mut merge_options = merge_options(repo, options, other.is_some());
        for (key, question) in card::ANSWERED {
            // What somebody says now counts before what the README says
            if matches!(answers.source(question), Some(Source::Flag | Source::Prompt)) {
                merge_options = merge_options.replace_key(*key);
            }
        }
        if let Some(earlier) = options.kept.as_ref().and_then(earlier_plan) {
            merge_options = merge_options.earlier(earlier);
        }
        let merge = Merge::of(&plan, repo, &merge_options);
        let adoption =
            Self { spec, plan, merge, after: Repo::default(), findings: Vec::new(), fixes: Fixed::default() };
        let merge = adoption.merge.clone();
        Ok(adoption.agreed(merge, repo))
    }

    /// The same with the part of the merge that somebody agreed to.
    #[must_use]
    pub fn agreed(self, merge: Merge, repo: &Repo) -> Self {
        let after = merge.over(repo);
        let findings = Checker::new().check(&after);
        let fixes = if findings.is_empty() { Fixed::default() } else { Checker::new().fix(&after, false) };
        Self { merge, after, findings, fixes, ..self }
    }
}

/// Refuses files that the image would copy and that are not there.
fn files_are_there(spec: &Spec, repo: &Repo) -> Result<(), SpecErrors> {
    let is_there = |path: &str| path == "." || repo.get(path).is_some() || repo.has_folder(path);
    let missing = spec.install_files().iter().filter(|file| !is_there(file.as_str())).map(|file| {
        SpecError::new("install_files", format!("there is no `{file}` in the app's folder"))
            .flagged("install-file")
            .hinted("name a file or a folder as it is called from there")
    });
    let missing: Vec<SpecError> = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(SpecErrors(missing)) }
}

/// What an earlier run planned, by its answers; none if they are no longer right.
fn earlier_plan(kept: &Answers) -> Option<Plan> {
    let template = Catalog::builtin().get(kept.template()?)?;
    let spec = Spec::resolve(template, kept).ok()?;
    template.plan(&spec, &Assets::inspect(&kept.assets()).ok()?).ok()
}

/// The SDK that a README names.
#[must_use]
pub fn sdk_of(repo: &Repo) -> Option<String> {
    of_readme(repo, "sdk")
}

/// The version of the SDK that a README names.
pub(crate) fn sdk_version_of(repo: &Repo) -> Option<String> {
    of_readme(repo, "sdk_version")
}

/// The entry file that a README names.
pub(crate) fn app_file_of(repo: &Repo) -> Option<String> {
    of_readme(repo, "app_file")
}

fn of_readme(repo: &Repo, key: &str) -> Option<String> {
    let readme = Readme::read(repo.text(README)?);
    readme.value(key).and_then(|node| node.as_str()).map(str::to_owned)
}

/// Whether a repository is a Space of a kind that is no longer offered.
#[must_use]
pub fn has_retired_sdk(repo: &Repo) -> bool {
    sdk_of(repo).as_deref() == Some(RETIRED_SDK)
}

/// Values that the Hub would refuse give way, and with another SDK those that belong to the old one.
fn merge_options(repo: &Repo, options: &AdoptOptions, migrates: bool) -> MergeOptions {
    let mut merge = MergeOptions::new().on_conflict(options.on_conflict);
    for key in refused_keys(repo) {
        merge = merge.replace_key(key);
    }
    if migrates {
        merge = merge.replace_key("sdk");
        for key in ["sdk_version", "python_version", "app_file"] {
            merge = merge.drop_key(key);
        }
    }
    merge
}

/// The keys of the front matter whose values the check calls refused.
fn refused_keys(repo: &Repo) -> Vec<String> {
    let Some(text) = repo.text(README) else { return Vec::new() };
    let readme = Readme::read(text);
    let is_refused = |found: &Diagnostic| rule(found.rule).is_some_and(|rule| rule.group() == Group::Refused);
    let found = Checker::new().check(repo);
    let ranges: Vec<_> = found
        .iter()
        .filter(|found| found.place.path() == README && is_refused(found))
        .filter_map(|found| found.place.range())
        .collect();
    let entries = readme.entries().iter().filter(|entry| {
        let value = &entry.value.range;
        ranges.iter().any(|range| value.start <= range.start && range.end <= value.end)
    });
    entries.filter_map(|entry| entry.key.as_str().map(str::to_owned)).collect()
}
