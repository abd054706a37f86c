//! The commands that a container certainly executes when it starts: those of its Dockerfile, of the shell scripts that they
//! run, and of the scripts in `package.json`.
//!
//! A text with a branch is not followed: it is unknown which of its commands run.

use std::ops::Range;

use super::file_makers::{are_harmless, is_harmless};
use super::image_files::{ImageFiles, Placed};
use crate::formats::dockerfile::{CommandLine, Form};
use crate::formats::package_json::PackageJson;
use crate::values::last_part;

/// The maximum number of scripts that start one another.
const DEEPEST: usize = 4;
/// The maximum number of commands.
const MOST: usize = 200;
/// The maximum size of a script.
const LARGEST: usize = 64 * 1024;
/// The maximum length of the text that a script in `package.json` repeats.
const MOST_WORDS: usize = 200;

/// A place in a file of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) path: String,
    pub(crate) range: Range<usize>,
}

/// A word of a command, with its place.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) at: Spot,
}

/// A command that is executed.
#[derive(Debug, Clone)]
pub(crate) struct Executed {
    /// The program and its arguments, without what only starts it: `exec`, `env`, `tini --`.
    pub(crate) words: Vec<Piece>,
    /// The assignments before it.
    pub(crate) assignments: Vec<String>,
    /// The folder that it starts in; none if that is unknown.
    pub(crate) folder: Option<String>,
    /// Where the scripts were started that lead to it, the first one in the Dockerfile.
    pub(crate) through: Vec<Spot>,
    /// Whether no command before it can have made a file.
    pub(crate) is_first: bool,
    /// Whether the engine executes its first word, so that no shell steps in.
    pub(crate) by_engine: bool,
}

impl Executed {
    /// The program without its folder.
    pub(crate) fn program(&self) -> &str {
        self.words.first().map_or("", |word| last_part(&word.text))
    }

    /// The place of its words.
    pub(crate) fn spot(&self) -> Spot {
        let spots = || self.words.iter().map(|word| &word.at);
        let Some(first) = spots().next() else { return Spot { path: String::new(), range: 0..0 } };
        let of_file = || spots().filter(|spot| spot.path == first.path).map(|spot| &spot.range);
        let start = of_file().map(|range| range.start).min().unwrap_or_default();
        let end = of_file().map(|range| range.end).max().unwrap_or(start);
        Spot { path: first.path.clone(), range: start..end }
    }

    /// Whether a command leads to this one: it starts the script or the shell that does.
    fn is_started_by(&self, other: &Self) -> bool {
        self.through.iter().any(|spot| *spot == other.spot() || other.words.iter().any(|word| word.at == *spot))
    }

    /// The texts of its words.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.words.iter().map(|word| &*word.text).collect()
    }

    /// The absolute path of a path in its folder. None if a variable is in it, or the folder is unknown.
    pub(crate) fn absolute(&self, path: &str) -> Option<String> {
        if path.contains(['$', '`', '*', '?', '~']) || path.is_empty() {
            return None;
        }
        joined(self.folder.as_deref(), path)
    }

    /// The script of a shell that it runs, as written, with its place: `./start.sh`, `bash start.sh`.
    pub(crate) fn shell_script(&self) -> Option<(&Piece, bool)> {
        let (first, rest) = self.words.split_first()?;
        if is_shell(&first.text) {
            // Options of a shell; `-c` was taken apart before
            let script = rest.iter().find(|word| !word.text.starts_with(['-', '+']))?;
            let is_c = rest.iter().any(|word| word.text.starts_with('-') && word.text.contains('c'));
            return (!is_c).then_some((script, false));
        }
        if matches!(&*first.text, "." | "source") {
            return rest.first().map(|script| (script, false));
        }
        first.text.contains('/').then_some((first, true))
    }
}

pub(crate) fn is_shell(program: &str) -> bool {
    matches!(last_part(program), "sh" | "bash" | "ash" | "dash" | "zsh")
}

/// An absolute path for one in a folder.
fn joined(folder: Option<&str>, path: &str) -> Option<String> {
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{}/{path}", folder?) };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// The commands, in their order.
pub(crate) fn executed(files: &ImageFiles<'_, '_, '_>) -> Vec<Executed> {
    let dockerfile = files.dockerfile;
    let Some(stage) = dockerfile.last_stage() else { return Vec::new() };
    let folder = stage.end.workdir().map(str::to_owned);
    let mut follower = Follower { files, found: Vec::new(), is_first: true };
    let source = |range: &Range<usize>| Spot { path: "Dockerfile".to_owned(), range: range.clone() };
    let pieces = |line: &CommandLine<'_>| match &line.form {
        Form::Exec(words) => {
            words.iter().map(|word| Piece { text: word.text.to_string(), at: source(&word.range) }).collect()
        }
        Form::Shell(text) => {
            let at = source(&line.range);
            ["/bin/sh", "-c", text].map(|text| Piece { text: text.to_owned(), at: at.clone() }).to_vec()
        }
    };
    let is_exec = |line: &CommandLine<'_>| matches!(line.form, Form::Exec(_));
    let lines = match (dockerfile.entrypoint(), dockerfile.cmd()) {
        (None, Some((_, cmd))) => (cmd, None),
        (Some((_, entrypoint)), cmd) => (entrypoint, cmd.map(|(_, cmd)| cmd).filter(|_| is_exec(entrypoint))),
        (None, None) => return Vec::new(),
    };
    let context = Context { folder, through: Vec::new(), arguments: Vec::new(), depth: DEEPEST };
    match lines {
        // Its words have their own places in the file
        (line, None) if !is_exec(line) => follower.shell(line, &context, &source),
        (line, cmd) => {
            let words = pieces(line).into_iter().chain(cmd.map(pieces).unwrap_or_default()).collect();
            follower.words(words, Vec::new(), true, &context);
        }
    }
    follower.found
}

