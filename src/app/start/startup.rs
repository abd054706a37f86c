//! The commands that a container certainly executes when it starts: those of its Dockerfile, of the shell scripts that they
//! run, and of the scripts in `package.json`.
//!
//! A text with a branch is not followed: it is unknown which of its commands run.

use std::ops::Range;

use super::supervised::{Starter, programs};
use super::words::{has_branches, is_shell, is_shell_script, package_script, wrappers};
use crate::app::image::contents::{ImageFiles, Placed};
use crate::app::image::file_makers::{are_harmless, is_harmless};
use crate::formats::dockerfile::{CommandLine, Form, ShellWord, joined, text_of_shell};
use crate::formats::package_json::PackageJson;
use crate::values::last_part;

/// The maximum number of scripts that start one another.
const DEEPEST: usize = 4;
/// The maximum number of commands.
const MOST: usize = 200;
/// The maximum size of a script.
const LARGEST: usize = 64 * 1024;
/// The maximum size of all that is read, counted again for a script that is started again.
const MOST_READ: usize = 256 * 1024;
/// The maximum number of variables, and the length of a value that is filled in.
const MOST_VARIABLES: usize = 32;
const LONGEST_VALUE: usize = 1024;
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

/// The commands, in their order.
pub(crate) fn executed(files: &ImageFiles<'_, '_, '_>) -> Vec<Executed> {
    let dockerfile = files.dockerfile;
    let Some(stage) = dockerfile.last_stage() else { return Vec::new() };
    let folder = stage.end.workdir().map(str::to_owned);
    let mut follower = Follower { files, found: Vec::new(), is_first: true, left: MOST_READ };
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
    let context = Context { folder, through: Vec::new(), arguments: Vec::new(), variables: Vec::new(), depth: DEEPEST };
    match lines {
        // Its words have their own places in the file
        (line, None) if !is_exec(line) => follower.shell(line, &context, &source),
        (line, cmd) => {
            let words: Vec<_> = pieces(line).into_iter().chain(cmd.map(pieces).unwrap_or_default()).collect();
            follower.words(&words, Vec::new(), true, &context);
        }
    }
    // Which one is the last is then unknown
    if follower.is_over() { Vec::new() } else { follower.found }
}

/// The last command, if those before it only lead to it, or start nothing that listens; and the variables that they
/// export, `*` for unknown ones.
pub(crate) fn only_server(files: &ImageFiles<'_, '_, '_>) -> Option<(Executed, Vec<String>)> {
    let mut all = executed(files);
    let last = all.pop()?;
    let is_quiet = |other: &Executed| {
        last.is_started_by(other) || is_worker(other) || are_harmless(&other.texts(), &files.packages)
    };
    // `set -a` exports whatever is set after it
    let exports_all = |other: &Executed| {
        let is_flag = |text: &str| text == "allexport" || text.starts_with('-') && text.contains('a');
        other.program() == "set" && other.words.iter().skip(1).any(|word| is_flag(&word.text))
    };
    let exports = |other: &Executed| matches!(other.program(), "export" | "source" | ".") || exports_all(other);
    let is_only = all.iter().all(|other| is_quiet(other) || exports(other));
    let names = |other: &Executed| match other.program() {
        "export" => other.words.iter().skip(1).map(|word| name_of(&word.text).to_owned()).collect(),
        _ => vec!["*".to_owned()],
    };
    is_only.then(|| (last, all.iter().filter(|other| exports(other)).flat_map(names).collect()))
}

/// Whether a program works in the background and answers no visitors.
fn is_worker(executed: &Executed) -> bool {
    const WORKERS: [&str; 6] = ["arq", "celery", "dramatiq", "redis-server", "rq", "taskiq"];
    WORKERS.contains(&executed.program()) && !executed.texts().contains(&"flower")
}

/// The name in `NAME=value`.
fn name_of(text: &str) -> &str {
    text.split_once('=').map_or(text, |(name, _)| name)
}

/// Where a command stands.
#[derive(Clone)]
struct Context {
    folder: Option<String>,
    through: Vec<Spot>,
    /// What `"$@"` stands for.
    arguments: Vec<Piece>,
    /// What the script sets.
    variables: Vec<(String, String)>,
    depth: usize,
}

impl Context {
    /// Keeps a variable that is set.
    fn set(&mut self, text: &str) {
        if let Some((name, value)) = text.split_once('=').filter(|_| self.variables.len() < MOST_VARIABLES) {
            let value = self.filled(value);
            self.variables.push((name.to_owned(), value));
        }
    }

    /// A text with the variables that the script sets.
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in self.variables.iter().rev().filter(|(_, value)| value.len() < LONGEST_VALUE) {
            if !text.contains('$') || text.len() > LONGEST_VALUE {
                break;
            }
            text = text.replace(&format!("${{{name}}}"), value);
            let plain = format!("${name}");
            if text.ends_with(&plain) {
                text = format!("{}{value}", &text[..text.len() - plain.len()]);
            }
        }
        text
    }
}

struct Follower<'f, 'r, 'd, 't> {
    files: &'f ImageFiles<'r, 'd, 't>,
    found: Vec<Executed>,
    is_first: bool,
    /// How many bytes may still be read.
    left: usize,
}

