//! Drives the test server of `tests/hub/` with the two clients that Hugging Face publishes, and with git, which proves the server, and compares what
//! they request with what was recorded, so that a changed client is noticed.
//!
//! A client of ours goes through the same story, and `shapes::differences` finds what it sends and neither of them does.
//!
//! `tests/publish/run` installs the clients and does all of it. A plain `cargo test` skips these tests; what needs only the
//! recorded requests is in `tests/integration/publish/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "it starts programs and reads what they made")]
#![expect(unreachable_pub, reason = "modules of one test read better with plain `pub`")]

#[path = "../hub/mod.rs"]
mod hub;

mod clients;
mod command;
mod faulty;
mod git;
mod heavy;
mod ours;
mod refused;
mod settings;
