//! The files of the app: those that git pushes, those that it does not, and those that commands make.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::app::paths::has_ending;
use crate::app::project::is_aside;
use crate::formats::dockerfile::Dockerfile;
use crate::repo::{Excluded, File, Repo, Unpushed, read_all};

/// The limits of what is read.
const FILES_MAX: usize = 500;
const BYTES_MAX: u64 = 128 * 1024;
const TOTAL_MAX: u64 = 4 * 1024 * 1024;

/// An import that fails in the Space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    /// The file that imports, and the place.
    pub(crate) path: String,
    pub(crate) range: Range<usize>,
    /// The module as written.
    pub(crate) written: String,
    pub(crate) why: Why,
    /// Whether the import is certainly reached.
    pub(crate) is_reached: bool,
}

/// Why it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Why {
    /// The file exists, and git does not push it.
    Excluded(Excluded),
    /// The file or folder is spelled so.
    OtherCase(String),
}

/// The files that are pushed, and what is known about others.
pub(super) struct Tree<'r> {
    pub(super) repo: &'r Repo,
    pub(super) unpushed: Unpushed<'r>,
    /// Files and folders by their paths in lower case.
    in_lower_case: OnceCell<HashMap<String, String>>,
    /// The commands of the Dockerfile, and scripts, which may make files.
    commands: OnceCell<String>,
}

impl<'r> Tree<'r> {
    pub(super) fn of(repo: &'r Repo) -> Self {
        let unpushed = Unpushed::of(repo);
        Self { repo, unpushed, in_lower_case: OnceCell::new(), commands: OnceCell::new() }
    }

    /// The file or folder that differs from a path in case alone, if no file has the path itself.
    pub(super) fn other_case(&self, path: &str) -> Option<&str> {
        let other = self.in_lower_case.get_or_init(|| self.lower_case()).get(&path.to_ascii_lowercase())?;
        (other != path).then_some(other.as_str())
    }

    fn lower_case(&self) -> HashMap<String, String> {
        let mut paths = HashMap::new();
        for file in self.repo.files().filter(|file| self.unpushed.pushes(file.path())) {
            let path = file.path();
            let parts = path.match_indices('/').map(|(at, _)| &path[..at]).chain([path]);
            for part in parts {
                let lower = part.to_ascii_lowercase();
                // The exact one wins
                if lower == part || !paths.contains_key(&lower) {
                    paths.insert(lower, part.to_owned());
                }
            }
        }
        paths
    }

    /// What exists, is not pushed, and is not made by commands, as far as its path tells. None if it is not all known.
    pub(super) fn excluded(&self) -> Option<Vec<&str>> {
        let is_kept = |path: &&str| !is_output(path) && !path.ends_with("__pycache__") && !has_ending(path, "pyc");
        Some(self.unpushed.paths()?.filter(is_kept).collect())
    }

    /// Whether a command may make what a path names.
    pub(super) fn is_made(&self, path: &str) -> bool {
        is_output(path) || {
            let name = path.rsplit('/').next().unwrap_or(path);
            has_word(self.commands.get_or_init(|| commands(self.repo)), name.split('.').next().unwrap_or(name))
        }
    }
}

/// Whether a path is one of those that tools write.
fn is_output(path: &str) -> bool {
    const OUTPUT: [&str; 14] = [
        "generated",
        "gen",
        "__generated__",
        "_generated",
        "dist",
        "build",
        "out",
        "target",
        "pkg",
        "output",
        "node_modules",
        "coverage",
        "_version",
        "version",
    ];
    let mut parts = path.split('/').map(|part| part.split('.').next().unwrap_or(part)).filter(|part| part.len() > 1);
    let is_output = |part: &str| OUTPUT.contains(&part) || part.contains("_pb2");
    path.split('/').any(|part| part.starts_with('.')) || parts.any(is_output)
}

/// The text of everything that may make files before the app starts.
fn commands(repo: &Repo) -> String {
    let mut text = String::new();
    if let Some(dockerfile) = repo.text("Dockerfile").map(Dockerfile::read) {
        for (_, run) in dockerfile.runs() {
            // Folders of the system are not the app's
            let line = run.line.text().replace("/var/lib", "").replace("/usr/lib", "").replace("/usr/local/lib", "");
            text.push_str(&line);
            text.push('\n');
        }
        for (_, copy) in dockerfile.copies().filter(|(_, copy)| copy.flag("from").is_some()) {
            text.push_str(&copy.destination.text);
            text.push('\n');
        }
    }
    let scripts = repo.files().filter(|file| {
        let is_settings = file.name().starts_with("tsconfig");
        has_ending(file.name(), "sh")
            || matches!(file.name(), "package.json" | "Makefile" | ".gitmodules")
            || is_settings
    });
    for file in scripts.filter(|file| file.size() <= BYTES_MAX).take(50) {
        let lines = file.text().unwrap_or_default().lines();
        // The settings of TypeScript name libraries of the language too
        lines.filter(|line| !line.contains("\"lib\"")).for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
    }
    text
}

/// Whether a text contains a name that is not part of a longer one.
pub(super) fn has_word(text: &str, name: &str) -> bool {
    let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
    !name.is_empty()
        && text
            .match_indices(name)
            .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}

/// The code of the app with these endings.
pub(super) fn sources<'r>(repo: &'r Repo, endings: &[&str]) -> Vec<&'r File> {
    let mut left = TOTAL_MAX;
    let is_code = |file: &&File| {
        let name = file.name();
        let is_test = [".test.", ".spec.", ".stories.", ".min.", ".d."].iter().any(|part| name.contains(part));
        endings.iter().any(|ending| has_ending(name, ending)) && !is_test && !is_aside(file.path())
    };
    let small = repo.files().filter(is_code).filter(|file| file.size() <= BYTES_MAX).take(FILES_MAX);
    let fitting = small.take_while(|file| {
        left = left.saturating_sub(file.size());
        left > 0
    });
    let files: Vec<_> = fitting.collect();
    read_all(&files);
    files
}
