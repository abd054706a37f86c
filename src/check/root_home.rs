//! What a build puts into the home of root, which no other user can enter.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use super::space::Space;
use crate::facts::home_installs::{HOME_CALLS, HOME_INSTALLERS, HomeCall, HomeInstaller};
use crate::formats::dockerfile::{Command, Dockerfile, Run, Step, Who};

/// A program in the home of root that the app needs.
pub(super) struct Program {
    /// What installs it.
    pub(super) range: Range<usize>,
    /// With backticks, if it is a name.
    pub(super) name: String,
    pub(super) help: String,
    /// Whether the app certainly fails without it.
    pub(super) is_certain: bool,
}

/// Whether a command may open the home of root to others, or take something out of it.
pub(super) fn is_opened(dockerfile: &Dockerfile<'_>) -> bool {
    const OPENERS: [&str; 12] =
        ["chmod", "chown", "chgrp", "setfacl", "mv", "cp", "rsync", "install", "tar", "find", "usermod", "xargs"];
    let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
    let opens = commands.any(|command| {
        let is_opener = command.program().is_some_and(|program| OPENERS.contains(&program));
        is_opener && command.argv().iter().skip(1).any(|word| is_in_home_of_root(&word.text) || word.text == "/")
    });
    opens
        || dockerfile.image_copies().any(|(_, copy)| {
            copy.flag("from").is_none() && copy.flag("chmod").is_some() && is_in_home_of_root(&copy.destination.text)
        })
}

fn is_in_home_of_root(path: &str) -> bool {
    let begins =
        |begin: &str| path.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '*']));
    ["/root", "~", "~root", "$HOME", "${HOME}"].into_iter().any(begins)
}

/// Whether a `RUN` names another home, or keeps the home of root outside of the image.
pub(super) fn sets_home(run: &Run<'_>) -> bool {
    let is_home = |text: &str| text.starts_with("HOME=");
    let in_command = run
        .commands
        .iter()
        .any(|command| command.assignments.iter().chain(&command.words).any(|word| is_home(&word.text)));
    let mut mounts = run.flags.iter().filter(|flag| flag.name == "mount").filter_map(|flag| flag.value.as_ref());
    in_command || mounts.any(|mount| mount.text.contains("/root"))
}

/// The commands of a Dockerfile that run Python, with a limit.
pub(super) struct PythonCommands<'s, 'r, 't> {
    space: &'s Space<'r>,
    dockerfile: &'s Dockerfile<'t>,
    left: Cell<usize>,
}

/// The maximum number of commands, and of bytes of a script, that are searched.
const MOST_COMMANDS: usize = 50;
const LONGEST_SCRIPT: usize = 64 * 1024;

impl<'s, 'r, 't> PythonCommands<'s, 'r, 't> {
    pub(super) fn new(dockerfile: &'s Dockerfile<'t>, space: &'s Space<'r>) -> Self {
        Self { space, dockerfile, left: Cell::new(MOST_COMMANDS) }
    }

    /// A call in `python -c`, in a here-document or in a script of the repository, that downloads into the home.
    pub(super) fn download(&self, command: &Command<'_>) -> Option<&'static HomeCall> {
        let argv = command.argv();
        let is_python = |text: &str| text.rsplit('/').next().is_some_and(|name| name.starts_with("python"));
        let at = argv.iter().position(|word| is_python(&word.text))?;
        if at > 0 && !matches!(command.program(), Some("uv" | "poetry" | "pipenv" | "xvfb-run")) {
            return None;
        }
        self.left.set(self.left.get().checked_sub(1)?);
        if let Some(document) = document(self.dockerfile, command) {
            return call_in(document);
        }
        let is_option = |text: &str| matches!(text, "-u" | "-B" | "-I" | "-X");
        let mut words = argv.iter().skip(at + 1).skip_while(|word| is_option(&word.text));
        let first = words.next()?;
        if first.text == "-c" {
            return call_in(&words.next()?.text);
        }
        let is_script = first.text.ends_with(".py") && !first.text.contains('$');
        call_in(self.script(&first.text).filter(|_| is_script)?)
    }

    /// The text of a script, by its own path or by that of a file with the same name that is copied.
    fn script(&self, script: &str) -> Option<&'r str> {
        let path = script.trim_start_matches("./");
        let name = path.rsplit('/').next()?;
        let sources = self.dockerfile.image_copies().flat_map(|(_, copy)| &copy.sources);
        let mut copied = sources.map(|source| source.text.trim_start_matches("./"));
        let repo = self.space.repo();
        let mut same = || repo.text(copied.find(|source| source.rsplit('/').next() == Some(name))?);
        repo.text(path).or_else(|| same()).filter(|text| text.len() <= LONGEST_SCRIPT)
    }
}

