//! A whole repository: the input is cut at zero bytes into the files that the check reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo};

const PATHS: [&str; 15] = [
    "README.md",
    "Dockerfile",
    "requirements.txt",
    ".gitattributes",
    ".gitlab-ci.yml",
    ".gitmodules",
    ".gitignore",
    ".dockerignore",
    ".streamlit/config.toml",
    ".spaces-new.toml",
    "app.py",
    "package.json",
    ".env",
    "start.sh",
    "nginx.conf",
    "server.js",
    ".streamlit/secrets.toml",
];

fuzz_target!(|input: &[u8]| {
    let files = PATHS.iter().zip(input.split(|byte| *byte == 0));
    let files = files.map(|(path, bytes)| (path.parse().unwrap(), bytes.to_vec()));
    let _ = Checker::new().pedantic(true).check(&Repo::from_files(files));
});