/// The last command, if those before it only lead to it, or start nothing that listens; and whether they export variables.
pub(crate) fn only_server(files: &ImageFiles<'_, '_, '_>) -> Option<(Executed, bool)> {
    let mut all = executed(files);
    let last = all.pop()?;
    let is_quiet = |other: &Executed| last.is_started_by(other) || are_harmless(&other.texts(), files.repo);
    let exports = |other: &Executed| matches!(other.program(), "export" | "source" | ".");
    let is_only = all.iter().all(|other| is_quiet(other) || exports(other));
    is_only.then(|| (last, all.iter().any(exports)))
}

/// Where a command stands.
#[derive(Clone)]
struct Context {
    folder: Option<String>,
    through: Vec<Spot>,
    /// What `"$@"` stands for.
    arguments: Vec<Piece>,
    depth: usize,
}

struct Follower<'f, 'r, 'd, 't> {
    files: &'f ImageFiles<'r, 'd, 't>,
    found: Vec<Executed>,
    is_first: bool,
}

impl Follower<'_, '_, '_, '_> {
    /// The commands of a line for a shell, or of a script, if all of them certainly run.
    fn shell(&mut self, line: &CommandLine<'_>, context: &Context, spot: &dyn Fn(&Range<usize>) -> Spot) {
        if has_branches(line.text()) || line.runs_in_background() {
            return;
        }
        let mut context = context.clone();
        let commands = line.commands();
        for command in &commands {
            let pieces = |words: &mut dyn Iterator<Item = (&str, &Range<usize>)>| {
                words.map(|(text, range)| Piece { text: text.to_owned(), at: spot(range) }).collect::<Vec<_>>()
            };
            let argv = command.argv();
            let words = pieces(&mut argv.iter().map(|word| (&*word.text, &word.range)));
            let before = &command.words[..command.words.len() - argv.len()];
            let assignments = command.assignments.iter().chain(before).map(|word| word.text.to_string()).collect();
            match words.first().map(|word| &*word.text) {
                Some("cd" | "pushd") => {
                    context.folder = words.get(1).and_then(|word| {
                        let is_plain = words.len() == 2 && !word.text.contains(['$', '`', '~', '-']);
                        is_plain.then(|| joined(context.folder.as_deref(), &word.text)).flatten()
                    })
                }
                // What follows may not run
                Some("exit" | "return") => return,
                Some("$@" | "${@}") => self.words(context.arguments.clone(), assignments, false, &context),
                _ => self.words(words, assignments, false, &context),
            }
            self.is_first &= is_harmless(command, self.files.repo);
        }
    }

    /// A command and what it starts.
    fn words(&mut self, words: Vec<Piece>, mut assignments: Vec<String>, by_engine: bool, context: &Context) {
        let start = wrappers(&words);
        let before = words.iter().take(start).filter(|word| word.text.contains('='));
        assignments.extend(before.map(|word| word.text.clone()));
        let words = words.get(start..).unwrap_or_default().to_vec();
        if words.is_empty() || self.found.len() >= MOST {
            return;
        }
        if is_shell(&words[0].text)
            && let Some(text) = text_of_shell(&words)
        {
            let spot = |_: &Range<usize>| text.at.clone();
            return self.shell(&CommandLine::of_shell(&text.text), context, &spot);
        }
        let executed = Executed {
            words,
            assignments,
            folder: context.folder.clone(),
            through: context.through.clone(),
            is_first: self.is_first,
            by_engine: by_engine && start == 0,
        };
        self.found.push(executed.clone());
        let Some(depth) = context.depth.checked_sub(1) else { return };
        self.follow_script(&executed, context, depth);
        self.follow_package(&executed, context, depth);
    }

    /// The commands of a shell script.
    fn follow_script(&mut self, executed: &Executed, context: &Context, depth: usize) {
        let Some((script, _)) = executed.shell_script() else { return };
        let Some(Placed { file, .. }) = executed.absolute(&script.text).and_then(|path| self.files.file(&path)) else {
            return;
        };
        let Some(text) = file.text().filter(|text| text.len() <= LARGEST && is_shell_script(file.path(), text)) else {
            return;
        };
        let at = executed.words.iter().position(|word| word.at == script.at && word.text == script.text);
        let arguments = at.map(|at| executed.words[at + 1..].to_vec()).unwrap_or_default();
        let through = context.through.iter().cloned().chain([script.at.clone()]).collect();
        let context = Context { folder: context.folder.clone(), through, arguments, depth };
        let spot = |range: &Range<usize>| Spot { path: file.path().to_owned(), range: range.clone() };
        self.shell(&CommandLine::of_shell(text), &context, &spot);
    }

