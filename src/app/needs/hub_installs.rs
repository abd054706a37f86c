//! What the Hub's own image installs.

use crate::app::dependencies::{self, Dependencies};
use crate::app::model::Evidence;
use crate::app::project::Project;
use crate::facts::environment::INSTALLED_BY_THE_HUB;

const REQUIREMENTS: &str = "requirements.txt";

/// A package that the Hub installs as well, and those that come with it, as its logs show.
const WITH_THE_HUB: &str = "datasets";

/// What the Hub installs, if the file is there.
pub(super) fn installed(project: &Project<'_>, needed: &Dependencies) -> Option<Dependencies> {
    project.repo.get(REQUIREMENTS)?;
    let mut found = Dependencies::default();
    dependencies::lines_of(project, REQUIREMENTS, &mut found);
    for name in INSTALLED_BY_THE_HUB.iter().chain([&WITH_THE_HUB]) {
        let evidence = needed.evidence.clone().unwrap_or_else(|| Evidence::file(REQUIREMENTS, "is installed"));
        found.names.entry((*name).to_owned()).or_insert(evidence);
    }
    Some(found)
}
