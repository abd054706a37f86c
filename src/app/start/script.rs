//! The port and the address that a script sets in its own code, if nothing else can change them.
//!
//! Only what is certain, but for a variable that is named: the only file that the container starts, unchanged from the
//! repository, with one call that listens.

use std::ops::Range;

use super::code_start::{Said, loopback_of_node, loopback_of_python, port_of_node, port_of_python};
use super::python_setting::By;
use super::servers::is_loopback;
use super::startup::only_server;
use crate::app::image::contents::ImageFiles;
use crate::app::node_imports;
use crate::app::paths::has_ending;
use crate::formats::dockerfile::{Command, CommandLine, Dockerfile, Instruction, State};
use crate::formats::python::Sources;
use crate::repo::{File, Repo};
use crate::values::last_part;

/// A value in the code.
pub(super) struct InCode<'r, T> {
    pub(super) file: &'r str,
    pub(super) value: T,
    /// The variable that would change it, if the image does not set it.
    pub(super) variable: Option<String>,
    /// Its place in the file.
    pub(super) range: Range<usize>,
    /// The place where the Dockerfile starts the file.
    pub(super) started: Range<usize>,
}

/// The maximum size of a script: longer ones are generated.
const LARGEST: usize = 512 * 1024;

/// A script that the container starts.
struct Script<'r, 'd> {
    file: &'r File,
    text: &'r str,
    is_python: bool,
    /// Whether Bun runs it.
    on_bun: bool,
    /// The place where the Dockerfile starts it.
    started: Range<usize>,
    /// The environment that it starts with; none if the command changes it.
    state: Option<&'d State>,
}

/// The port, if the container starts one script that sets it, and what could set another.
pub(super) fn port_in_code<'r>(
    repo: &'r Repo,
    dockerfile: &Dockerfile<'_>,
    sources: &Sources<'r>,
) -> Option<InCode<'r, u16>> {
    let script = started(repo, dockerfile)?;
    let said = if script.is_python {
        port_of_python(script.text, &sources.of(script.file.path(), script.text), script.state)?
    } else {
        port_of_node(script.text, script.on_bun)?
    };
    in_code(repo, script, said, |text| text.trim().parse().ok())
}

/// The loopback address, if the container starts one script that only listens there. The inner none if that is the default.
pub(super) fn loopback_in_code<'r>(
    repo: &'r Repo,
    dockerfile: &Dockerfile<'_>,
    sources: &Sources<'r>,
) -> Option<InCode<'r, Option<String>>> {
    let script = started(repo, dockerfile)?;
    let said = if script.is_python {
        loopback_of_python(script.text, &sources.of(script.file.path(), script.text), script.state)?
    } else {
        loopback_of_node(script.text, script.on_bun)?
    };
    let in_code = in_code(repo, script, said, |text| Some(Some(text.to_owned())))?;
    in_code.value.as_deref().is_none_or(is_loopback).then_some(in_code)
}

/// The value as the container sets it: the script has no arguments, and the image may set the variable.
fn in_code<'r, T>(
    repo: &Repo,
    script: Script<'r, '_>,
    said: Said<T>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<InCode<'r, T>> {
    let Said { value, by, range } = said;
    let (value, variable) = match by {
        By::Code | By::Flag(_) => (value, None),
        By::Variable(name) => {
            let state = script.state?;
            match state.sets_env(&name) {
                true => (read(state.env(&name)?)?, None),
                // A file beside the script may set it
                false if script.text.contains("dotenv") && repo.get(".env").is_some() => return None,
                false if script.on_bun && OF_BUN.iter().any(|name| repo.get(name).is_some()) => return None,
                false => (value, Some(name)),
            }
        }
    };
    Some(InCode { file: script.file.path(), value, variable, range, started: script.started })
}

/// Files of settings that Bun reads by itself. Source: <https://bun.com/docs/runtime/environment-variables>.
const OF_BUN: [&str; 3] = [".env", ".env.production", ".env.local"];

