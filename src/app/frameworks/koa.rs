//! Koa. Source: <https://koajs.com/>.

use super::express::serves;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::framework::About;
use crate::app::node_start;

pub(super) static ROW: Row = Row {
    about: About { id: "koa", name: "Koa", ..About::NODE },
    hooks: Hooks::Node(NodeHooks {
        find: |project, package| serves(project, package, ROW.framework(), &["koa"]),
        plan: node_start::started,
        page_folder: None,
    }),
};
