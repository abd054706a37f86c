//! A program of Node with a start script, and the servers that `SvelteKit` and Nuxt build.

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

/// The package that makes `SvelteKit` build a server.
const SERVER_ADAPTER: &str = "@sveltejs/adapter-node";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    let found = |needle: &str, why| Some(package.candidate(ROW.framework(), project, &format!("\"{needle}\""), why));
    if node_package::has_metaframework(package) {
        let name = [SERVER_ADAPTER, "nuxt"].into_iter().find(|name| package.depends_on(name))?;
        return found(name, format!("depends on `{name}`"));
    }
    let (_, start) = node_package::start_script(package)?;
    let runs_node = start.split_whitespace().any(|word| matches!(word, "node" | "tsx" | "ts-node"));
    if runs_node { found("start", format!("starts with `{start}`")) } else { None }
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
