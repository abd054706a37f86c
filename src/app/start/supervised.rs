//! The programs that supervisor starts, according to its settings in the image.
//!
//! Source: <https://supervisord.org/configuration.html>, <https://supervisord.org/running.html#supervisord-command-line-options>.

use std::ops::Range;

use crate::app::image::contents::{ImageFiles, Placed};
use crate::app::paths::has_ending;
use crate::formats::dockerfile::{CommandLine, joined};
use crate::formats::supervisord::{Section, sections};
use crate::order::Order;
use crate::values::{last_part, launched, server_named};

/// A program of the settings.
pub(super) struct Supervised {
    pub(super) words: Vec<String>,
    pub(super) assignments: Vec<String>,
    pub(super) folder: Option<String>,
    /// The file of the settings, and the place of the command in it.
    pub(super) path: String,
    pub(super) range: Range<usize>,
}

/// The command that starts supervisor, and the folder that it starts in.
pub(super) struct Starter<'c> {
    pub(super) words: &'c [&'c str],
    pub(super) folder: Option<&'c str>,
}

impl Starter<'_> {
    fn absolute(&self, path: &str) -> Option<String> {
        let is_plain = !path.is_empty() && !path.contains(['$', '`', '*', '?', '~', '%']);
        is_plain.then(|| joined(self.folder, path)).flatten()
    }
}

/// The settings that supervisor finds without an option, and the folder whose files Debian's own settings include.
const USUAL: [&str; 2] = ["/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"];
const INCLUDED: &str = "/etc/supervisor/conf.d/";

/// The maximum number of programs.
const MOST: usize = 30;

/// The programs, a known server last. Nothing if some of them are unknown.
pub(super) fn programs(starter: &Starter<'_>, files: &ImageFiles<'_, '_, '_>) -> Vec<Supervised> {
    if starter.words.first().is_none_or(|word| last_part(word) != "supervisord") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for placed in settings(starter, files) {
        let Some(sections) = placed.file.text().and_then(sections) else { return Vec::new() };
        for section in &sections {
            if section.name.text == "include" || section.name.text.starts_with("fcgi-program:") {
                return Vec::new();
            }
            if !section.name.text.starts_with("program:") || is_off(section) {
                continue;
            }
            let Some(program) = program(section, placed.file.path(), starter) else { return Vec::new() };
            found.push(program);
        }
    }
    found.order_by_key(is_server);
    if found.len() > MOST { Vec::new() } else { found }
}

/// The files with its settings.
fn settings<'r>(starter: &Starter<'_>, files: &ImageFiles<'r, '_, '_>) -> Vec<Placed<'r>> {
    const OPTIONS: [&str; 2] = ["-c", "--configuration"];
    let words = starter.words;
    let joined = words.iter().find_map(|word| word.strip_prefix("--configuration="));
    let named = joined.or_else(|| {
        let at = words.iter().position(|word| OPTIONS.contains(word))?;
        words.get(at + 1).copied()
    });
    let file = |path: &str| files.file(&starter.absolute(path)?);
    if named.is_some() || words.iter().any(|word| word.starts_with("-c")) {
        return named.and_then(file).into_iter().collect();
    }
    if let Some(found) = ["supervisord.conf"].iter().chain(&USUAL).find_map(|path| file(path)) {
        return vec![found];
    }
    // Only Debian's package has settings that include these
    if !files.dockerfile.text.contains("apt") {
        return Vec::new();
    }
    let copies = files.dockerfile.image_copies().filter_map(|(_, copy)| {
        let destination = copy.destination.text.trim_matches('"');
        let [source] = &*copy.sources else { return None };
        match destination.strip_prefix(INCLUDED)? {
            "" => Some(format!("{INCLUDED}{}", last_part(&source.text))),
            name => Some(format!("{INCLUDED}{name}")),
        }
    });
    copies.filter(|path| has_ending(path, "conf")).filter_map(|path| files.file(&path)).collect()
}

fn is_off(section: &Section) -> bool {
    section.get("autostart").is_some_and(|setting| setting.value.eq_ignore_ascii_case("false"))
}

/// A program. None if its settings are not plain.
fn program(section: &Section, path: &str, starter: &Starter<'_>) -> Option<Supervised> {
    let command = section.get("command").filter(|command| !command.value.contains("%("))?;
    let text = command.value.replace('\n', " ");
    let line = CommandLine::of_shell(&text);
    let commands = line.commands();
    let [only] = &*commands else { return None };
    let words: Vec<String> = only.words.iter().map(|word| word.text.to_string()).collect();
    let folder = match section.get("directory") {
        Some(folder) => starter.absolute(&folder.value),
        None => starter.folder.map(str::to_owned),
    };
    let mut assignments = Vec::new();
    if let Some(environment) = section.get("environment") {
        for pair in environment.value.split([',', '\n']).map(str::trim).filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').filter(|_| !pair.contains("%("))?;
            assignments.push(format!("{}={}", name.trim(), value.trim().trim_matches(['"', '\''])));
        }
    }
    let (path, range) = (path.to_owned(), command.range.clone());
    (!words.is_empty()).then_some(Supervised { words, assignments, folder, path, range })
}

fn is_server(program: &Supervised) -> bool {
    let words: Vec<&str> = program.words.iter().map(String::as_str).collect();
    words.get(launched(&words, false)).is_some_and(|word| server_named(last_part(word)).is_some())
}
