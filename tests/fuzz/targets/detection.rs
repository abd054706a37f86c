//! A whole repository: the input is cut at zero bytes into the files that detection reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Repo, detect};

const PATHS: [&str; 16] = [
    "app.py",
    "src/pkg/main.py",
    "requirements.txt",
    "pyproject.toml",
    "package.json",
    "server.js",
    "README.md",
    "environment.yml",
    "Dockerfile",
    ".env.example",
    "Procfile",
    "main.go",
    "Cargo.toml",
    ".python-version",
    "start.sh",
    ".streamlit/config.toml",
];

fuzz_target!(|input: &[u8]| {
    let files = PATHS.iter().zip(input.split(|byte| *byte == 0));
    let files = files.map(|(path, bytes)| (path.parse().unwrap(), bytes.to_vec()));
    let detected = detect(&Repo::from_files(files));
    for app in detected.apps() {
        let _ = detected.proposal(app, None);
        let _ = detected.proposal(app, Some(8000));
    }
});
