//! Programs in languages that no template builds: they are named, with the way to a Space.

use super::model::{App, Evidence, Note};
use super::paths::folder_of;
use super::project::{Project, is_aside};
use super::{frameworks, python_entry};
use crate::facts::languages::{LANGUAGES, LanguageRow, OTHERS, Sign};
use crate::order::Order;
use crate::repo::{File, FileKind};

/// Larger files are not what a person wrote.
const BYTES_MAX: u64 = 128 * 1024;

/// The maximum number of files that are read.
const FILES_MAX: usize = 256;

/// The maximum depth of the folders with a file that shows a language.
const DEEPEST: usize = 2;

/// More than these are not named.
const SHOWN: usize = 2;

/// The notes about a repository in which no app was found: what it is instead, if that is known.
pub(super) fn notes(project: &Project<'_>) -> Vec<Note> {
    let files = files(project);
    let other = OTHERS.iter().find_map(|row| Some((row, shown_by(project, &files, row.signs)?)));
    let language = LANGUAGES.iter().find_map(|row| Some((row, shown_by(project, &files, row.signs)?)));
    let mut notes = Vec::new();
    let depth = |file: &str| file.matches('/').count();
    // A mobile app has files of Java in it
    if let Some((row, file)) = language.filter(|(_, file)| other.is_none_or(|(_, other)| depth(file) < depth(other))) {
        notes.push(of_language(project, row, file));
    }
    if let Some((row, file)) = other {
        let note = Note::new(format!("`{file}` belongs to {}", row.what)).help(row.help);
        notes.push(note.seen(Evidence::file(file, "shows it")));
    }
    notes.extend(in_examples(project));
    notes.truncate(SHOWN);
    notes
}

/// The server in another language that an app, which is only a page, probably belongs to: a file of it in the same folder, or
/// above it.
pub(super) fn server_of<'p>(project: &'p Project<'_>, app: &App) -> Option<(&'p str, &'static str)> {
    let folder = frameworks::page_folder(app.framework, &app.file)?;
    let files = files(project);
    let servers = LANGUAGES.iter().filter(|row| row.is_server).map(|row| (row.signs, row.name));
    let others = OTHERS.iter().filter(|row| row.owns_page).map(|row| (row.signs, row.what));
    servers.chain(others).find_map(|(signs, name)| {
        let file = shown_by(project, &files, signs)?;
        (folder_of(file) == folder || folder_of(file).is_empty()).then_some((file, name))
    })
}

/// The files that may show a language, those near the root first.
fn files<'p>(project: &'p Project<'_>) -> Vec<&'p File> {
    let is_near = |file: &&File| {
        file.kind() == FileKind::Regular && file.path().matches('/').count() <= DEEPEST && !is_aside(file.path())
    };
    let mut files: Vec<&File> = project.repo.files().filter(is_near).collect();
    files.order_by_key(|file| file.path().matches('/').count());
    files
}

/// The file nearest to the root that has one of some signs.
fn shown_by<'p>(project: &'p Project<'_>, files: &[&'p File], signs: &[Sign]) -> Option<&'p str> {
    let has = |name: &str, file: &File| {
        file.name() == name || file.name().strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
    };
    let shows = |file: &File, sign: &Sign| match sign {
        Sign::Named(name) => file.name() == *name,
        Sign::Ending(ending) => has(ending, file),
        Sign::Has(name, text) => {
            has(name, file) && file.size() <= BYTES_MAX && file.text().is_some_and(|read| read.contains(text))
        }
        Sign::Imports(module) => project.python.get(file.path()).is_some_and(|python| {
            let imports = &python.source.imports;
            imports.iter().any(|import| import.level == 0 && import.module.split('.').next() == Some(module))
        }),
    };
    let may_show = |file: &&&File| {
        signs.iter().any(|sign| match sign {
            Sign::Named(name) | Sign::Has(name, _) | Sign::Ending(name) => has(name, file),
            Sign::Imports(_) => has("py", file),
        })
    };
    let mut candidates = files.iter().filter(may_show).take(FILES_MAX);
    candidates.find(|file| signs.iter().any(|sign| shows(file, sign))).map(|file| file.path())
}

/// A language, with a Dockerfile in words, and the flags of a template that need none.
fn of_language(project: &Project<'_>, row: &LanguageRow, file: &str) -> Note {
    let version = project.repo.text(file).and_then(target_framework).unwrap_or(row.version);
    let base = row.base.replace("{version}", version);
    let folder = Some(folder_of(file)).filter(|folder| !folder.is_empty()).unwrap_or(".");
    let start = row.start.replace("{file}", file).replace("{folder}", folder);
    let install = if row.apt.is_empty() { String::new() } else { format!(" installs {} with apt,", listed(row.apt)) };
    let build = if row.build.is_empty() { String::new() } else { format!(" builds it with `{}`,", row.build) };
    let started = if start.is_empty() {
        "starts it on port 7860 of 0.0.0.0".to_owned()
    } else {
        format!("starts it with `{start}`")
    };
    let actions = format!("{install}{build}");
    let and = if actions.is_empty() { " " } else { " and " };
    let actions = actions.trim_end_matches(',').to_owned();
    let mut help =
        format!("write a Dockerfile on `{base}` that{actions}{and}{started}, and run `spaces-new init` again");
    if !start.is_empty() && row.build.is_empty() {
        let packages: String = row.apt.iter().map(|package| format!(" --apt {package}")).collect();
        let command = shlex::try_quote(&start).map_or_else(|_| start.clone(), std::borrow::Cow::into_owned);
        help.push_str(&format!(
            "; or let a template write it: `--template docker --base {base}{packages} --app-file {} --command {command}`",
            shlex::try_quote(file).unwrap_or(std::borrow::Cow::Borrowed(file))
        ));
    }
    if !row.more.is_empty() {
        help.push_str(&format!("; {}", row.more));
    }
    let note =
        Note::new(format!("`{file}` belongs to {} {} app, which no template builds", article(row.name), row.name));
    note.help(help).seen(Evidence::file(file, format!("is of {}", row.name)))
}

fn article(name: &str) -> &'static str {
    if matches!(name, "R" | "R Shiny") || name.starts_with(['E', 'O']) { "an" } else { "a" }
}

fn listed(packages: &[&str]) -> String {
    packages.iter().map(|package| format!("`{package}`")).collect::<Vec<_>>().join(" and ")
}

/// `9.0` of `<TargetFramework>net9.0</TargetFramework>`.
fn target_framework(text: &str) -> Option<&str> {
    let version = text.split_once("<TargetFramework>net")?.1.split('<').next()?;
    let is_version =
        |text: &str| text.split('.').count() == 2 && text.split('.').all(|part| part.parse::<u8>().is_ok());
    is_version(version).then_some(version)
}

/// Apps at a place where no app starts: they are named, and not taken.
fn in_examples(project: &Project<'_>) -> Option<Note> {
    let found = python_entry::aside(project);
    let first = found.first()?;
    let (file, name) = (&first.file, first.framework.name());
    let more = if found.len() > 1 { format!(", and {} more", found.len() - 1) } else { String::new() };
    let note = Note::new(format!("`{file}` ({name}) is an example{more}, and is not taken"));
    let template = first.framework.template();
    let help = format!(
        "copy the one to run into the root, as `app.py`, with its requirements; or name it: `--template {template} --app-file {file} --command COMMAND`"
    );
    Some(note.help(help).seen(Evidence::file(file.as_str(), "is an example")))
}
