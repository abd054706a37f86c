//! Drives the test server of `tests/hub/` with the two clients that Hugging Face publishes, and with git, which proves the server, and compares what
//! they request with what was recorded, so that a changed client is noticed.
//!
//! `tests/publish/run` installs the clients and does all of it. A plain `cargo test` skips these tests; what needs only the
//! recorded requests is in `tests/integration/publish/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![expect(unreachable_pub, reason = "modules of one test read better with plain `pub`")]

#[path = "../hub/mod.rs"]
mod hub;

mod clients;
mod git;
#[cfg(target_os = "linux")]
mod large;
mod settings;
