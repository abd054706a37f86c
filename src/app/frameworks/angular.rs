//! Angular, if it renders pages on a server. Source: <https://angular.dev/guide/ssr>.

use super::built_site::Site;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::node_package::{Package, Plan};
use crate::app::paths::within;
use crate::app::project::Project;
use crate::formats::angular_json::AngularBuild;

pub(super) static ROW: Row = Row {
    about: About { id: "angular", name: "Angular", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const ANGULAR: &str = "@angular/core";

fn build(project: &Project<'_>, package: &Package) -> Option<AngularBuild> {
    let settings = project.repo.text(&within(package.folder(), "angular.json"))?;
    package.depends_on(ANGULAR).then(|| AngularBuild::read(settings)).flatten()
}

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    build(project, package)?.server?;
    Some(package.with_dependency(project, ROW.framework(), ANGULAR))
}

/// The pages, if they need no server. A script that starts another server serves them too.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    let build = build(project, package).filter(|build| build.server.is_none())?;
    package.script("build").map(|_| Site::of(ANGULAR, build.pages))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let folder = build(project, package).and_then(|build| build.server).unwrap_or_default();
    Plan::built(project, package, "ng build", words(&["node", &format!("{folder}/server.mjs")]))
}
