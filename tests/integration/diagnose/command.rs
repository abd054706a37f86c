//! The command: its screens, its JSON, its exit codes, where it reads the log.

use std::io::Write;
use std::process::Stdio;

use super::log;
#[cfg(unix)]
use crate::prompts::terminal::Terminal;
use crate::snapshots::settings;
use crate::support::{Ran, Workspace};

fn screen(name: &str, ran: &Ran) {
    settings("diagnose").bind(|| insta::assert_snapshot!(name, ran.shown()));
}

/// Runs the command with a log on standard input.
fn piped(workspace: &Workspace, words: &str, log: &[u8]) -> Ran {
    let mut command = workspace.command();
    command.args(words.split_whitespace()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(log).unwrap();
    Ran(child.wait_with_output().unwrap())
}

#[test]
fn the_screens() {
    let workspace = Workspace::new();
    for name in [
        "apt-package-gone",
        "flask-on-loopback",
        "push-with-binary-files",
        "module-missing",
        "npm-lock-outdated",
        "none-own-name-error",
        "none-cut-in-pip",
        "none-healthy-gradio",
    ] {
        workspace.write("run.log", log(name));
        screen(name, &workspace.run("diagnose run.log"));
    }
    workspace.write("run.log", log("apt-package-gone"));
    screen("json", &workspace.run("diagnose run.log --format json"));
    workspace.write("run.log", log("none-own-name-error"));
    screen("json of an unknown one", &workspace.run("diagnose run.log --format json"));
}

#[test]
fn with_a_folder_it_shows_where_the_check_finds_the_fault() {
    let workspace = Workspace::new();
    workspace.write("run.log", log("uid-taken"));
    workspace.write("space/README.md", "---\ntitle: A\nsdk: docker\n---\n");
    workspace.write("space/Dockerfile", "FROM ubuntu:24.04\nRUN useradd -m -u 1000 user\nUSER user\nCMD [\"sh\"]\n");
    screen("in a Space", &workspace.run("diagnose run.log --in space"));
    let json = workspace.run("diagnose run.log --in space --format json").ok().json();
    let finding = &json["diagnoses"][0]["findings"][0];
    assert_eq!((finding["rule"].as_str(), finding["line"].as_u64()), (Some("uid-already-taken"), Some(2)));
    workspace
        .write("space/Dockerfile", "FROM python:3.12-slim\nRUN useradd -m -u 1000 user\nUSER user\nCMD [\"sh\"]\n");
    screen("not in a Space", &workspace.run("diagnose run.log --in space"));
    let ran = workspace.run("diagnose run.log --in nowhere");
    assert_eq!(ran.code(), 2, "{}", ran.shown());
    assert!(ran.stderr().contains("nowhere"));
}

#[test]
fn the_log_may_be_piped_or_a_file() {
    let workspace = Workspace::new();
    let expected = serde_json::json!({"line": 7, "rule": "uid-already-taken", "confidence": "certain"});
    workspace.write("run.log", log("uid-taken"));
    for ran in [
        piped(&workspace, "diagnose --format json", &log("uid-taken")),
        piped(&workspace, "diagnose - --format json", &log("uid-taken")),
        workspace.run("diagnose run.log --format json"),
    ] {
        let first = ran.ok().json()["diagnoses"][0].clone();
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&first[key], value);
        }
        for key in ["message", "cause", "fix", "id", "stage", "source"] {
            assert!(first[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
        }
    }
}

#[test]
fn the_exit_code_says_whether_something_known_was_found() {
    let workspace = Workspace::new();
    for (name, code) in
        [("uid-taken", 0), ("module-missing", 0), ("none-own-name-error", 1), ("none-healthy-gradio", 1)]
    {
        assert_eq!(piped(&workspace, "diagnose", &log(name)).code(), code, "{name}");
    }
    for nothing in [&b""[..], b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0"] {
        let ran = piped(&workspace, "diagnose --format json", nothing);
        assert_eq!((ran.code(), &ran.json()["diagnoses"]), (1, &serde_json::json!([])));
    }
    screen("an empty log", &piped(&workspace, "diagnose", b""));
}

#[test]
fn a_log_that_cannot_be_read_is_named() {
    let workspace = Workspace::new();
    fs_err::create_dir(workspace.path().join("folder")).unwrap();
    for name in ["nothing.log", "folder"] {
        let ran = workspace.run(&format!("diagnose {name}"));
        assert_eq!(ran.code(), 2, "{}", ran.shown());
        assert!(ran.stderr().contains(&format!("`{name}`")), "{}", ran.shown());
        let json = workspace.run(&format!("diagnose {name} --format json"));
        assert_eq!((json.code(), json.json()["ok"].as_bool()), (2, Some(false)));
    }
    screen("a missing log", &workspace.run("diagnose nothing.log"));
}

/// Without a log, a terminal is not waited for; a log may be pasted into one.
#[cfg(unix)]
#[test]
fn a_terminal_is_read_only_if_that_is_asked_for() {
    let workspace = Workspace::new();
    let ended = Terminal::start(&workspace, &["diagnose"]).end();
    assert_eq!(ended.code, 2);
    let mut pasted = Terminal::start(&workspace, &["diagnose", "-"]);
    pasted.expect("Paste the log").press("useradd: UID 1000 is not unique\n\u{4}");
    let pasted = pasted.end().ok();
    assert!(pasted.text().contains("stdin:1") && pasted.text().contains("uid-already-taken"), "{}", pasted.text());
    assert!(ended.text().contains("no log was given") && ended.text().contains("hf spaces logs"), "{}", ended.text());
}
