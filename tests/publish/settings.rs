//! Where the clients are that `tests/publish/run` installed, and how they are run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::hub::{Hub, Script};

/// The root of this package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of everything that these tests install.
pub fn work() -> PathBuf {
    root().join("target/publish")
}

/// A file beside this one.
pub fn beside(name: &str) -> PathBuf {
    root().join("tests/publish").join(name)
}

/// Runs a client, which finds the server in its environment and has nothing else there.
pub fn run(hub: &Hub, program: &Path, words: &[&Path]) {
    let mut command = Command::new(program);
    command.args(words).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HF_ENDPOINT", hub.endpoint()).env("HF_TOKEN", Script::TOKEN);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}\n{}", String::from_utf8_lossy(&said), hub.log().lines().join("\n"));
}
