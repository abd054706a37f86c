//! The checks find faults: Spaces are broken on purpose in each way that a template could break.

use std::time::Duration;

use crate::cases::{NODE, PYTHON, built};
use crate::checks::{Contract, faults};
use crate::space::Space;

const QUICK: Contract = Contract { patience: Duration::from_secs(10), ..Contract::HUB };

/// Builds and runs a broken Space, and fails unless a fault with this text is found.
#[track_caller]
fn is_found(space: &Space, text: &str) {
    let faults = faults(space, &built(space), QUICK, &[]);
    assert!(faults.iter().any(|fault| fault.contains(text)), "no `{text}` in {faults:?}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_nothing_in_a_correct_space() {
    let space = Space::render("whole", PYTHON);
    let faults = faults(&space, &built(&space), QUICK, &[]);
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_missing_user() {
    let space = Space::render("broken-user", PYTHON);
    space.replace("Dockerfile", "\nUSER user\n", "\n");
    is_found(&space, "the image starts as `` with UID `0`");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_another_uid() {
    let space = Space::render("broken-uid", PYTHON);
    space.replace("Dockerfile", "--uid 1000", "--uid 1001");
    // UID 1000 may not even enter the other user's home
    is_found(&space, "Permission denied");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_port_that_nothing_listens_on() {
    let space = Space::render("broken-port", PYTHON);
    space.replace("README.md", "app_port: 7860", "app_port: 7999");
    is_found(&space, "no answer on port 7999");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_files_owned_by_root() {
    let space = Space::render("broken-owner", PYTHON);
    space.replace("Dockerfile", "COPY --chown=user:user . ./", "COPY . ./");
    is_found(&space, "`app/assets/README.md` belongs to UID 0");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_home_owned_by_root() {
    let space = Space::render("broken-home", PYTHON);
    space.replace("Dockerfile", "HOME=/home/user", "HOME=/srv");
    is_found(&space, "`/srv` is not writable");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_a_command_in_shell_form() {
    let space = Space::render("broken-command", NODE);
    space.replace("Dockerfile", r#"CMD ["node", "server.js"]"#, "CMD node server.js && true");
    let faults = faults(&space, &built(&space), QUICK, &[]);
    assert!(faults.iter().any(|fault| fault.starts_with("CMD is in shell form")), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.contains("ignores SIGTERM")), "{faults:?}");
}

#[test]
#[ignore = "needs tests/containers/setup"]
fn finds_an_app_that_does_not_stop() {
    let space = Space::render("broken-stop", PYTHON);
    space.replace("app.py", "    signal.signal(", "    print(");
    is_found(&space, "ignores SIGTERM");
}
