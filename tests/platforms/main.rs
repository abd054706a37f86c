//! Adds platforms to small apps, and judges the files with the platforms' own tools.
//!
//! Needs those tools, which `tests/platforms/setup` installs; `tests/platforms/run` does all of it. A plain `cargo test` skips
//! these tests.

#![expect(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(unreachable_pub, reason = "modules of one test read better with plain `pub`")]

mod answers;
mod app;
mod bentoml;
mod broken;
mod case;
mod cog;
mod colab;
#[path = "../containers/http.rs"]
mod http;
mod northflank;
#[path = "../containers/process.rs"]
mod process;
mod properties;
mod server;
mod settings;
mod share;
mod streamlit;
