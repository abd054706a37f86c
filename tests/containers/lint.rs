//! What hadolint reports about rendered Dockerfiles.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::front_matter;
use crate::settings::{root, setting};
use crate::space::Space;

/// The findings that are a warning or worse; empty when there are none.
#[track_caller]
pub fn findings(dockerfile: &Path) -> String {
    let mut hadolint = Command::new(setting("HADOLINT"));
    let output = hadolint.args(["--no-color", "--failure-threshold", "warning"]).arg(dockerfile).output().unwrap();
    let report = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { String::new() } else { report }
}

/// The hadolint rules that Dockerfiles suppress, and why. docs/containers.md has the same list.
const IGNORED: [(&str, &str); 1] =
    [("DL3008", "Debian packages, without versions: the mirrors drop an exact version as soon as the next one is out")];

#[test]
#[ignore = "needs tests/containers/setup"]
fn every_ignore_is_listed_and_gives_its_reason() {
    let mut found = BTreeSet::new();
    for space in front_matter::rendered(&front_matter::answers_files()) {
        let Ok(dockerfile) = fs_err::read_to_string(space.path().join("Dockerfile")) else { continue };
        let lines: Vec<_> = dockerfile.lines().collect();
        for (reason, ignore) in lines.iter().zip(&lines[1..]) {
            let Some(rule) = ignore.strip_prefix("# hadolint ignore=") else { continue };
            found.insert((rule.to_owned(), reason.trim_start_matches("# ").to_owned()));
        }
    }
    assert_eq!(found, IGNORED.map(|(rule, reason)| (rule.to_owned(), reason.to_owned())).into());
    let document = fs_err::read_to_string(root().join("docs/containers.md")).unwrap();
    for (rule, _) in IGNORED {
        assert!(document.contains(rule), "docs/containers.md does not name {rule}");
    }
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_base_image_without_a_version() {
    let space = Space::render("lint", "--template docker --base python:3.13-slim-trixie");
    assert_eq!(findings(&space.path().join("Dockerfile")), "");
    space.replace("Dockerfile", "python:3.13-slim-trixie", "python");
    assert!(findings(&space.path().join("Dockerfile")).contains("DL3006"));
}
