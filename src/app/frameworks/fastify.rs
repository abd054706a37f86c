//! Fastify. Source: <https://fastify.dev/docs/latest/Reference/Server/#listen>.

use super::express::serves;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::framework::About;
use crate::app::node_start;

pub(super) static ROW: Row = Row {
    about: About { id: "fastify", name: "Fastify", ..About::NODE },
    hooks: Hooks::Node(NodeHooks {
        find: |project, package| serves(project, package, ROW.framework(), &["fastify"]),
        plan: node_start::started,
        page_folder: None,
    }),
};
