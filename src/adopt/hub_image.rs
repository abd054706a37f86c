//! What the Hub's own image installs for an app: Gradio by the front matter, and the packages of `requirements.txt` alone.

use super::AdoptError;
use super::readme::README;
use crate::answers::Spec;
use crate::app::gradio_version::{self, Gradio};
use crate::app::hub_requirements;
use crate::formats::base::Base;
use crate::formats::front_matter::Readme;
use crate::plan::{Content, Mode, Plan, PlannedFile};
use crate::repo::Repo;
use crate::values::{Pins, RepoPath, Sdk};

const REQUIREMENTS: &str = "requirements.txt";

/// A Space around an app, with what decides about the files for the Hub's image.
#[derive(Debug, Clone, Copy)]
pub(super) struct HubImage<'a> {
    pub(super) repo: &'a Repo,
    /// What earlier runs generated.
    pub(super) base: Option<&'a Base>,
    /// Whether an earlier run put the Space around an app, which then has no `requirements.txt` of a starter.
    pub(super) was_adopted: bool,
    pub(super) updates: bool,
}

impl HubImage<'_> {
    /// The draft of the Space, with the requirements of a `pyproject.toml`, and with a version of Gradio that the app's dependencies
    /// allow.
    ///
    /// # Errors
    /// If they allow none that is known.
    pub(super) fn fitted(&self, mut plan: Plan, spec: &Spec) -> Result<Plan, AdoptError> {
        let Some(app_file) = spec.app_file() else { return Ok(plan) };
        let with_file = |mut plan: Plan, file: Option<(RepoPath, PlannedFile)>| {
            if let Some((path, file)) = file {
                plan.replace(path, file);
            }
            plan
        };
        let is_of_the_hub = spec.sdk() == Sdk::Gradio;
        // Once it is there, an image installs from it, too
        let is_wanted = is_of_the_hub || self.repo.get(REQUIREMENTS).is_some();
        let requirements = if is_wanted { self.requirements(app_file.as_str()) } else { None };
        if !is_of_the_hub {
            return Ok(with_file(plan, requirements));
        }
        let gradio = match &requirements {
            Some((path, file)) => {
                let Content::Bytes(bytes) = file.content() else { return Ok(plan) };
                let with_requirements = self.repo.with([(path.clone(), bytes.clone())]);
                gradio_version::of_app(&with_requirements, app_file.as_str())
            }
            None => gradio_version::of_app(self.repo, app_file.as_str()),
        };
        if let Gradio::Unknown(requirement) = gradio {
            let place = requirement.evidence;
            let place = place.line.map_or(place.path.clone(), |line| format!("{}:{line}", place.path));
            return Err(AdoptError::UnknownGradio { requirement: requirement.value, place });
        }
        if let Gradio::Needed(version) = gradio {
            with_version(&mut plan, &version.value);
        }
        Ok(with_file(plan, requirements))
    }

    /// The file with the requirements of `pyproject.toml`, if the app has no other one than that of an earlier run.
    fn requirements(&self, app_file: &str) -> Option<(RepoPath, PlannedFile)> {
        let path: RepoPath = REQUIREMENTS.parse().ok()?;
        let mut wanted = hub_requirements::of_app(self.repo, app_file)?;
        if let Some(there) = self.repo.get(REQUIREMENTS) {
            let known = self.base.filter(|_| self.was_adopted)?.get(&path)?.text.as_deref()?;
            let is_as_made = there.text().is_some_and(|text| text.replace("\r\n", "\n") == known);
            // An update merges both, which a further `init` does not
            if !is_as_made && !self.updates {
                known.clone_into(&mut wanted);
            }
        } else if !hub_requirements::is_free(self.repo) {
            return None;
        }
        Some((path, PlannedFile::text(wanted, Mode::default())))
    }
}

fn with_version(plan: &mut Plan, version: &str) {
    let Ok(path) = README.parse::<RepoPath>() else { return };
    let Some(planned) = plan.get(&path) else { return };
    let Some(text) = planned.as_text().and_then(|text| in_readme(text, version)) else { return };
    let file = PlannedFile::text(text, planned.mode());
    plan.replace(path, file);
}

/// A README with the version in its front matter, and in the command that installs it.
fn in_readme(text: &str, version: &str) -> Option<String> {
    let range = Readme::read(text).entry("sdk_version")?.value.range.clone();
    let pinned = Pins::builtin().version("gradio")?;
    let (above, below) = (&text[..range.start], &text[range.end..]);
    let install = |version: &str| format!("\npip install gradio=={version}");
    Some(format!("{above}\"{version}\"{}", below.replacen(&install(pinned), &install(version), 1)))
}
