//! The version of Gradio in the front matter, where the app's dependencies need another one than the templates pin.

use super::AdoptError;
use super::readme::README;
use crate::answers::Spec;
use crate::app::gradio_version::{Gradio, of_app};
use crate::formats::base::BASE_FILE;
use crate::formats::front_matter::Readme;
use crate::plan::{Plan, PlannedFile};
use crate::render::Template;
use crate::repo::Repo;
use crate::values::{Pins, RepoPath, Sdk};

/// The files of the Space, with a version that the app's dependencies allow.
///
/// # Errors
/// If they allow none that is known.
pub(super) fn fitted(plan: Plan, spec: &Spec, repo: &Repo, template: &Template) -> Result<Plan, AdoptError> {
    let Some(app_file) = spec.app_file().filter(|_| spec.sdk() == Sdk::Gradio) else { return Ok(plan) };
    match of_app(repo, app_file.as_str()) {
        Gradio::AsPinned => Ok(plan),
        Gradio::Needed(version) => Ok(with_version(plan, &version.value, template)),
        Gradio::Unknown(requirement) => {
            let place = requirement.evidence;
            let place = place.line.map_or(place.path.clone(), |line| format!("{}:{line}", place.path));
            Err(AdoptError::UnknownGradio { requirement: requirement.value, place })
        }
    }
}

fn with_version(mut plan: Plan, version: &str, template: &Template) -> Plan {
    let path = |name: &str| name.parse::<RepoPath>().ok();
    let Some((path, base)) = path(README).zip(path(BASE_FILE)) else { return plan };
    let Some(planned) = plan.get(&path) else { return plan };
    let Some(text) = planned.as_text().and_then(|text| in_readme(text, version)) else { return plan };
    let file = PlannedFile::text(text, planned.mode());
    plan.replace(path, file);
    if plan.get(&base).is_some() { template.with_base(plan) } else { plan }
}

/// A README with the version in its front matter, and in the command that installs it.
fn in_readme(text: &str, version: &str) -> Option<String> {
    let range = Readme::read(text).entry("sdk_version")?.value.range.clone();
    let pinned = Pins::builtin().version("gradio")?;
    let (above, below) = (&text[..range.start], &text[range.end..]);
    let install = |version: &str| format!("\npip install gradio=={version}");
    Some(format!("{above}\"{version}\"{}", below.replacen(&install(pinned), &install(version), 1)))
}
