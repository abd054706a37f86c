//! Express, and other server packages.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{self, Package};
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "express", name: "Express", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan: node_package::started, page_folder: None }),
};

/// Server packages.
const SERVERS: [&str; 12] = [
    "express",
    "fastify",
    "koa",
    "@hapi/hapi",
    "hono",
    "@hono/node-server",
    "socket.io",
    "restify",
    "polka",
    "@nestjs/core",
    "h3",
    "ws",
];

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let name = SERVERS.iter().find(|name| package.text(&["dependencies", name]).is_some())?;
    let starts = || node_package::start_script(package).is_some() || node_package::entry(project, package).is_some();
    (!node_package::has_metaframework(package) && starts()).then(|| {
        let evidence = package.at_dependency(project, name, format!("depends on `{name}`"));
        package.candidate(ROW.framework(), evidence)
    })
}
