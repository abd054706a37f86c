//! Which commands of a build or of a start script leave the files of the app as they are.

use std::cell::OnceCell;

use crate::facts::harmless_programs::HARMLESS;
use crate::formats::dockerfile::{Command, Run};
use crate::formats::package_json::PackageJson;
use crate::repo::Repo;
use crate::values::last_part;

/// Modules of Python that write no source files of an app.
const HARMLESS_MODULES: [&str; 8] =
    ["pip", "ensurepip", "venv", "playwright", "spacy", "nltk.downloader", "compileall", "piptools"];

/// The packages of Node whose scripts an installation runs.
pub(in crate::app) struct NodePackages<'r> {
    repo: &'r Repo,
    have_scripts: OnceCell<bool>,
}

impl<'r> NodePackages<'r> {
    pub(in crate::app) fn of(repo: &'r Repo) -> Self {
        Self { repo, have_scripts: OnceCell::new() }
    }

    /// Whether an installation may run a script of the repository: read once, as a Dockerfile may have many installations.
    fn have_scripts(&self) -> bool {
        const NAMES: [&str; 4] = ["preinstall", "install", "postinstall", "prepare"];
        let has_script = |text: &str| {
            let may_have = || NAMES.iter().any(|name| text.contains(name));
            text.len() > LARGEST
                || may_have()
                    && PackageJson::read(text)
                        .is_none_or(|package| NAMES.iter().any(|name| package.script(name).is_some()))
        };
        *self.have_scripts.get_or_init(|| {
            let of_repo = self.repo.files().filter(|file| file.name() == "package.json");
            of_repo.take(20).filter_map(|file| file.text()).any(has_script)
        })
    }
}

/// A larger `package.json` is taken to have scripts.
const LARGEST: usize = 256 * 1024;

/// Whether a `RUN` certainly neither creates nor changes a file, beside its mode and its owner.
pub(in crate::app) fn changes_nothing_at(run: &Run<'_>, path: &str, packages: &NodePackages<'_>) -> bool {
    let text = run.line.text();
    let name = last_part(path);
    let writes = text.contains(['>', '<']) && (text.contains(name) || text.contains(">$") || text.contains("> $"))
        || text.contains("tee ") && text.contains(name);
    if run.commands.is_empty() || writes {
        return false;
    }
    run.commands.iter().all(|command| {
        let is_mode = matches!(command.program(), Some("chmod" | "chown"));
        is_mode || !is_mentioned(command, name) && is_harmless(command, packages)
    })
}

/// Whether a `RUN` keeps a file that it finds: it does not name it, nor change files by a pattern.
pub(in crate::app) fn keeps_content_of(run: &Run<'_>, path: &str, _: &NodePackages<'_>) -> bool {
    const CHANGES: [&str; 8] = ["sed", "dos2unix", "fromdos", "perl", "find", "xargs", "envsubst", "patch"];
    let name = last_part(path);
    let is_system =
        |word: &str| ["/var/", "/tmp/", "/root/", "/usr/", "/etc/"].iter().any(|begin| word.starts_with(begin));
    let is_mode = |command: &Command<'_>| matches!(command.program(), Some("chmod" | "chown"));
    let changes = |command: &Command<'_>| {
        let words = command.argv();
        is_mentioned(command, name)
            || command.program().is_some_and(|program| CHANGES.contains(&program))
            || words.iter().skip(1).any(|word| word.text.contains('*') && !is_system(&word.text))
    };
    !run.commands.iter().any(|command| !is_mode(command) && changes(command))
}

/// Whether a `RUN` names a file.
pub(in crate::app) fn mentions(run: &Run<'_>, name: &str) -> bool {
    run.commands.iter().any(|command| is_mentioned(command, name))
}

fn is_mentioned(command: &Command<'_>, name: &str) -> bool {
    command.words.iter().chain(&command.assignments).any(|word| word.text.contains(name))
}

/// Whether a command certainly makes no source file and stays in its folder.
pub(in crate::app) fn makes_no_file(command: &Command<'_>) -> bool {
    let moves = matches!(command.program(), Some("cd" | "pushd" | "popd"));
    // Its packages may have scripts that make files
    let is_node = matches!(command.program(), Some("npm" | "npx" | "yarn" | "pnpm" | "bun" | "bunx"));
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
    !moves && !is_node && are_harmless(&words, &NodePackages::of(&Repo::default()))
}

/// Whether a command writes no source files.
pub(in crate::app) fn is_harmless(command: &Command<'_>, packages: &NodePackages<'_>) -> bool {
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
    are_harmless(&words, packages)
}

/// The same for the words of a command.
pub(in crate::app) fn are_harmless(words: &[&str], packages: &NodePackages<'_>) -> bool {
    let Some((program, arguments)) = words.split_first() else { return true };
    let is_elsewhere = |at: usize, word: &str| {
        let flag = ["--target", "--prefix", "--root", "-t"].iter().find_map(|flag| word.strip_prefix(flag));
        let place = flag.map(|rest| rest.strip_prefix('=').or(arguments.get(at + 1).copied()).unwrap_or_default());
        // An installer that goes again
        place.is_some_and(|place| !place.starts_with("/tmp/"))
    };
    match last_part(program) {
        "pip" | "pip3" | "uv" | "poetry" | "pdm" | "pipenv" | "conda" | "mamba" | "micromamba" => {
            let is_run = |word: &&str| matches!(*word, "run" | "init" | "new" | "export");
            !arguments.iter().enumerate().any(|(at, word)| is_run(word) || is_elsewhere(at, word))
        }
        "npm" | "yarn" | "pnpm" | "bun" => is_plain_install(arguments, packages),
        "rm" => arguments.iter().all(|word| {
            let system = ["-", "/var/", "/tmp/", "/root/", "/usr/", "/etc/"];
            system.iter().any(|begin| word.starts_with(begin))
        }),
        "curl" => words.iter().any(|word| word.contains("deb.nodesource.com")),
        "bash" | "sh" => arguments == ["-"],
        "cd" => true,
        // It only makes folders
        "install" => arguments.iter().any(|word| *word == "--directory" || word.starts_with("-d")),
        name if name.starts_with("python") => match arguments {
            ["-m", module, ..] => HARMLESS_MODULES.contains(module),
            ["manage.py", "migrate" | "collectstatic" | "check", ..] => true,
            ["-c", code, ..] => {
                !["open(", "write", "copy", "git", "snapshot_download", "shutil"].iter().any(|word| code.contains(word))
            }
            _ => false,
        },
        name => HARMLESS.contains(&name),
    }
}

/// Whether a package manager of Node installs packages and runs no script of the repository.
fn is_plain_install(arguments: &[&str], packages: &NodePackages<'_>) -> bool {
    let is_install = match arguments.iter().find(|word| !word.starts_with('-')) {
        None => true,
        Some(verb) => matches!(*verb, "install" | "i" | "ci" | "cache" | "config" | "prune" | "set" | "audit" | "add"),
    };
    is_install && !packages.have_scripts()
}
