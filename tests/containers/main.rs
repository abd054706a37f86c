//! Builds every kind of Space that the command writes, and runs it as the Hub would.
//!
//! Needs an engine, base images and a browser, which `tests/containers/setup` makes ready; `tests/containers/run` does
//! all of it. A plain `cargo test` skips these tests. They run one at a time, since Spaces share ports.

#![expect(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(unreachable_pub, reason = "modules of one test read better with plain `pub`")]

mod adopted;
mod adopted_node;
mod adopted_python;
mod broken;
mod browser;
mod buildah;
mod cases;
mod checks;
mod container;
mod dockerignore;
mod engine;
mod front_matter;
mod http;
mod hub_sdk;
mod installers;
mod javascript;
mod layers;
mod ledger;
mod lint;
mod models;
mod network;
mod pins;
mod podman;
mod process;
mod secrets;
mod settings;
mod space;
mod tar;
mod tried;
mod tried_runs;
mod webdriver;
