//! Hono on Node or Bun. Source: <https://hono.dev/docs/getting-started/nodejs>.

use super::express::serves;
use super::row::{Hooks, NodeHooks, Row};
use crate::app::framework::About;
use crate::app::node_start;

pub(super) static ROW: Row = Row {
    about: About { id: "hono", name: "Hono", ..About::NODE },
    hooks: Hooks::Node(NodeHooks {
        find: |project, package| serves(project, package, ROW.framework(), &["@hono/node-server", "hono"]),
        plan: node_start::started,
        page_folder: None,
    }),
};
