//! The Dockerfile of an app that has none, for a target that runs images: as `init` would make it.

use super::readme::sdk_of;
use super::{Adding, AdoptError, Adoption, Chooser};
use crate::answers::{Answers, Source};
use crate::app::App;
use crate::formats::own_file::{OWN_FILE, OwnFile};
use crate::merge::{Merge, MergeOptions};
use crate::order;
use crate::plan::Plan;
use crate::repo::Repo;
use crate::target::Refusal;

const DOCKERFILE: &str = "Dockerfile";

/// The files that only the image needs.
const OF_THE_IMAGE: [&str; 2] = [DOCKERFILE, ".dockerignore"];

/// An app with what its image needs.
pub(super) struct Imaged {
    pub(super) merge: Merge,
    /// The folder as it would be.
    pub(super) after: Repo,
    /// Whether it is a Space that stays as it is, so that only the image was added.
    pub(super) is_space: bool,
}

impl Adding<'_> {
    /// The Dockerfile, if the target needs one and none is there.
    pub(super) fn image(&self, app: &App, chooser: &mut dyn Chooser) -> Result<Option<Imaged>, AdoptError> {
        if !self.target.needs_dockerfile() || self.repo.get(DOCKERFILE).is_some() {
            return Ok(None);
        }
        let is_made = is_made_from_template(self.repo);
        let is_space = is_made || sdk_of(self.repo).is_some_and(|sdk| sdk != "docker");
        let base = if is_made { self.repo.without(OWN_FILE) } else { self.repo.with([]) };
        let mut given = Answers::new();
        given.insert("app_file", app.file.as_str(), Source::Flag);
        // Others have no other kind of Space
        if app.framework.sdk() == Some("gradio") {
            given.insert("sdk", DOCKER, Source::Flag);
        }
        let adopting = Adoption::begin(&base).given(given).migrate(is_space).on_conflict(self.on_conflict);
        let adoption = match adopting.decide_with(chooser).and_then(|decided| decided.adopt()) {
            Err(AdoptError::Cancelled(cancelled)) => return Err(cancelled.into()),
            adoption => adoption.map_err(|error| refused(app, &error.to_string()))?,
        };
        let files = adoption.plan.files().filter(|(path, _)| OF_THE_IMAGE.contains(&path.as_str()));
        let image = Plan::new(order::map(files.map(|(path, file)| (path.clone(), file.clone()))));
        if !image.files().any(|(path, _)| path.as_str() == DOCKERFILE) {
            return Err(refused(app, "it is a page without a server").into());
        }
        let merge = if is_space {
            Merge::of(&image, self.repo, &MergeOptions::new().on_conflict(self.on_conflict))
        } else {
            adoption.merge
        };
        let after = merge.over(self.repo);
        Ok(Some(Imaged { merge, after, is_space }))
    }
}

const DOCKER: &str = "docker";

/// Whether `spaces-new DIR` made the folder, and not `init`.
fn is_made_from_template(repo: &Repo) -> bool {
    let kept = repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok());
    kept.is_some_and(|kept| kept.get("template").is_some() && kept.get("app_file").is_none())
}

fn refused(app: &App, why: &str) -> Refusal {
    let why = why.trim().replace('\n', "; ");
    let reason = format!("there is no Dockerfile, and none can be made for `{}`: {why}", app.file);
    Refusal::new(reason, "write a Dockerfile, or try `spaces-new init`, which asks for what it needs")
}