/// Whether the container starts JavaScript that never loads a file.
pub(super) fn leaves_out(repo: &Repo, dockerfile: &Dockerfile<'_>, path: &str) -> bool {
    let files = ImageFiles::of(repo, dockerfile);
    let started = || {
        let (command, _) = only_server(&files)?;
        let is_script = |text: &str| ENDINGS.iter().any(|ending| text.ends_with(ending));
        let runs_scripts = matches!(command.program(), "node" | "tsx" | "bun");
        let script = command.words.iter().skip(1).find(|word| is_script(&word.text)).filter(|_| runs_scripts)?;
        Some(node_imports::run(repo, files.file(&command.absolute(&script.text)?)?.file.path()))
    };
    let is_script = ENDINGS.iter().any(|ending| path.ends_with(ending));
    let is_known = |run: &node_imports::Run<'_>| run.is_complete && !run.files.is_empty();
    is_script
        && started().filter(is_known).is_some_and(|run| run.files.iter().all(|reached| reached.file.path() != path))
}

/// Whether no file that a script in JavaScript imports listens too, as far as all are known.
fn is_alone(repo: &Repo, script: &Script<'_, '_>) -> bool {
    const LISTENS: [&str; 3] = [".listen(", "serve(", "createServer("];
    let listens = |text: &str| LISTENS.iter().any(|word| text.contains(word));
    script.is_python || {
        let run = node_imports::run(repo, script.file.path());
        run.is_complete && !run.files.iter().skip(1).any(|reached| listens(&reached.code))
    }
}

/// The endings of files that Node, Bun and tsx run.
const ENDINGS: [&str; 6] = [".js", ".mjs", ".cjs", ".ts", ".mts", ".tsx"];

/// The only script that the container starts.
fn started<'r, 'd>(repo: &'r Repo, dockerfile: &'d Dockerfile<'_>) -> Option<Script<'r, 'd>> {
    let files = ImageFiles::of(repo, dockerfile);
    let (command, exports) = only_server(&files)?;
    let (program, arguments) = command.words.split_first()?;
    // Arguments may set another port, and flags may run something else
    let program = last_part(&program.text);
    let is_flag = |word: &str| word == "-u" || program == "bun" && word == "run";
    let [script] = &*arguments.iter().filter(|word| !is_flag(&word.text)).collect::<Vec<_>>() else { return None };
    let is_python = program.strip_prefix("python").is_some_and(|rest| rest.bytes().all(is_of_version));
    let endings: &[&str] = match program {
        _ if is_python => &[".py"],
        "node" | "tsx" | "bun" => &ENDINGS,
        _ => return None,
    };
    let is_script = endings.iter().any(|ending| script.text.ends_with(ending));
    if !is_script {
        return None;
    }
    let file = files.file(&command.absolute(&script.text)?)?.file;
    let text = file.text()?;
    if text.len() > LARGEST {
        repo.skip(file.path(), format!("it is started and has more than {} KiB", LARGEST >> 10));
        return None;
    }
    let started = command.through.first().map_or_else(|| script.at.range.clone(), |spot| spot.range.clone());
    let is_plain = exports.is_empty() && command.assignments.is_empty();
    let state = dockerfile.last_stage().map(|stage| &stage.end).filter(|state| is_plain && !state.base_is_unknown());
    let on_bun = program == "bun";
    // Bun reads these too
    let sets_other = |state: &State| ["BUN_PORT", "NODE_PORT"].iter().any(|name| state.sets_env(name));
    let state = state.filter(|state| !(on_bun && sets_other(state)));
    let script = Script { file, text, is_python, on_bun, started, state };
    is_alone(repo, &script).then_some(script)
}

/// A shell script that the container starts.
pub(super) struct ShellScript<'r> {
    pub(super) path: &'r str,
    pub(super) text: &'r str,
    /// The place where the Dockerfile starts it.
    pub(super) started: Range<usize>,
}