/// The here-document that a command reads its program from: `python <<EOF`.
fn document<'t>(dockerfile: &Dockerfile<'t>, command: &Command<'_>) -> Option<&'t str> {
    let is_script = |text: &str| text.ends_with(".py") || text == "-c" || text == "-m";
    let after = dockerfile.text.get(command.range().end..)?;
    let (line, rest) = after.split_once('\n')?;
    let (_, mark) = line.split_once("<<").filter(|_| !command.argv().iter().any(|word| is_script(&word.text)))?;
    let mark = mark.trim_start_matches('-').trim_start().trim_start_matches(['"', '\'']);
    let mark = mark
        .split(|char: char| !(char.is_ascii_alphanumeric() || char == '_'))
        .next()
        .filter(|mark| !mark.is_empty())?;
    let mut at = 0;
    let end = rest.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        (line.trim() == mark).then_some(start)
    })?;
    rest.get(..end)
}

/// The first call in a text of Python that downloads into the home.
fn call_in(text: &str) -> Option<&'static HomeCall> {
    // Another place, as an argument without a keyword
    let names_place = ["'/", "\"/", "'./", "\"./", "os.environ"].iter().any(|begin| text.contains(begin));
    if names_place {
        return None;
    }
    HOME_CALLS.iter().find(|row| {
        imports(text, row.module)
            && row.calls.iter().any(|call| text.contains(call))
            && !row.keywords.iter().chain(row.variables).any(|word| text.contains(word))
    })
}

fn imports(text: &str, module: &str) -> bool {
    ["import ", "from ", ", "].into_iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let rest = text[at + word.len()..].strip_prefix(module);
            rest.is_some_and(|rest| !rest.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '_'))
        })
    })
}

/// An installer and the program of it that the app needs.
pub(super) type Needed = (&'static HomeInstaller, &'static str);

/// The installers in a Dockerfile whose programs the app needs, and gets from nowhere else.
pub(super) fn needed_installers(dockerfile: &Dockerfile<'_>) -> Vec<Needed> {
    let rows = HOME_INSTALLERS.iter().filter(|row| dockerfile.text.contains(row.address));
    let needed = rows.filter_map(|row| {
        let is_needed = |program: &&&str| needs(dockerfile, program) && !comes_otherwise(dockerfile, program);
        Some((row, *row.programs.iter().find(is_needed)?))
    });
    needed.collect()
}

/// Which variables name another place in a `RUN`, each searched for once.
pub(super) struct Elsewhere<'s> {
    step: &'s Step<'s>,
    text: &'s str,
    seen: RefCell<BTreeMap<&'static str, bool>>,
}

impl<'s> Elsewhere<'s> {
    pub(super) fn new(step: &'s Step<'s>, run: &'s Run<'s>) -> Self {
        Self { step, text: run.line.text(), seen: RefCell::default() }
    }

