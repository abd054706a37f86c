//! `TanStack` Start. Source: <https://tanstack.com/start/latest/docs/framework/react/guide/hosting>.

use super::nitro;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::model::Note;
use crate::app::node_package::{self, Package, Plan};
use crate::app::node_start;
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "tanstack-start", name: "TanStack Start", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

/// The packages of the framework, and those that build its server.
const STARTS: [&str; 2] = ["@tanstack/react-start", "@tanstack/solid-start"];
const NITRO: [&str; 4] = ["nitro", "nitropack", "vinxi", "@tanstack/nitro-v2-vite-plugin"];

fn start(package: &Package) -> Option<&'static str> {
    STARTS.into_iter().find(|name| package.depends_on(name))
}

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    start(package).map(|name| package.with_dependency(project, ROW.framework(), name))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    if NITRO.iter().any(|name| package.depends_on(name)) {
        return nitro::plan(project, package, "vite build", "vite.config");
    }
    let plan = node_start::started(project, package);
    if node_start::start_script(package).is_some() {
        return plan;
    }
    let add = node_package::adds(project, package, "nitro");
    let note = Note::new("the build has no server that a container can start");
    let help = format!("run `{add}`, and add the plugin `nitro()` of `nitro/vite` to vite.config");
    let evidence = start(package).map(|name| package.at_dependency(project, name, "has no `nitro` beside it"));
    let note = note.help(help).seen(evidence.unwrap_or(plan.evidence));
    nitro::plan(project, package, "vite build", "vite.config").note(Some(note))
}
