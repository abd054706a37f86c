//! Nuxt. Source: <https://nuxt.com/docs/getting-started/deployment>.

use super::built_site::Site;
use super::nitro;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{self, Package, Plan};
use crate::app::project::Project;
use crate::formats::javascript_config::setting;

pub(super) static ROW: Row = Row {
    about: About { id: "nuxt", name: "Nuxt", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const NUXT: &str = "nuxt";
const CONFIG: &str = "nuxt.config";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let is_server = package.depends_on(NUXT) && !is_static(project, package);
    is_server.then(|| package.with_dependency(project, ROW.framework(), NUXT))
}

/// Whether the build writes pages that need no server.
fn is_static(project: &Project<'_>, package: &Package) -> bool {
    let generates = package.script("build").is_some_and(|build| build.contains("generate"));
    let preset = || {
        let config = node_package::config(project, package, CONFIG)?;
        setting(&config.code, "preset").map(|preset| preset == "static")
    };
    generates || preset() == Some(true)
}

/// The pages, if they need no server.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    (package.depends_on(NUXT) && is_static(project, package)).then(|| Site::of(NUXT, ".output/public"))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    nitro::plan(project, package, "nuxt build", CONFIG)
}
