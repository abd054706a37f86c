//! A Node program with a start script, and the servers that `SvelteKit` and Nuxt build.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::words;
use crate::app::framework::About;
use crate::app::node_package::{self, Package, Plan};
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "node", name: "Node", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

/// The package with which `SvelteKit` builds a server.
const SERVER_ADAPTER: &str = "@sveltejs/adapter-node";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let evidence = if node_package::has_metaframework(package) {
        let name = [SERVER_ADAPTER, "nuxt"].into_iter().find(|name| package.depends_on(name))?;
        package.at_dependency(project, name, format!("depends on `{name}`"))
    } else {
        let (name, start) = node_package::start_script(package)?;
        if !node_package::words(start).iter().any(|word| matches!(&**word, "node" | "tsx" | "ts-node")) {
            return None;
        }
        package.at(project, &["scripts", name], format!("starts with `{start}`"))
    };
    Some(package.candidate(ROW.framework(), evidence))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    let server: &[&str] = if package.depends_on("nuxt") {
        &["node", ".output/server/index.mjs"]
    } else if package.depends_on(SERVER_ADAPTER) {
        &["node", "build"]
    } else {
        return node_package::started(project, package);
    };
    Plan {
        app_file: package.path.clone(),
        build: node_package::build(project, package),
        command: words(server),
        evidence: node_package::at_script(project, package, "build"),
    }
}
