//! What hadolint says of a Dockerfile that was rendered.

use std::path::Path;
use std::process::Command;

use crate::settings::setting;
use crate::space::Space;

/// The findings that are a warning or worse; empty when there are none.
#[track_caller]
pub fn findings(dockerfile: &Path) -> String {
    let mut hadolint = Command::new(setting("HADOLINT"));
    let output = hadolint.args(["--no-color", "--failure-threshold", "warning"]).arg(dockerfile).output().unwrap();
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { String::new() } else { told }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_base_image_without_a_version() {
    let space = Space::render("lint", "--template docker --base python:3.13-slim-trixie");
    assert_eq!(findings(&space.path().join("Dockerfile")), "");
    space.replace("Dockerfile", "python:3.13-slim-trixie", "python");
    assert!(findings(&space.path().join("Dockerfile")).contains("DL3006"));
}
