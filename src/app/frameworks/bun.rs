//! A server that Bun runs. Source: <https://bun.com/docs/runtime/http/server>.

use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::model::Evidence;
use crate::app::node_package::{self, Package};
use crate::app::node_start;
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "bun", name: "Bun", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan: node_start::started, page_folder: None }),
};

/// What a file has that serves: a call, or an app of a framework for Bun.
const SERVES: [&str; 3] = ["Bun.serve", "serve(", "new Elysia"];

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    if node_package::has_metaframework(package) || !node_start::runs_on_bun(project, package) {
        return None;
    }
    let file = node_start::entry(project, package)?;
    let text = project.repo.text(&file)?;
    let serves = SERVES.iter().find(|word| text.contains(*word))?;
    let evidence = match node_start::start_script(package) {
        Some((name, start)) => package.at(project, &["scripts", name], format!("starts with `{start}`")),
        None => Evidence::line(&file, text.lines().position(|line| line.contains(serves)).unwrap_or(0) + 1, "serves"),
    };
    Some(package.candidate(ROW.framework(), evidence))
}
