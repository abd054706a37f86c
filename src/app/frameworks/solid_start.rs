//! `SolidStart`. Source: <https://docs.solidjs.com/solid-start/reference/config/define-config>.

use super::nitro;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::node_package::{Package, Plan};
use crate::app::project::Project;

pub(super) static ROW: Row = Row {
    about: About { id: "solid-start", name: "SolidStart", ..About::NODE },
    hooks: Hooks::Node(NodeHooks { find, plan, page_folder: None }),
};

const START: &str = "@solidjs/start";

fn find(project: &Project<'_>, package: &Package) -> Option<Candidate> {
    package.depends_on(START).then(|| package.with_dependency(project, ROW.framework(), START))
}

fn plan(project: &Project<'_>, package: &Package) -> Plan {
    nitro::plan(project, package, "vinxi build", "app.config")
}
