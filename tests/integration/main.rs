//! Every test that goes through the public API or the command, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::disallowed_methods, reason = "tests read what they made, and start programs")]

mod add;
mod advise;
mod api;
mod check;
mod cli;
mod deploy;
mod detect;
mod diagnose;
mod faults;
mod hadolint;
mod help;
#[cfg(unix)]
mod hostile;
mod house;
#[path = "../hub/mod.rs"]
mod hub;
mod init;
mod models;
mod new;
mod output;
mod packaging;
mod patterns;
#[cfg(unix)]
mod prompts;
mod properties;
mod publish;
#[cfg(unix)]
mod recording;
mod servers;
#[cfg(unix)]
mod shells;
mod snapshots;
mod support;
mod target;
#[cfg(unix)]
mod tried;
mod update;
