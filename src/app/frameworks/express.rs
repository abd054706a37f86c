//! Express, and other server packages.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::{About, Framework};
use crate::app::node_package::{self, Package};
use crate::app::node_start;
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "express", name: "Express", ..About::NODE },
    hooks: Hooks::Node(NodeHooks {
        find: |project, package| serves(project, package, ROW.framework(), &SERVERS),
        plan: node_start::started,
        page_folder: None,
    }),
};

/// Server packages.
const SERVERS: [&str; 8] = ["express", "@hapi/hapi", "socket.io", "restify", "polka", "elysia", "h3", "ws"];

/// A package that has one of some server packages, and starts a server.
pub(super) fn serves(
    project: &Project<'_>,
    package: &Package,
    framework: Framework,
    names: &[&str],
) -> Option<Candidate> {
    let name = names.iter().find(|name| package.text(&["dependencies", name]).is_some())?;
    let is_server = !node_package::has_metaframework(package) && node_start::has_server(project, package);
    is_server.then(|| package.with_dependency(project, framework, name))
}
