//! The port and the address that a script sets in its own code, if nothing else can change them.
//!
//! Only what is certain: the only file that the container starts, unchanged from the repository, with one call that listens.

use std::ops::Range;

use super::paths::has_ending;
use super::servers::is_loopback;
use crate::facts::server_calls::{CALLS, CallRow, Called};
use crate::facts::servers::DefaultHost;
use crate::formats::dockerfile::{Command, CommandLine, Dockerfile, Instruction, State};
use crate::formats::javascript::only_listening;
use crate::formats::package_json::PackageJson;
use crate::formats::python::{Call, Source, Value};
use crate::repo::{File, Repo};
use crate::values::last_part;

/// A value in the code.
pub(super) struct InCode<'r, T> {
    pub(super) file: &'r str,
    pub(super) value: T,
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
    /// The place where the Dockerfile starts it.
    started: Range<usize>,
    /// The environment that it starts with; none if the command changes it.
    state: Option<&'d State>,
}

/// The port, if the container starts one script that certainly sets it.
pub(super) fn port_in_code<'r>(repo: &'r Repo, dockerfile: &Dockerfile<'_>) -> Option<InCode<'r, u16>> {
    let script = started(repo, dockerfile)?;
    let (value, range) =
        if script.is_python { port_of_python(script.text, script.state)? } else { port_of_node(script.text)? };
    Some(InCode { file: script.file.path(), value, range, started: script.started })
}

/// The loopback address, if the container starts one script that certainly only listens there. The inner none
/// if that is the default.
pub(super) fn loopback_in_code<'r>(repo: &'r Repo, dockerfile: &Dockerfile<'_>) -> Option<InCode<'r, Option<String>>> {
    let script = started(repo, dockerfile)?;
    let (value, range) =
        if script.is_python { loopback_of_python(script.text)? } else { loopback_of_node(script.text)? };
    Some(InCode { file: script.file.path(), value, range, started: script.started })
}

