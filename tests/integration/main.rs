//! Every test that goes through the public API or the command, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod api;
mod check;
mod cli;
mod detect;
mod faults;
mod hadolint;
mod house;
mod init;
mod new;
mod output;
#[cfg(unix)]
mod prompts;
mod properties;
mod support;