    /// The commands of a script in `package.json`.
    fn follow_package(&mut self, executed: &Executed, context: &Context, depth: usize) {
        let Some((name, more)) = package_script(executed) else { return };
        let path = executed.absolute("package.json");
        let Some(Placed { file, .. }) = path.and_then(|path| self.files.file(&path)) else { return };
        let Some(package) = file.text().and_then(PackageJson::read) else { return };
        let Some(range) = package.place(&["scripts", &name]) else { return };
        let at = Spot { path: file.path().to_owned(), range };
        let through = context.through.iter().cloned().chain([executed.spot()]).collect();
        let context = Context { folder: context.folder.clone(), through, arguments: Vec::new(), depth };
        // Only npm runs what is to come before
        let before = Some(format!("pre{name}")).filter(|_| executed.program() == "npm");
        for script in before.into_iter().chain([name]) {
            let Some(text) = package.script(&script) else { continue };
            let line = CommandLine::of_shell(text);
            let is_plain = line.commands().len() == 1;
            let mut words: Vec<String> = Vec::new();
            if is_plain && !more.is_empty() && !script.starts_with("pre") && more.len() < MOST_WORDS {
                words.extend(line.commands()[0].words.iter().map(|word| word.text.to_string()));
                words.extend(more.iter().cloned());
                let pieces = words.into_iter().map(|text| Piece { text, at: at.clone() }).collect();
                self.words(pieces, Vec::new(), false, &context);
                continue;
            }
            self.shell(&line, &context, &|_| at.clone());
        }
    }
}

/// The number of words that only start the rest.
fn wrappers(words: &[Piece]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let is_assignment = word.text.split_once('=').is_some_and(|(name, _)| {
            at > 0 && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        match last_part(&word.text) {
            "tini" | "dumb-init" | "catatonit" => {
                at += 1;
                at += words[at..].iter().take_while(|word| word.text.starts_with('-')).count();
            }
            "exec" | "env" | "nohup" | "time" => at += 1,
            _ if is_assignment => at += 1,
            _ => break,
        }
    }
    at
}

/// The text after `-c`, with the place of its word.
fn text_of_shell(words: &[Piece]) -> Option<&Piece> {
    let mut words = words.iter().skip(1);
    while let Some(word) = words.next() {
        let cluster = match &*word.text {
            "--rcfile" | "--init-file" => {
                words.next();
                continue;
            }
            text if text.starts_with("--") => continue,
            text => text.strip_prefix(['-', '+'])?,
        };
        if cluster.contains('o') {
            words.next();
        }
        if cluster.contains('c') {
            return words.next();
        }
    }
    None
}

/// The script of `package.json` that a package manager runs, and the arguments that it is given.
fn package_script(executed: &Executed) -> Option<(String, Vec<String>)> {
    let words = executed.texts();
    let program = executed.program();
    let (name, rest) = match (program, words.get(1..)?) {
        ("npm" | "pnpm" | "yarn" | "bun", ["run" | "run-script", rest @ ..]) => {
            let at = rest.iter().position(|word| !word.starts_with('-'))?;
            (rest[at], &rest[at + 1..])
        }
        ("npm" | "pnpm", [name @ ("start" | "test"), rest @ ..]) => (*name, rest),
        ("yarn", [name, rest @ ..]) if !name.starts_with('-') => (*name, rest),
        _ => return None,
    };
    let more = match rest.iter().position(|word| *word == "--") {
        Some(at) => &rest[at + 1..],
        None if program == "npm" => &[],
        None => rest,
    };
    Some((name.to_owned(), more.iter().map(|word| (*word).to_owned()).collect()))
}

/// Whether some commands of a text may not run.
fn has_branches(text: &str) -> bool {
    const SIGNS: [&str; 5] = ["||", "()", "<<", "$(", "`"];
    const WORDS: [&str; 7] = ["if", "case", "while", "until", "for", "function", "trap"];
    let code = || text.lines().map(str::trim_start).filter(|line| !line.starts_with('#'));
    code().any(|line| {
        SIGNS.iter().any(|sign| line.contains(sign))
            || line.split([' ', ';', '\t']).any(|word| WORDS.contains(&word) || word == "[")
    })
}

/// Whether a file is a script for a shell.
pub(crate) fn is_shell_script(path: &str, text: &str) -> bool {
    match text.lines().next().filter(|line| line.starts_with("#!")) {
        Some(line) => line.trim_end().split([' ', '/']).any(is_shell),
        None => [".sh", ".bash"].iter().any(|ending| path.ends_with(ending)),
    }
}
