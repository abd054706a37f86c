//! Servers that the container starts and that refuse requests for the host of a Space.

use super::startup::{Executed, Spot, executed};
use crate::app::image::contents::ImageFiles;
use crate::app::node_version::installed;
use crate::app::paths::{folder_of, within};
use crate::facts::host_lists::{HOST_LISTS, VITE_VARIABLE};
use crate::formats::javascript::without_comments;
use crate::values::{last_part, launched};

/// A server that refuses the host of a Space.
pub(crate) struct Refusal {
    /// The server, as its command names it.
    pub(crate) server: String,
    pub(crate) at: Spot,
    /// Where the Dockerfile starts it, if that is elsewhere.
    pub(crate) started: Option<Spot>,
    pub(crate) help: &'static str,
    /// Whether it certainly does.
    pub(crate) is_certain: bool,
}

/// The server for development that the container starts, if nothing makes it answer for the Space.
pub(crate) fn of_start_command(files: &ImageFiles<'_, '_, '_>) -> Option<Refusal> {
    const NAMES: [&str; 5] = ["vite", "webpack", "ng", "npm", "yarn"];
    let text = files.dockerfile.text;
    let may = NAMES.iter().any(|name| text.contains(name)) || text.contains("pnpm") || text.contains("bun");
    if !may || text.contains(VITE_VARIABLE) || text.contains("nginx") {
        return None;
    }
    executed(files).iter().find_map(|command| of_command(command, files))
}

fn of_command(command: &Executed, files: &ImageFiles<'_, '_, '_>) -> Option<Refusal> {
    let words = command.texts();
    let at = program_at(&words);
    let program = last_part(words.get(at)?);
    let arguments = &words[at + 1..];
    let first = arguments.first().filter(|word| !word.starts_with('-')).copied().unwrap_or_default();
    let list = HOST_LISTS.iter().find(|list| list.programs.contains(&program) && list.verbs.contains(&first))?;
    let is_said = |word: &&str| {
        list.flags.iter().any(|flag| word.starts_with(flag)) || matches!(*word, "--config" | "-c" | "--https")
    };
    if arguments.iter().any(is_said) || arguments.iter().any(|word| word.contains('$') || *word == "--help") {
        return None;
    }
    let package = files.file(&command.absolute("package.json")?)?.file.path();
    let folder = folder_of(package);
    let mut is_certain = list.is_certain;
    for text in settings(list.settings, folder, files) {
        // Comments and addresses of other servers say nothing about this one
        let text = without_comments(text).replace("https://", "");
        if list.words.iter().any(|word| text.contains(word)) {
            return None;
        }
        // What it imports may allow hosts
        is_certain &= !["from './", "from \"./", "from '../", "from \"../", "require('./", "mergeConfig"]
            .iter()
            .any(|word| text.contains(word));
    }
    let version = installed(files.repo, folder, list.package).is_since(list.since);
    if version == Some(false) {
        return None;
    }
    let server = [program, first].join(" ").trim().to_owned();
    let started = command.through.first().cloned();
    is_certain &= version == Some(true);
    Some(Refusal { server, at: command.spot(), started, help: list.help, is_certain })
}

/// The index of the program after `npx` and the like, which know more programs than those that are servers here.
pub(in crate::app) fn program_at(words: &[&str]) -> usize {
    let at = launched(words, false);
    if at > 0 {
        return at;
    }
    match words {
        ["npx" | "bunx", rest @ ..] => 1 + rest.iter().take_while(|word| word.starts_with('-')).count(),
        ["pnpm" | "yarn" | "npm", "exec" | "dlx", rest @ ..] => {
            2 + rest.iter().take_while(|word| word.starts_with('-')).count()
        }
        ["pnpm" | "yarn", "vite" | "ng" | "webpack", ..] => 1,
        _ => 0,
    }
}

/// The texts of the settings in a folder, and in `config` below it.
pub(in crate::app) fn settings<'r>(
    names: &'r [&'r str],
    folder: &'r str,
    files: &ImageFiles<'r, '_, '_>,
) -> impl Iterator<Item = &'r str> + use<'r> {
    let config = within(folder, "config");
    let is_near = move |path: &str| folder_of(path) == folder || folder_of(path) == config;
    let is_one = move |name: &str| names.iter().any(|begin| name.to_ascii_lowercase().starts_with(begin));
    let near = files.repo.files().filter(move |file| is_near(file.path()) && is_one(file.name()));
    near.filter_map(|file| file.text())
}
