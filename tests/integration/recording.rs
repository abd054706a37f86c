//! The recording in the README: the real program in a terminal, drawn as an SVG. Its times are fixed here; its content is what
//! the program prints. `UPDATE=1 cargo test --test integration recording` makes it again.

mod drawn;
mod screen;

use std::path::Path;
use std::process::Command;

use super::prompts::terminal::Terminal;
use crate::support::{Workspace, root};
use drawn::Step;

/// What is typed.
const LINES: [&str; 4] = [
    "spaces-new my-demo -t streamlit --yes",
    "sed -i 's/app_port: 7860/app_port: 8000/' my-demo/README.md",
    "spaces-new check my-demo",
    "spaces-new check my-demo --fix",
];

const FILE: &str = "docs/recording.svg";

/// Runs a line in a terminal that is as wide as the recording; returns what it prints.
fn printed(line: &str, workspace: &Workspace) -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_spaces-new")).parent().unwrap();
    let mut shell: Command = workspace.program("sh");
    // A new terminal has no size until it is given one, which is then changed
    let wait = "while [ \"$(stty size)\" = '0 0' ]; do sleep 0.01; done";
    shell.args(["-c", &format!("{wait}; stty cols {} rows 50; {line}", screen::COLUMNS)]);
    shell.env("PATH", format!("{}:{}", folder.display(), std::env::var("PATH").unwrap()));
    Terminal::run(&shell).end().screen
}

#[test]
fn the_recording_shows_what_the_program_prints() {
    let workspace = Workspace::new();
    let steps: Vec<Step> =
        LINES.iter().map(|line| Step { typed: line, output: screen::rows(&printed(line, &workspace)) }).collect();
    let found: String = steps[2].output.iter().flatten().map(|run| run.text.as_str()).collect();
    assert!(found.contains("port-mismatch") && found.contains("fixable with `--fix`"), "{found}");
    let drawn = drawn::svg(&steps);
    let path = root().join(FILE);
    if std::env::var_os("UPDATE").is_some() {
        fs_err::write(&path, &drawn).unwrap();
    }
    let now = fs_err::read_to_string(&path).unwrap();
    assert!(now == drawn, "{FILE} does not show what the program prints: make it again with UPDATE=1");
}
