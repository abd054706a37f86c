//! Which files the commands of a build read, so that they fail without them.

use std::ops::Range;

use super::started_files::is_script_name;
use crate::app::image::file_makers::makes_no_file;
use crate::app::image::pip_command;
use crate::facts::pip_options::WITH_VALUE;
use crate::formats::dockerfile::{Command, Run, ShellWord};
use crate::values::last_part;

/// A file that a command reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    /// Its path, as written.
    pub(crate) path: String,
    /// What reads it.
    pub(crate) program: String,
}

/// The files that a `RUN` certainly reads, by plain paths from the folder in which it begins, and where they are named. It stops at
/// the first command that may make files or change the folder.
pub(crate) fn read_by(run: &Run<'_>) -> Vec<(Range<usize>, Read)> {
    let mut found: Vec<(Range<usize>, Read)> = Vec::new();
    for command in &run.commands {
        if command.must_succeed() {
            found.extend(files_of(command).into_iter().filter(|(_, read)| is_plain(&read.path)));
        }
        if command.words.iter().any(|word| word.text.contains('>')) || !makes_no_file(command) {
            break;
        }
    }
    // A redirection or a here-document may make what is read
    let text = run.line.text();
    let is_written = |path: &str| {
        let name = last_part(path);
        text.match_indices(name).any(|(at, _)| text[..at].trim_end().ends_with(['>', '<']))
    };
    found.retain(|(_, read)| !is_written(&read.path));
    found
}

/// Whether a path has no variable, no pattern and no address in it.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && !path.contains(['$', '`', '*', '?', '[', '{', '~', ':', '\\', '"', '\''])
}

fn files_of(command: &Command<'_>) -> Vec<(Range<usize>, Read)> {
    let argv = command.argv();
    let Some(program) = command.program() else { return Vec::new() };
    let named = |word: &ShellWord<'_>| {
        (word.range.clone(), Read { path: word.text.clone().into_owned(), program: program.to_owned() })
    };
    if let Some(arguments) = pip_command::arguments(command) {
        return requirements(arguments)
            .into_iter()
            .map(|(range, path)| (range, Read { path, program: program.to_owned() }))
            .collect();
    }
    let word = |at: usize| argv.get(at).map(|word| &*word.text);
    let package = || {
        let read =
            Read { path: "package.json".to_owned(), program: format!("{program} {}", word(1).unwrap_or_default()) };
        vec![(command.range(), read)]
    };
    match (program, word(1)) {
        ("npm", Some("ci" | "clean-install")) if argv[2..].iter().all(|word| is_switch(word)) => package(),
        ("npm", Some("run" | "run-script")) if argv[2..].iter().all(|word| !is_elsewhere(word)) => package(),
        ("chmod", Some(_)) => {
            let mut operands = argv[1..].iter().filter(|word| !is_option_of_chmod(&word.text));
            // The first is the mode. What has no ending may be a folder that `mkdir` makes
            operands.next();
            operands.filter(|word| is_script_name(&word.text)).map(named).collect()
        }
        (name, Some(script)) if runs_scripts(name) && !script.starts_with('-') && has_ending_of(name, script) => {
            vec![named(&argv[1])]
        }
        _ => Vec::new(),
    }
}

/// The files after `-r`.
fn requirements(arguments: &[ShellWord<'_>]) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let text = &*word.text;
        if WITH_VALUE.contains(&text) {
            words.next();
        } else if matches!(text, "-r" | "--requirement" | "--requirements") {
            found.extend(words.next().map(|file| (file.range.clone(), file.text.clone().into_owned())));
        } else if let Some(file) = text.strip_prefix("--requirement=").or_else(|| text.strip_prefix("-r")) {
            found.push((word.range.clone(), file.to_owned()));
        }
    }
    found
}

/// An option without a value of its own.
fn is_switch(word: &ShellWord<'_>) -> bool {
    word.text.starts_with('-') && !is_elsewhere(word)
}

/// Whether a word leads npm to another folder.
fn is_elsewhere(word: &ShellWord<'_>) -> bool {
    ["--prefix", "-C", "-w", "--workspace", "--if-present", "-g", "--global"]
        .iter()
        .any(|option| word.text.starts_with(option))
}

/// `-R`, `--verbose`; `-x` is a mode.
fn is_option_of_chmod(word: &str) -> bool {
    word.starts_with("--") || word.strip_prefix('-').is_some_and(|rest| rest.chars().all(|char| "Rcfv".contains(char)))
}

fn runs_scripts(program: &str) -> bool {
    matches!(program, "bash" | "sh" | "node") || matches!(program.strip_prefix("python"), Some("" | "3"))
}

fn has_ending_of(program: &str, script: &str) -> bool {
    let endings: &[&str] = match program {
        "bash" | "sh" => &[".sh", ".bash"],
        "node" => &[".js", ".mjs", ".cjs"],
        _ => &[".py"],
    };
    endings.iter().any(|ending| script.ends_with(ending))
}
