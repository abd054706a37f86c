//! Where the tools are that `tests/platforms/setup` installed.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;

/// The root of this package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of everything that these tests keep.
pub fn work() -> PathBuf {
    root().join("target/platforms")
}

/// A file beside this one.
pub fn beside(name: &str) -> PathBuf {
    root().join("tests/platforms").join(name)
}

/// A program of the Python environment, which finds the others first, and asks nobody for news.
pub fn tool(name: &str, folder: &Path) -> Command {
    let bin = work().join("venv/bin");
    assert!(bin.join(name).exists(), "no `{name}`: `tests/platforms/setup` was not run before");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(bin.clone()).chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new(bin.join(name));
    command.current_dir(folder).env("PATH", path).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("GRADIO_ANALYTICS_ENABLED", "False").env("BENTOML_DO_NOT_TRACK", "True");
    command
}

/// One of the scripts beside this file, run by the environment's Python.
pub fn script(name: &str, folder: &Path) -> Command {
    let mut command = tool("python", folder);
    command.arg(beside(name));
    command
}

/// Tells about a long step at once, past the test runner that keeps back what is printed, and after how many seconds it comes.
pub fn say(text: &str) {
    static START: OnceLock<Instant> = OnceLock::new();
    let seconds = START.get_or_init(Instant::now).elapsed().as_secs();
    let _ = writeln!(std::io::stderr().lock(), "    {seconds:>4} s  {text}");
}

/// The last lines of a text.
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<_> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
