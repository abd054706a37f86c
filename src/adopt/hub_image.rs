//! What the Hub's own image installs for an app: Gradio by the front matter, and the packages of `requirements.txt` alone.

use super::AdoptError;
use super::readme::README;
use crate::answers::Spec;
use crate::app::hub::gradio_version::{self, Gradio};
use crate::app::hub::requirements;
use crate::formats::base::Base;
use crate::formats::front_matter::Readme;
use crate::merge::{Change, Merge};
use crate::plan::{Content, Mode, Plan, PlannedFile};
use crate::repo::Repo;
use crate::values::{Pins, RepoPath, Sdk, pep440};

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
    pub(super) pins_only: bool,
}

impl HubImage<'_> {
    /// The draft of the Space, with the requirements of a `pyproject.toml`.
    pub(super) fn with_requirements(&self, mut plan: Plan, spec: &Spec) -> Plan {
        let Some(app_file) = spec.app_file() else { return plan };
        // Once it is there, an image installs from it, too
        let is_wanted = spec.sdk() == Sdk::Gradio || self.repo.get(REQUIREMENTS).is_some();
        if let Some((path, file)) = is_wanted.then(|| self.requirements(app_file.as_str())).flatten() {
            plan.replace(path, file);
        }
        let has_requirements = planned_requirements(&plan).is_some() || self.repo.get(REQUIREMENTS).is_some();
        if spec.sdk() == Sdk::Gradio && !has_requirements {
            without_requirements(&mut plan);
        }
        plan
    }

    /// The plan with a version of Gradio that the app's dependencies allow, with the requirements that there will be, and a Python for
    /// it, unless one is said. None if it has both.
    ///
    /// # Errors
    /// If they allow none that is known.
    pub(super) fn with_version(
        &self,
        plan: &Plan,
        spec: &Spec,
        there: Option<&Content>,
        says_python: bool,
    ) -> Result<Option<Plan>, AdoptError> {
        let Some(app_file) = spec.app_file().filter(|_| spec.sdk() == Sdk::Gradio) else { return Ok(None) };
        let path: Option<RepoPath> = REQUIREMENTS.parse().ok();
        let made = self.made_version();
        let of = |repo| gradio_version::of_app(repo, app_file.as_str(), made.as_deref());
        let gradio = match (path, there) {
            (Some(path), Some(Content::Bytes(bytes))) => of(&self.repo.with([(path, bytes.clone())])),
            _ => of(self.repo),
        };
        match (gradio, made) {
            // What a file needs that cannot be read now is what it needed
            (Gradio::AsPinned, Some(made)) if requirements::unreadable(self.repo).is_some() => {
                Ok(with_version(plan, &made, says_python))
            }
            (gradio, _) => with_gradio(plan, gradio, says_python),
        }
    }

    /// The version of Gradio that an earlier run wrote into the README.
    fn made_version(&self) -> Option<String> {
        let text = self.base?.get(&README.parse().ok()?)?.text.as_deref()?;
        Readme::read(text).entry("sdk_version")?.value.as_str().map(str::to_owned)
    }

    /// What an earlier run planned with these answers. None if it could plan nothing.
    pub(super) fn earlier(&self, draft: Plan, spec: &Spec, says_python: bool) -> Option<Plan> {
        let plan = self.with_requirements(draft, spec);
        let requirements = planned_requirements(&plan).cloned();
        let versioned = self.with_version(&plan, spec, requirements.as_ref(), says_python).ok()?;
        Some(versioned.unwrap_or(plan))
    }

    /// The file with the requirements of `pyproject.toml`, if the app has no other one than that of an earlier run.
    fn requirements(&self, app_file: &str) -> Option<(RepoPath, PlannedFile)> {
        let path: RepoPath = REQUIREMENTS.parse().ok()?;
        let known = self.base.filter(|_| self.was_adopted).and_then(|base| base.get(&path)?.text.as_deref());
        let Some(mut wanted) = requirements::of_app(self.repo, app_file, self.made_version().as_deref()) else {
            // Until the file can be read again, what was made of it is what there is to be
            let is_unreadable = requirements::unreadable(self.repo).is_some();
            let known = known.filter(|known| is_unreadable && requirements::is_made_text(known))?;
            return Some((path, PlannedFile::text(known.to_owned(), Mode::default())));
        };
        if let Some(there) = self.repo.get(REQUIREMENTS) {
            let there = there.text().map(|text| text.replace("\r\n", "\n"));
            // Without a record of it, one that is as it would be made is known again
            let known = known.or_else(|| there.as_deref().filter(|there| self.was_adopted && *there == wanted))?;
            let is_as_made = there.as_deref() == Some(known);
            // An update merges both, which a further `init` does not
            if !is_as_made && !self.updates {
                known.clone_into(&mut wanted);
            }
        } else if !requirements::is_free(self.repo) {
            return None;
        }
        Some((path, PlannedFile::text(wanted, Mode::default())))
    }
}