impl Follower<'_, '_, '_, '_> {
    /// The commands of a line for a shell, or of a script, if all of them certainly run.
    fn shell(&mut self, line: &CommandLine<'_>, context: &Context, spot: &dyn Fn(&Range<usize>) -> Spot) {
        self.left = self.left.saturating_sub(line.text().len());
        if self.is_over() || has_branches(line.text()) || line.runs_in_background() {
            return;
        }
        let mut context = context.clone();
        let commands = line.commands();
        for command in &commands {
            if self.is_over() {
                return;
            }
            let argv = command.argv();
            command.assignments.iter().filter(|_| argv.is_empty()).for_each(|word| context.set(&word.text));
            let piece = |word: &ShellWord<'_>| Piece { text: context.filled(&word.text), at: spot(&word.range) };
            let words: Vec<_> = argv.iter().map(piece).collect();
            let before = &command.words[..command.words.len() - argv.len()];
            let assignments = command.assignments.iter().chain(before).map(|word| word.text.to_string()).collect();
            match words.first().map(|word| &*word.text) {
                Some("cd" | "pushd") => {
                    context.folder = words.get(1).and_then(|word| {
                        let is_plain =
                            words.len() == 2 && !word.text.contains(['$', '`', '~']) && !word.text.starts_with('-');
                        is_plain.then(|| joined(context.folder.as_deref(), &word.text)).flatten()
                    });
                }
                Some("export") => {
                    words.iter().skip(1).for_each(|word| context.set(&word.text));
                    self.words(&words, assignments, false, &context);
                }
                // What follows may not run
                Some("exit" | "return") => return,
                Some("$@" | "${@}") => self.words(&context.arguments, assignments, false, &context),
                _ => self.words(&words, assignments, false, &context),
            }
            self.is_first = self.is_first && is_harmless(command, &self.files.packages);
        }
    }

    /// Whether enough was read, or found.
    fn is_over(&self) -> bool {
        self.left == 0 || self.found.len() >= MOST
    }

    /// A command and what it starts.
    fn words(&mut self, words: &[Piece], mut assignments: Vec<String>, by_engine: bool, context: &Context) {
        let start = wrappers(&words.iter().map(|word| &*word.text).collect::<Vec<_>>());
        let before = words.iter().take(start).filter(|word| word.text.contains('='));
        assignments.extend(before.map(|word| word.text.clone()));
        let words = words.get(start..).unwrap_or_default().to_vec();
        if words.is_empty() || self.is_over() {
            return;
        }
        if is_shell(&words[0].text)
            && let Some(at) = text_of_shell(words.iter().map(|word| &*word.text))
            && let Some(text) = words.get(at)
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
        self.follow_supervisor(&executed, context, depth);
    }

    /// The programs that supervisor starts, all at once.
    fn follow_supervisor(&mut self, executed: &Executed, context: &Context, depth: usize) {
        let starter = Starter { words: &executed.texts(), folder: executed.folder.as_deref() };
        let programs = programs(&starter, self.files);
        self.is_first &= programs.len() < 2;
        let through: Vec<Spot> = context.through.iter().cloned().chain([executed.spot()]).collect();
        for program in programs {
            let at = Spot { path: program.path, range: program.range };
            let words: Vec<_> = program.words.into_iter().map(|text| Piece { text, at: at.clone() }).collect();
            let assignments = executed.assignments.iter().cloned().chain(program.assignments).collect();
            let (arguments, variables) = (Vec::new(), Vec::new());
            let context = Context { folder: program.folder, through: through.clone(), arguments, variables, depth };
            self.words(&words, assignments, true, &context);
        }
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
        let context = Context { folder: context.folder.clone(), through, arguments, variables: Vec::new(), depth };
        let spot = |range: &Range<usize>| Spot { path: file.path().to_owned(), range: range.clone() };
        self.shell(&CommandLine::of_shell(text), &context, &spot);
    }

    /// The commands of a script in `package.json`.
    fn follow_package(&mut self, executed: &Executed, context: &Context, depth: usize) {
        let Some((name, more)) = package_script(&executed.texts()) else { return };
        let path = executed.absolute("package.json");
        let Some(Placed { file, .. }) = path.and_then(|path| self.files.file(&path)) else { return };
        let Some(package) = file.text().filter(|text| text.len() <= LARGEST) else { return };
        self.left = self.left.saturating_sub(package.len());
        let Some(package) = PackageJson::read(package).filter(|_| !self.is_over()) else { return };
        let Some(range) = package.place(&["scripts", &name]) else { return };
        let at = Spot { path: file.path().to_owned(), range };
        let through = context.through.iter().cloned().chain([executed.spot()]).collect();
        let context =
            Context { folder: context.folder.clone(), through, arguments: Vec::new(), variables: Vec::new(), depth };
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
                let pieces: Vec<_> = words.into_iter().map(|text| Piece { text, at: at.clone() }).collect();
                self.words(&pieces, Vec::new(), false, &context);
                continue;
            }
            self.shell(&line, &context, &|_| at.clone());
        }
    }
}
