//! Logs that are made to hurt: long, binary, full of sequences for terminals and of secrets.

use std::io::Write;
use std::process::Stdio;

use super::{diagnosed, found};
use crate::support::{LIMITS, Ran, Workspace};

/// Runs the command in a shell with limits on memory and time, with a log on standard input.
fn limited(log: impl Fn(&mut dyn Write)) -> Ran {
    let workspace = Workspace::new();
    let mut shell = workspace.program("sh");
    let command = env!("CARGO_BIN_EXE_spaces-new");
    shell.arg("-c").arg(format!("{LIMITS} && exec {command} diagnose --format json")).stdin(Stdio::piped());
    let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = std::io::BufWriter::new(child.stdin.take().unwrap());
    log(&mut input);
    input.flush().ok();
    drop(input);
    Ran(child.wait_with_output().unwrap())
}

#[test]
fn one_line_of_50_mebibytes_is_read_within_limits() {
    let ran = limited(|log| {
        for _ in 0..50 {
            log.write_all(&vec![b'x'; 1 << 20]).ok();
        }
        log.write_all(b" no space left on device\n").ok();
    });
    assert_eq!(ran.ok().json()["diagnoses"][0]["line"], 1);
}

#[test]
fn many_lines_that_nearly_fit_are_read_within_limits() {
    let ran = limited(|log| {
        let line = "E: Package '' has no E: Package 'x' has no installation PermissionError: [Errno 13] Permission "
            .repeat(20);
        for _ in 0..2000 {
            log.write_all(line.as_bytes()).ok();
            log.write_all(b"\n").ok();
        }
    });
    assert_eq!(ran.code(), 1, "{}", ran.shown());
}

#[test]
fn binary_and_empty_logs_say_nothing() {
    let program = fs_err::read(env!("CARGO_BIN_EXE_spaces-new")).unwrap();
    for log in [&b""[..], b"\n\n", &[0; 4096], &program, &[0xff; 100], b"\xff\xfe"] {
        let diagnosed = diagnosed(log);
        assert!(diagnosed.diagnoses.is_empty() && diagnosed.first_error.is_none());
    }
}

#[test]
fn odd_bytes_do_not_stop_it() {
    for log in [
        &b"\x1b["[..],
        b"\x1b]0;",
        b"#",
        b"#99999999999999999999 x: exec format error",
        b"[] x\n[[[[",
        b"\r\r\r\n",
        b"Traceback (most recent call last)\n\n\n:",
        b"\xc3 no space left on device",
        b"' \xe2\x80 E: Unable to locate package \xf0\x9f",
    ] {
        diagnosed(log);
    }
    assert_eq!(found(b"\0E: Unable to loc\0ate package x\n"), ["1:apt-package-unknown?"]);
}

#[test]
fn no_secret_of_a_log_is_shown() {
    const TOKEN: &str = "hf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH";
    let workspace = Workspace::new();
    for line in [
        format!("fatal: repository 'https://user:{TOKEN}@huggingface.co/spaces/a/b/' not found"),
        format!("ERROR: Invalid requirement: '{TOKEN}'"),
        format!("Error: {TOKEN} is not known here"),
        format!("{}{TOKEN} no space left on device", "x ".repeat(400)),
        format!("E: Unable to locate package \u{1b}[1mhf_\u{1b}[0m{}", &TOKEN[3..]),
        "fatal: could not read Password for 'https://me:aBcDeFgHiJkL@huggingface.co'".to_owned(),
    ] {
        workspace.write("a.log", &line);
        for words in ["diagnose a.log", "diagnose a.log --format json"] {
            let shown = workspace.run(words).shown();
            assert!(!shown.contains("aBcDeFgH"), "{line}: {shown}");
        }
    }
}

#[test]
fn a_log_cannot_write_to_the_terminal_or_to_a_workflow() {
    let workspace = Workspace::new();
    workspace.write("a.log", "E: Unable to locate package \u{9b}2J\u{202e}x\n::error::y: Error: x\n");
    let shown = workspace.run("diagnose a.log").shown();
    assert!(!shown.contains(['\u{9b}', '\u{202e}']), "{shown}");
    workspace.write("a.log", "Error: ::error::y\n");
    let shown = workspace.run("diagnose a.log").shown();
    assert!(!shown.lines().any(|line| line.trim_start().starts_with("::")), "{shown}");
}
