//! Go.

use super::row::{CompiledHooks, Hooks, Row};
use super::unbuilt;
use crate::app::candidate::{Candidate, SURE};
use crate::app::compiled_source::{BYTES_MAX, FILES_MAX, listens};
use crate::app::framework::{About, Runtime};
use crate::app::model::{Evidence, Note};
use crate::app::paths::{folder_of, has_ending, within};
use crate::app::project::{Project, is_aside};
use crate::formats::{go_mod, javascript};
use crate::repo::File;

pub(super) static ROW: Row = Row {
    about: About { id: "go", name: "Go", template: "go", runtime: Runtime::Compiled, ..About::PYTHON },
    hooks: Hooks::Compiled(CompiledHooks { find, program }),
};

/// Files of `package main` with a `func main`, under a `go.mod` at the root.
fn find(project: &Project<'_>) -> Vec<Candidate> {
    if project.repo.get("go.mod").is_none() || unbuilt::bot(project, "go.mod").is_some() {
        return Vec::new();
    }
    let files = project
        .repo
        .files()
        .filter(|file| has_ending(file.name(), "go") && !is_aside(file.path()) && file.size() <= BYTES_MAX);
    let programs = files.filter_map(|file| {
        // Go's comments are those of JavaScript
        let code = javascript::without_comments(file.text()?);
        let is_main = code.lines().any(|line| line.trim() == "package main");
        let line = code.lines().position(|line| line.starts_with("func main("))?;
        is_main.then(|| (file.path(), line + 1))
    });
    let candidate = |(path, line): (&str, usize)| {
        let strength = if listens(project, path) { SURE } else { 0 };
        Candidate::new(ROW.framework(), path, strength, vec![Evidence::line(path, line, "has `func main`")])
    };
    programs.take(FILES_MAX).map(candidate).collect()
}

/// The report about a server in a folder of its own, if nothing was found at the root.
pub(in crate::app) fn nested(project: &Project<'_>) -> Option<Note> {
    let is_nested = |file: &&File| file.name() == "go.mod" && file.path().contains('/') && !is_aside(file.path());
    let modules = project.repo.files().filter(is_nested).take(FILES_MAX);
    let servers: Vec<(&str, String)> = modules
        .filter_map(|file| {
            let main = within(folder_of(file.path()), "main.go");
            (project.repo.get(&main).is_some() && listens(project, &main)).then(|| (folder_of(file.path()), main))
        })
        .collect();
    let (folder, main) = servers.first()?;
    let note = Note::new(format!("`{folder}` has a Go app, and `init` reads the `go.mod` at the root only"));
    let quoted = shlex::try_quote(folder).unwrap_or(std::borrow::Cow::Borrowed(folder));
    let help = format!("make a Space of that folder only: `spaces-new init {quoted}`");
    Some(note.help(help).seen(Evidence::file(main.as_str(), "is a server")))
}

/// The folder of the program, or the last part of the module's name.
fn program(project: &Project<'_>, file: &str) -> String {
    let folder = folder_of(file);
    if !folder.is_empty() {
        return folder.rsplit('/').next().unwrap_or("app").to_owned();
    }
    let module = project.repo.text("go.mod").and_then(|text| go_mod::program(go_mod::module(text)?.0));
    module.unwrap_or("app").to_owned()
}
