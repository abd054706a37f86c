//! What `tests/containers/setup` found, and the output of tests while they run.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

/// The folder of everything that the container tests keep.
pub fn work() -> PathBuf {
    root().join("target/containers")
}

/// The root of this package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A value that setup wrote down.
pub fn setting(key: &str) -> String {
    let path = work().join("settings");
    let text = fs_err::read_to_string(&path).expect("`tests/containers/setup` was run before");
    let settings: BTreeMap<_, _> = text.lines().filter_map(|line| line.split_once('=')).collect();
    settings.get(key).unwrap_or_else(|| panic!("no `{key}` in {}", path.display())).to_string()
}

/// A tool that setup may have skipped. If it is missing, tests that need it print a note and pass; not in CI.
pub fn tool(key: &str) -> Option<String> {
    let path = setting(key);
    if !path.is_empty() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{key} was not found by tests/containers/setup");
    say(&format!("skipped: {key} was not found by tests/containers/setup"));
    None
}

/// A static busybox: a web server that runs in any image.
pub fn busybox() -> Vec<u8> {
    fs_err::read(Path::new(&setting("BUSYBOX"))).unwrap()
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
