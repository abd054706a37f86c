//! Measuring, for both benchmarks.

#![allow(dead_code, reason = "each benchmark uses a part")]

use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program to measure: the one that `SPACES_NEW` names, such as that of a release, otherwise the one that cargo has built.
pub(crate) fn binary() -> OsString {
    std::env::var_os("SPACES_NEW").unwrap_or_else(|| env!("CARGO_BIN_EXE_spaces-new").into())
}

/// How long a command takes, which must succeed.
pub(crate) fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    let elapsed = start.elapsed();
    assert!(status.success(), "{command:?}");
    elapsed
}

pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

pub(crate) fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "sizes are only displayed")]
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// The largest resident memory of any child so far, in bytes.
#[cfg(unix)]
pub(crate) fn child_memory() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    let peak = u64::try_from(getrusage(UsageWho::RUSAGE_CHILDREN).ok()?.max_rss()).ok()?;
    // Linux counts kibibytes, macOS bytes.
    Some(if cfg!(target_os = "macos") { peak } else { peak * 1024 })
}

#[cfg(not(unix))]
pub(crate) fn child_memory() -> Option<u64> {
    None
}
