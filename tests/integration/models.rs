//! The starter apps ask a model only with a token, and survive every answer. With stubs of their packages: the container tests
//! have the real ones.

use std::process::Command;

use crate::support::{Workspace, root};

#[expect(clippy::print_stderr, reason = "a skipped test prints a note")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

#[test]
fn starters_ask_a_model_with_a_token_and_say_so_without_one() {
    if Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]).status().is_err() {
        skipped("there is no python3 here");
        return;
    }
    let workspace = Workspace::new();
    for flags in
        ["-t gradio", "-t gradio --sdk gradio --hf-oauth", "-t streamlit", "-t fastapi", "-t flask", "-t docker"]
    {
        workspace.run(&format!("made --vcs none {flags}")).ok();
        let mut python = Command::new("python3");
        python.arg(root().join("tests/models/ask_model.py")).arg(workspace.path().join("made")).arg("stubs");
        let output = python.env("PYTHONDONTWRITEBYTECODE", "1").output().unwrap();
        assert!(output.status.success(), "{flags}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8_lossy(&output.stdout), "asked 11 times\n", "{flags}");
        fs_err::remove_dir_all(workspace.path().join("made")).unwrap();
    }
}

#[test]
fn a_token_that_a_starter_can_use_is_no_secret_of_the_space() {
    for template in ["gradio", "streamlit", "fastapi", "flask", "docker"] {
        let workspace = Workspace::new();
        let made = workspace.run(&format!("made --vcs none -t {template}")).ok();
        assert!(!made.stdout().contains("--secret"), "{}", made.stdout());
        let files = workspace.files("made");
        assert!(!files.contains_key(".env.example"));
        assert!(!String::from_utf8_lossy(&files[".spaces-new.toml"]).contains("HF_TOKEN"));
    }
}
