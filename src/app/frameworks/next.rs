//! Next.js. Source: <https://nextjs.org/docs/app/guides/static-exports>.

use super::built_site::Site;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::node_package::{self, Package, Plan};
use crate::app::project::Project;
use crate::formats::javascript_config::setting;

pub(super) static ROW: Row = Row {
    about: About { id: "next", name: "Next.js", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const NEXT: &str = "next";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    (is_built(package) && !exports(project, package)).then(|| package.with_dependency(project, ROW.framework(), NEXT))
}

/// The pages, if they need no server.
pub(super) fn site(project: &Project<'_>, package: &Package) -> Option<Site> {
    (is_built(package) && exports(project, package)).then(|| Site::of(NEXT, "out"))
}

/// Whether a package is built by Next.js.
fn is_built(package: &Package) -> bool {
    package.depends_on(NEXT) && package.script("build").is_some()
}

/// Whether the settings request pages without a server.
fn exports(project: &Project<'_>, package: &Package) -> bool {
    let config = node_package::config(project, package, "next.config");
    config.is_some_and(|config| setting(&config.code, "output") == Some("export"))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    // Not through npm, which would be the first process and not forward signals
    let program = ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "0.0.0.0", "--port", "{port}"];
    let plan = Plan::built(project, package, "next build", words(&program)).needing(package, &[NEXT]);
    Plan { evidence: package.at_dependency(project, NEXT, "depends on `next`"), ..plan }
}
