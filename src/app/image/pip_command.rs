//! The command line of `pip install`.

use crate::formats::dockerfile::{Command, ShellWord};

/// The words after `pip install`, of pip or uv.
pub(crate) fn arguments<'c, 't>(command: &'c Command<'t>) -> Option<&'c [ShellWord<'t>]> {
    let argv = command.argv();
    let program = command.program()?;
    let is_pip = |name: &str| {
        name == "pip" || name.strip_prefix("pip3").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let word = |at: usize| argv.get(at).map(|word| &*word.text);
    let after = if is_pip(program) {
        1
    } else if program == "uv" && word(1) == Some("pip") {
        2
    } else if program.starts_with("python") {
        let at = argv.iter().position(|word| word.text == "-m")?;
        (word(at + 1).is_some_and(is_pip)).then_some(at + 2)?
    } else {
        return None;
    };
    let install = argv.iter().skip(after).position(|word| !word.text.starts_with('-'))? + after;
    (word(install) == Some("install")).then(|| &argv[install + 1..])
}

/// Whether a command installs the dependencies that `pyproject.toml` names.
pub(in crate::app) fn installs_project(command: &Command<'_>) -> bool {
    let word = |at: usize| command.argv().get(at).map(|word| &*word.text);
    let of_tool = matches!(
        (command.program(), word(1)),
        (Some("uv"), Some("sync")) | (Some("poetry" | "pdm"), Some("install" | "sync"))
    );
    let is_project = |word: &ShellWord<'_>| matches!(&*word.text, "." | "./" | "pyproject.toml");
    of_tool || arguments(command).is_some_and(|words| words.iter().any(is_project))
}