/// The only script that the container starts.
fn started<'r, 'd>(repo: &'r Repo, dockerfile: &'d Dockerfile<'_>) -> Option<Script<'r, 'd>> {
    let (None, Some((_, line))) = (dockerfile.entrypoint(), dockerfile.cmd()) else { return None };
    let commands = line.commands();
    let [command] = &*commands else { return None };
    let (program, argv) = (command.program()?, command.argv());
    if line.runs_in_background() {
        return None;
    }
    let words: Vec<&str> = argv.iter().map(|word| &*word.text).collect();
    let (program, path, started) = match (program, &*words) {
        ("npm" | "pnpm" | "yarn", [_, "start"] | [_, "run", "start"]) if is_copied(dockerfile, "package.json") => {
            let (program, path) = start_script(repo)?;
            (program, path, command.range())
        }
        (_, [_, rest @ ..]) => {
            // Arguments may set another port, and flags may run something else
            let [script] = &*rest.iter().filter(|word| **word != "-u").collect::<Vec<_>>() else { return None };
            let word = argv.iter().find(|word| word.text == ***script)?;
            (program.to_owned(), script.trim_start_matches("./").to_owned(), word.range.clone())
        }
        _ => return None,
    };
    let is_python = program.strip_prefix("python").is_some_and(|rest| rest.bytes().all(is_of_version));
    let endings: &[&str] = if is_python { &[".py"] } else { &[".js", ".mjs", ".cjs"] };
    let is_script = (is_python || program == "node") && endings.iter().any(|ending| path.ends_with(ending));
    if !is_script || path.starts_with('/') || !is_copied(dockerfile, &path) {
        return None;
    }
    let file = repo.get(&path)?;
    let text = file.text()?;
    if text.len() > LARGEST {
        repo.skip(file.path(), format!("it is started and has more than {} KiB", LARGEST >> 10));
        return None;
    }
    let is_plain = command.assignments.is_empty() && argv.len() == command.words.len();
    let state = dockerfile.last_stage().map(|stage| &stage.end).filter(|state| is_plain && !state.base_is_unknown());
    Some(Script { file, text, is_python, started, state })
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

/// The program and the file of `node server.js` in the script `start` of `package.json`.
fn start_script(repo: &Repo) -> Option<(String, String)> {
    let package = PackageJson::read(repo.text("package.json")?)?;
    let line = CommandLine::of_shell(package.script("start")?);
    let commands = line.commands();
    let [Command { assignments, words, .. }] = &*commands else { return None };
    let ([], [program, path], false) = (&**assignments, &**words, line.runs_in_background()) else { return None };
    Some((program.text.to_string(), path.text.trim_start_matches("./").to_owned()))
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

/// `.listen(3000)`.
fn port_of_node(text: &str) -> Option<(u16, Range<usize>)> {
    only_listening(text)?.port
}

/// `.listen(3000, "localhost")`.
fn loopback_of_node(text: &str) -> Option<(Option<String>, Range<usize>)> {
    let (host, range) = only_listening(text)?.host.filter(|(host, _)| is_loopback(host))?;
    Some((Some(host), range))
}

/// The row of a call, and whether it certainly starts a server.
pub(super) fn row_of(call: &Call<'_>) -> Option<(&'static CallRow, bool)> {
    let is_it = |row: &&CallRow| match row.called {
        Called::Exactly(path) => call.path == path,
        Called::MethodOf(package, method) => {
            call.path.starts_with(package) && call.path.ends_with(&format!("().{method}"))
        }
        Called::Method(method) => call.path.rsplit_once('.').is_some_and(|(_, name)| name == method),
    };
    let row = CALLS.iter().find(is_it)?;
    Some((row, !matches!(row.called, Called::Method(_))))
}

/// The only top-level call that starts a server.
fn start_of_python<'s, 't>(source: &'s Source<'t>) -> Option<(&'s Call<'t>, &'static CallRow)> {
    let is_start = |call: &&Call<'_>| matches!(call.method(), "launch" | "run" | "serve" | "listen" | "run_server");
    let mut starts = source.calls.iter().filter(is_start);
    let (Some(call), None) = (starts.next(), starts.next()) else { return None };
    let (row, is_certain) = row_of(call)?;
    (is_certain && call.scope.is_top_level() && !call.scope.conditional).then_some((call, row))
}

/// Whether a call has no arguments that may be another port or another address.
fn is_bare(call: &Call<'_>, row: &CallRow) -> bool {
    let unnamed = call.arguments.iter().filter(|argument| argument.name.is_none()).count();
    let is_other =
        |name: &str| matches!(name, "uds" | "fd" | "config" | "env_file" | "listen" | "unix_socket" | "sockets");
    unnamed <= row.unnamed && !call.arguments.iter().any(|argument| argument.name.is_some_and(is_other))
}

/// `demo.launch(server_port=8000)`, `app.run(port=8000)`, `uvicorn.run(app, port=8000)`; or the port of the variable, or the
/// server's default, if the call has none.
fn port_of_python(text: &str, state: Option<&State>) -> Option<(u16, Range<usize>)> {
    let source = Source::read(text);
    let (call, row) = start_of_python(&source)?;
    match call.keyword(row.port) {
        Some(Value::Number(written)) => Some((written.parse().ok()?, place(text, written)?)),
        None if is_bare(call, row) && !may_say_more(text) && !text.contains("SERVER_PORT") => {
            let state = state?;
            let set = row.port_variables.iter().find(|name| state.sets_env(name));
            let port = match set {
                Some(name) => state.env(name)?.trim().parse().ok()?,
                None => row.default_port.filter(|_| !may_set(text, row.port_variables))?,
            };
            Some((port, called(text, call)))
        }
        Some(_) | None => None,
    }
}

/// Whether code may get its address from settings, or start something else that answers, so that a default is not certain.
fn may_say_more(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "SERVER_NAME",
        "subprocess",
        "os.system",
        "multiprocessing",
        "threading",
        "serve_forever",
        ".from_object",
        ".from_py",
        ".from_env",
        ".from_prefixed_env",
        "dotenv",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether code may set one of some variables.
fn may_set(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| text.contains(name))
}

/// `demo.launch(server_name="127.0.0.1")` and the like, or a call without an address if the default is the loopback address.
fn loopback_of_python(text: &str) -> Option<(Option<String>, Range<usize>)> {
    let source = Source::read(text);
    let (call, row) = start_of_python(&source)?;
    match call.keyword(row.host) {
        Some(Value::Text(std::borrow::Cow::Borrowed(host))) => {
            is_loopback(host).then_some(())?;
            Some((Some((*host).to_owned()), place(text, host)?))
        }
        Some(_) => None,
        // If a variable may set the address, other rules look for it
        None => {
            let is_certain = row.default_host == DefaultHost::Loopback && row.host_variables.is_empty();
            (is_certain && is_bare(call, row) && !may_say_more(text)).then(|| (None, called(text, call)))
        }
    }
}

/// The place of the callee, up to its bracket.
fn called(text: &str, call: &Call<'_>) -> Range<usize> {
    let length = text.get(call.at..).and_then(|rest| rest.find('(')).unwrap_or_default();
    call.at..call.at + length
}

/// The offset of a part of a text, by its address in memory.
fn place(text: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    Some(start..start + part.len())
}