fn planned_requirements(plan: &Plan) -> Option<&Content> {
    plan.get(&REQUIREMENTS.parse().ok()?).map(PlannedFile::content)
}

/// The requirements after a merge, if it writes them. With markers of a conflict in them, those of the plan.
pub(super) fn merged_requirements<'m>(merge: &'m Merge, plan: &'m Plan) -> Option<&'m Content> {
    let file = merge.files().iter().find(|file| file.path.as_str() == REQUIREMENTS)?;
    if matches!(file.change, Change::Mark(_)) { planned_requirements(plan) } else { file.content.as_ref() }
}

/// What should be known of requirements that say to be made of `pyproject.toml`, and that cannot be made of it any more.
pub(super) fn outdated_requirements(after: &Repo, plan: &Plan, spec: &Spec) -> Option<String> {
    let app_file = spec.app_file().filter(|_| requirements::says_so(after))?;
    let why = match requirements::of_app(after, app_file.as_str(), None) {
        None if requirements::unreadable(after).is_some() => {
            let place = requirements::unreadable(after).unwrap_or_default();
            return Some(format!(
                "{place} cannot be read as TOML, so requirements.txt, which is made of that file, stays as it is; `spaces-new update` brings the \
                 changes over once it can be read"
            ));
        }
        None => "that file no longer has plain requirements alone: from now on, change both, and remove that line",
        Some(_) if planned_requirements(plan).is_none() => {
            "no `.spaces-new.base` says what was made: write the lines as they are there, and the next update knows the file again"
        }
        Some(_) => return None,
    };
    Some(format!("requirements.txt says that `spaces-new update` brings the changes of pyproject.toml over, and {why}"))
}

/// What should be known of files that the Hub does not read, and that ask for another Gradio than it installs.
pub(super) fn other_gradio(after: &Repo, spec: &Spec) -> Vec<String> {
    let Some(app_file) = spec.app_file().filter(|_| spec.sdk() == Sdk::Gradio) else { return Vec::new() };
    let Some((version, place)) = gradio_version::in_readme(after) else { return Vec::new() };
    let others = gradio_version::others(after, app_file.as_str()).into_iter();
    others
        .map(|other| {
            let (requirement, at) = (other.value, other.evidence.place());
            format!(
                "the Hub installs Gradio {version}, by `sdk_version` in {place}, and {at} names `{requirement}`: the Hub does not \
                 read that file"
            )
        })
        .collect()
}

/// Leaves out of the README's command a file that is not there.
fn without_requirements(plan: &mut Plan) {
    let Ok(path) = README.parse() else { return };
    let readme = plan.get(&path).and_then(|file| Some((file.as_text()?, file.mode())));
    if let Some((text, mode)) = readme {
        let file = PlannedFile::text(text.replacen(" --requirement requirements.txt", "", 1), mode);
        plan.replace(path, file);
    }
}

/// The plan with what the dependencies say.
fn with_gradio(plan: &Plan, gradio: Gradio, says_python: bool) -> Result<Option<Plan>, AdoptError> {
    match gradio {
        Gradio::AsPinned => Ok(None),
        Gradio::Needed(version) => Ok(with_version(plan, &version.value, says_python)),
        Gradio::Unknown(requirement) => {
            let place = requirement.evidence.place();
            let usual = Pins::builtin().version("gradio").unwrap_or_default().to_owned();
            Err(AdoptError::UnknownGradio { requirement: requirement.value, place, usual })
        }
    }
}

fn with_version(plan: &Plan, version: &str, says_python: bool) -> Option<Plan> {
    let path = README.parse().ok()?;
    let planned = plan.get(&path)?;
    let mut text = in_readme(planned.as_text()?, version)?;
    if !says_python {
        text = with_older_python(&text, version).unwrap_or(text);
    }
    let file = PlannedFile::text(text, planned.mode());
    let mut plan = plan.clone();
    plan.replace(path, file);
    Some(plan)
}

/// A README with the version in its front matter, and in the command that installs it.
fn in_readme(text: &str, version: &str) -> Option<String> {
    let readme = Readme::read(text);
    let entry = readme.entry("sdk_version")?;
    let range = entry.value.range.clone();
    let pinned = entry.value.as_str()?;
    let (above, below) = (&text[..range.start], &text[range.end..]);
    let install = |version: &str| format!("\npip install gradio=={version}");
    Some(format!("{above}\"{version}\"{}", below.replacen(&install(pinned), &install(version), 1)))
}

/// A README with a Python that the version of Gradio runs on. None if it has one.
fn with_older_python(text: &str, gradio: &str) -> Option<String> {
    let readme = Readme::read(text);
    let value = &readme.entry("python_version")?.value;
    let (newest, planned) = (gradio_version::newest_python(gradio)?, value.as_str()?);
    let is_newer = pep440::version(planned)?.release().get(..2) > pep440::version(newest)?.release().get(..2);
    is_newer.then(|| format!("{}\"{newest}\"{}", &text[..value.range.start], &text[value.range.end..]))
}
