//! What each source file may contain.

use std::path::Path;

use spaces_new::unstable as facts;

use super::rust::code;
use crate::support::{files_under, root};

const LINES_MAX: usize = 400;

/// Rust files under a folder, with their text.
pub(super) fn sources(folder: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let rust = |file: &String| Path::new(file).extension().is_some_and(|ending| ending == "rs");
    let files = files_under(&folder).into_iter().filter(rust);
    files.map(|file| (file.clone(), fs_err::read_to_string(folder.join(&file)).unwrap())).collect()
}

#[test]
fn no_file_is_too_long() {
    for folder in ["src", "tests", "benches"] {
        for (file, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= LINES_MAX, "{folder}/{file} has {lines} lines, {LINES_MAX} are allowed");
        }
    }
}

#[test]
fn only_the_command_knows_the_terminal() {
    const TERMINAL: [&str; 12] = [
        "clap",
        "dialoguer",
        "anyhow",
        "anstream",
        "anstyle",
        "ctrlc",
        "process::exit",
        "println!",
        "print!",
        "dbg!",
        "stdin()",
        "is_terminal",
    ];
    let library = |file: &str| !file.starts_with("cli/") && file != "main.rs";
    let mut seen = 0;
    for (file, text) in sources("src").iter().filter(|(file, _)| library(file)) {
        let code = code(text);
        let named = TERMINAL.iter().find(|name| code.contains(**name));
        assert_eq!(named, None, "src/{file}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

/// The content of a folder is never run, and is read within limits: clippy enforces most of this, but cannot see an import under
/// another name.
#[test]
fn programs_are_started_and_files_are_opened_in_one_module_each() {
    const READS: [&str; 7] = [
        "File::open",
        "fs_err::read(",
        "fs::read(",
        "fs_err::read_to_string(",
        "read_link(",
        "OpenOptions",
        "File::options",
    ];
    let mut found = 0;
    for (file, text) in sources("src") {
        let code = code(&text);
        let starts = code.contains("process::Command") || code.contains("process::{") && code.contains("Command");
        assert!(!starts || file.starts_with("program/"), "src/{file} starts a program");
        let module = file.split(['/', '.']).next().unwrap();
        let opens = READS.iter().find(|name| code.contains(**name));
        let is_allowed = matches!(module, "disk" | "apply" | "program") || file == "repo/file.rs";
        assert!(opens.is_none() || is_allowed, "src/{file} opens files by itself: {opens:?}");
        found += usize::from(starts) + usize::from(opens.is_some());
    }
    assert!(found >= 3, "the check finds nothing any more: {found}");
}

#[test]
fn only_the_command_ends_the_process_and_only_its_printer_prints() {
    for (file, text) in sources("src") {
        let code = code(&text);
        assert!(!code.contains("process::exit") || file.starts_with("cli/"), "src/{file}");
        let prints = ["println!", "print!", "anstream::stdout", "anstream::stderr", "io::stdout"]
            .iter()
            .any(|name| code.contains(name));
        assert!(!prints || file == "cli/printer.rs", "src/{file} prints");
    }
}

#[test]
fn lists_of_the_hub_are_only_in_the_tables_of_facts() {
    let licenses: Vec<&str> = facts::licenses::LICENSES.iter().map(|row| row.id).collect();
    let flavors: Vec<&str> = facts::hardware::FLAVORS.iter().map(|row| row.id).collect();
    for (file, text) in sources("src").iter().filter(|(file, _)| !file.starts_with("facts/")) {
        let code = code(text);
        for ids in [&facts::limits::COLORS[..], &licenses, &flavors] {
            let named = ids.iter().filter(|id| code.contains(&format!("\"{id}\""))).collect::<Vec<_>>();
            assert!(named.len() <= 2, "src/{file} repeats a list of src/facts: {named:?}");
        }
    }
}
