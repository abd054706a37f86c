//! Any Dockerfile of a Docker Space.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spaces_new::{Checker, Repo};

const README: &[u8] = b"---\nsdk: docker\napp_port: 7860\n---\n";

fuzz_target!(|dockerfile: &[u8]| {
    let files = [("README.md", README), ("Dockerfile", dockerfile)];
    let files = files.map(|(path, bytes)| (path.parse().unwrap(), bytes.to_vec()));
    let _ = Checker::new().pedantic(true).check(&Repo::from_files(files));
});
