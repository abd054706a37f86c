//! Remix. Sources: <https://v2.remix.run/docs/discussion/runtimes>, <https://v2.remix.run/docs/guides/spa-mode>.

use super::built_site::Site;
use super::react_router::Served;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{Package, Plan};
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "remix", name: "Remix", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const DEV: &str = "@remix-run/dev";

const SERVED: Served =
    Served { dev: DEV, config: "vite.config", build: "remix vite:build", serve: ("@remix-run/serve", "remix-serve") };

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    SERVED.has_server(project, package).then(|| package.with_dependency(project, ROW.framework(), DEV))
}

/// The pages, if they need no server.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    SERVED.site(project, package)
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    SERVED.plan(project, package)
}
