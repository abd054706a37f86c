//! Where the clients are that `tests/publish/run` installed, and the folder that they publish.

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

/// What every client publishes: text, a binary file that is uploaded whole and one that is uploaded in parts, an empty file, a file
/// that will be deleted, and two that `.gitignore` names.
pub fn make_space(folder: &Path) {
    let picture = [b"\x89PNG\r\n\x1a\n".to_vec(), (0..=255).collect()].concat();
    // More than two parts, of a pattern that is not that of the parts
    let weights: Vec<u8> = (0..=250).cycle().take((5 << 20) + 17).collect();
    let readme =
        "---\ntitle: My Space\nemoji: \u{1f433}\ncolorFrom: red\ncolorTo: gray\nsdk: docker\n---\n\n# My Space\n";
    let files: [(&str, &[u8]); 10] = [
        (".env", b"PASSWORD=neverSendThis\n"),
        (".gitignore", b".env\n*.log\n"),
        ("Dockerfile", b"FROM python:3.13\n"),
        ("README.md", readme.as_bytes()),
        ("app.py", b"print(\"hello\")\n"),
        ("assets/empty.txt", b""),
        ("assets/picture.png", &picture),
        ("assets/weights.bin", &weights),
        ("debug.log", b"neverSendThis\n"),
        ("old.txt", b"old\n"),
    ];
    for (path, content) in files {
        let path = folder.join(path);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, content).unwrap();
    }
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
