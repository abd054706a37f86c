//! Hostile folders: nothing in them is run, nothing outside them is read, and every run ends.

mod budget;
mod git;
mod kept;
mod patterns;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{HANG, LIMITS, Ran, Workspace};

const APP: &str = "import gradio as gr\n\ngr.Interface(lambda text: text, \"text\", \"text\").launch()\n";
const CARD: &str = "---\ntitle: Demo\nsdk: docker\napp_port: 7860\n---\n";
const DOCKERFILE: &str =
    "FROM python:3.13-slim-trixie\nRUN useradd -m -u 1000 user\nUSER user\nCMD [\"python\", \"app.py\"]\n";

/// Writes an app into a folder of a workspace.
fn app(workspace: &Workspace, folder: &str) {
    workspace.write(&format!("{folder}/app.py"), APP).write(&format!("{folder}/requirements.txt"), "gradio==6.31.0\n");
}

/// Writes a Space into a folder of a workspace.
fn space(workspace: &Workspace, folder: &str) {
    app(workspace, folder);
    workspace.write(&format!("{folder}/README.md"), CARD).write(&format!("{folder}/Dockerfile"), DOCKERFILE);
}

/// Runs the command with limits of memory and time. Fails if it hangs or is killed.
fn limited(workspace: &Workspace, words: &[&str]) -> Ran {
    let command = workspace.command();
    let mut limited = Command::new("sh");
    limited.args(["-c", &format!("{LIMITS} && exec \"$0\" \"$@\"")]).arg(command.get_program()).args(words);
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    within(limited.current_dir(workspace.path()), workspace)
}

/// Waits for a command.
fn within(command: &mut Command, workspace: &Workspace) -> Ran {
    let out = tempfile::NamedTempFile::new().unwrap();
    let err = tempfile::NamedTempFile::new().unwrap();
    command.stdin(Stdio::null()).stdout(out.reopen().unwrap()).stderr(err.reopen().unwrap());
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > HANG {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("still running after {HANG:?} in {}", workspace.path().display());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |file: &tempfile::NamedTempFile| fs_err::read(file.path()).unwrap();
    let ran = Ran(std::process::Output { status, stdout: read(&out), stderr: read(&err) });
    assert!(matches!(ran.code(), 0..=2), "{:?}: {}", ran.0.status, ran.stderr());
    ran
}

/// Writes an executable script.
fn script(path: &Path, text: &str) {
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    fs_err::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs a real git in a folder, with only the folder's own settings.
fn git(folder: &Path, words: &[&str]) -> String {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "init.defaultBranch=main"]).args(words);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_DIR");
    let output = git.current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
