//! Next.js. Source: <https://nextjs.org/docs/app/guides/static-exports>.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::node_package::{self, Package, Plan};
use crate::app::paths::within;
use crate::app::project::Project;
use crate::formats::javascript;

pub(super) static ROW: Row = Row {
    about: About { id: "next", name: "Next.js", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    (is_built(package) && !exports(project, package))
        .then(|| package.candidate(ROW.framework(), package.at_dependency(project, "next", "depends on `next`")))
}

/// Whether a package is built by Next.js.
pub(super) fn is_built(package: &Package) -> bool {
    package.depends_on("next") && package.script("build").is_some()
}

/// Whether the settings request pages without a server.
pub(super) fn exports(project: &Project<'_>, package: &Package) -> bool {
    let names = ["next.config.js", "next.config.mjs", "next.config.ts"];
    names.iter().filter_map(|name| project.repo.text(&within(package.folder(), name))).any(|text| {
        let code: String = javascript::without_comments(text).split_whitespace().collect();
        code.contains("output:'export'") || code.contains("output:\"export\"")
    })
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    // Not through npm, which would be the first process and not forward signals
    let program = ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "0.0.0.0", "--port", "{port}"];
    Plan {
        app_file: package.path.clone(),
        build: node_package::build(project, package),
        command: words(&program),
        evidence: package.at_dependency(project, "next", "depends on `next`"),
    }
}
