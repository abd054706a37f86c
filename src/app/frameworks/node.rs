//! A Node program with a start script.

use super::row::{Hooks, NodeHooks, Row};
use super::unbuilt;
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{self, Package};
use crate::app::node_start;
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "node", name: "Node", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan: node_start::started, page_folder: None }),
};

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    if node_package::has_metaframework(package) {
        return None;
    }
    let (name, start) = node_start::start_script(package)?;
    if unbuilt::bot(project, &package.path).is_some() {
        return None;
    }
    let is_program = |word: &String| matches!(&**word, "node" | "tsx" | "ts-node" | "bun");
    let evidence = || package.at(project, &["scripts", name], format!("starts with `{start}`"));
    node_start::words(start).iter().any(is_program).then(|| package.candidate(ROW.framework(), evidence()))
}