/// The shell script that a line starts, if it runs one command after the other and has no arguments: `sh start.sh`,
/// `./start.sh`.
pub(super) fn shell_script<'r>(
    repo: &'r Repo,
    dockerfile: &Dockerfile<'_>,
    line: &CommandLine<'_>,
) -> Option<ShellScript<'r>> {
    let commands = line.commands();
    let [command] = &*commands else { return None };
    let words = match command.argv() {
        [shell, rest @ ..] if matches!(last_part(&shell.text), "sh" | "bash" | "ash" | "dash") => rest,
        words => words,
    };
    // Arguments may set another port
    let [word] = words else { return None };
    let path = word.text.trim_start_matches("./");
    let is_script = has_ending(path, "sh") && !path.starts_with('/');
    if line.runs_in_background() || !is_script || !is_copied(dockerfile, path) {
        return None;
    }
    let file = repo.get(path)?;
    let text = file.text().filter(|text| text.len() <= LARGEST_PLAIN && is_plain(text))?;
    Some(ShellScript { path: file.path(), text, started: word.range.clone() })
}

/// The maximum size of a shell script that is read.
const LARGEST_PLAIN: usize = 16 * 1024;

/// Whether a script runs a few harmless commands, and then the one that matters: no branches, no functions, nothing that
/// starts another program or sets a variable that the script uses.
fn is_plain(text: &str) -> bool {
    const SYNTAX: [&str; 8] = ["<<", "&&", "|", ";", "`", "$(", "()", "{ "];
    let code: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect();
    if code.iter().any(|line| SYNTAX.iter().any(|word| line.contains(word))) {
        return false;
    }
    let script = CommandLine::of_shell(text);
    let commands = script.commands();
    let Some((_, before)) = commands.split_last() else { return false };
    before.iter().all(|command| is_harmless(command, text))
}

/// Whether a command before the last one of a script changes nothing about where the last one listens.
fn is_harmless(command: &Command<'_>, script: &str) -> bool {
    let words: Vec<&str> = command.words.iter().map(|word| &*word.text).collect();
    let is_used = |name: &str| [format!("${name}"), format!("${{{name}")].iter().any(|use_| script.contains(use_));
    match &*words {
        _ if !command.assignments.is_empty() => false,
        ["set", flags @ ..] => {
            !flags.iter().any(|flag| *flag == "allexport" || flag.starts_with('-') && flag.contains('a'))
        }
        ["export", exported @ ..] => {
            exported.iter().all(|word| word.split_once('=').is_some_and(|(name, _)| !is_used(name)))
        }
        ["echo" | "printf" | "mkdir" | "chmod" | "ls" | "pwd" | "whoami" | "sleep" | "cd" | "alembic", ..] => true,
        [python, "manage.py", "migrate" | "collectstatic" | "makemigrations" | "check", ..] => {
            python.starts_with("python")
        }
        _ => false,
    }
}

fn is_of_version(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

/// Whether the image contains a file unchanged from the repository, in the folder that the container starts in.
fn is_copied(dockerfile: &Dockerfile<'_>, path: &str) -> bool {
    let Some(folder) = dockerfile.last_stage().and_then(|stage| stage.end.workdir()) else { return false };
    let mut is_copied = false;
    for step in dockerfile.image_steps() {
        match &step.instruction {
            Instruction::Copy(copy) => {
                if step.before.absolute_in_instruction(&copy.destination.text).as_deref() != Some(folder) {
                    continue;
                }
                let names = |text: &str| matches!(text, "." | "./") || text.trim_start_matches("./") == path;
                is_copied = copy.flag("from").is_none() && copy.sources.iter().any(|source| names(&source.text));
            }
            // It may be changed there
            Instruction::Run(run) => {
                let words = |word: &str| word.contains(path) || word.contains('*');
                if run.commands.iter().any(|command| command.argv().iter().skip(1).any(|word| words(&word.text))) {
                    return false;
                }
            }
            _ => {}
        }
    }
    is_copied
}