    /// Whether one of these is set before the step, or is mentioned in it.
    pub(super) fn names(&self, variables: &[&'static str]) -> bool {
        let mut seen = self.seen.borrow_mut();
        let search = |name: &str| self.step.before.sets_env(name) || self.text.contains(name);
        variables.iter().any(|name| *seen.entry(name).or_insert_with(|| search(name)))
    }
}

/// A program that a `RUN` puts into the home, and that the app needs.
pub(super) fn program_in_home(run: &Run<'_>, elsewhere: &Elsewhere<'_>, needed: &[Needed]) -> Option<Program> {
    let is_here = |(row, _): &&Needed| !elsewhere.names(row.variables) && !elsewhere.names(&["--install-dir"]);
    let needed: Vec<_> = needed.iter().filter(is_here).collect();
    run.commands.iter().filter(|command| !command.is_conditional()).find_map(|command| {
        let names = |address: &str| command.argv().iter().any(|word| word.text.contains(address));
        match needed.iter().find(|(row, _)| names(row.address)) {
            Some(needed) => of_installer(run, **needed),
            None => of_pip(elsewhere, command).or_else(|| of_conda(command)),
        }
    })
}

fn of_installer(run: &Run<'_>, (row, name): Needed) -> Option<Program> {
    let start = run.line.range.start + run.line.text().find(row.address)?;
    let variable = row.variables.first()?;
    Some(Program {
        range: start..start + row.address.len(),
        name: format!("`{name}`"),
        help: format!("move it below `USER`, or set `ENV {variable}` above it to a folder that every user can read"),
        is_certain: true,
    })
}

/// Whether the container, or a later step as another user, starts a program.
fn needs(dockerfile: &Dockerfile<'_>, program: &str) -> bool {
    let starts = |commands: &[Command<'_>]| commands.iter().any(|command| command.program() == Some(program));
    let started = dockerfile.entrypoint().into_iter().chain(dockerfile.cmd()).any(|(_, line)| starts(&line.commands()));
    started
        || dockerfile
            .image_runs()
            .any(|(step, run)| matches!(step.before.who(), Who::Uid(1..) | Who::Named(_)) && starts(&run.commands))
}

/// Whether a program may come with the image, a package or another image.
fn comes_otherwise(dockerfile: &Dockerfile<'_>, program: &str) -> bool {
    let image = dockerfile.base_image().is_none_or(|image| image.reference().path().contains(program));
    let copied = dockerfile.image_copies().any(|(_, copy)| {
        copy.flag("from").is_some_and(|from| from.text.contains(program))
            || copy.sources.iter().any(|source| source.text.rsplit('/').next() == Some(program))
    });
    let installs = |command: &Command<'_>| {
        (command.has("install") || command.has("add") || command.has("i"))
            && command.argv().iter().skip(2).any(|word| word.text.contains(program))
    };
    image || copied || dockerfile.image_runs().any(|(_, run)| run.commands.iter().any(installs))
}

/// `pip install --user` as root.
fn of_pip(elsewhere: &Elsewhere<'_>, command: &Command<'_>) -> Option<Program> {
    let is_pip = match command.program()? {
        "pip" | "pip3" => true,
        program => program.starts_with("python") && command.has("-m") && command.has("pip"),
    };
    let is_user = is_pip && command.has("install") && command.has("--user");
    (is_user && !elsewhere.names(&["PYTHONUSERBASE", "PIP_TARGET", "PIP_PREFIX"])).then(|| Program {
        range: command.range(),
        name: "the packages of `pip install --user`".to_owned(),
        help: "leave out `--user`, or move it below `USER`".to_owned(),
        is_certain: true,
    })
}

/// `bash Miniconda3-latest-Linux-x86_64.sh -b -p /root/miniconda3`, where the place may be left out.
fn of_conda(command: &Command<'_>) -> Option<Program> {
    let argv = command.argv();
    let is_shell = matches!(command.program()?, "bash" | "sh" | "/bin/bash");
    let script = argv.get(1)?.text.to_ascii_lowercase();
    let is_installer = ["miniconda", "miniforge", "anaconda", "mambaforge"].iter().any(|name| script.contains(name));
    if !is_shell || !is_installer || !script.ends_with(".sh") {
        return None;
    }
    let place = command.value('p', &["--prefix"]);
    place.is_none_or(|place| is_in_home_of_root(&place)).then(|| Program {
        range: command.range(),
        name: "conda".to_owned(),
        help: "install it with `-p /opt/conda`, and write that folder in `PATH`".to_owned(),
        is_certain: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_needs_its_import_and_no_other_place() {
        let what = |text: &str| call_in(text).map(|row| row.what);
        for text in [
            "from transformers import pipeline; pipeline('sentiment-analysis')",
            "import torch, transformers; transformers.AutoModel.from_pretrained('gpt2')",
            "from huggingface_hub import snapshot_download as d, snapshot_download\nsnapshot_download('a/b')",
            "from faster_whisper import WhisperModel; WhisperModel('base')",
        ] {
            assert!(what(text).is_some_and(|what| what.contains("Hub")), "{text}");
        }
        assert_eq!(what("import whisper; whisper.load_model('base')"), Some("Whisper's models"));
        assert_eq!(what("import nltk; nltk.download('punkt')"), Some("NLTK's data"));
        for text in [
            "from transformers import pipeline",
            "from transformers import pipeline; pipeline('x', cache_dir='models')",
            "from transformers import AutoModel; AutoModel.from_pretrained('./model')",
            "import nltk; nltk.download('punkt', '/usr/share/nltk_data')",
            "import os; os.environ['HF_HOME'] = 'x'; from transformers import pipeline; pipeline('x')",
            "from whispers import load_model; load_model('x')",
            "from sklearn.pipeline import pipeline; pipeline('x')",
            "print('pipeline(')",
        ] {
            assert_eq!(what(text), None, "{text}");
        }
    }
}
