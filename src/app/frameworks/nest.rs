//! Nest. Source: <https://docs.nestjs.com/cli/scripts>.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::node_package::{Package, Plan};
use crate::app::node_start;
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "nest", name: "Nest", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const CORE: &str = "@nestjs/core";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let is_server =
        package.text(&["dependencies", CORE]).is_some() && !crate::app::node_package::has_metaframework(package);
    is_server.then(|| package.with_dependency(project, ROW.framework(), CORE))
}

/// The script for production, or what the usual build writes: `nest start` builds first, with packages for development.
fn plan(project: &Project<'_>, package: &Package) -> Plan {
    if node_start::start_script(package).is_some() {
        return node_start::started(project, package);
    }
    Plan::built(project, package, "nest build", words(&["node", "dist/main"]))
}
