//! The files that run when Node or Bun starts a file: itself, and its imports from the repository.

use std::collections::BTreeSet;

use super::lost::imports::{bases, candidates};
use crate::formats::{javascript, javascript_imports};
use crate::repo::{File, Repo};

/// The limits of what is read.
const FILES_MAX: usize = 200;
const BYTES_MAX: u64 = 512 * 1024;

/// A file that runs, without its comments.
pub(super) struct Reached<'r> {
    pub(super) file: &'r File,
    pub(super) code: String,
}

/// The files that run.
pub(super) struct Run<'r> {
    /// The file that is started, then its imports, in the order in which they load each other.
    pub(super) files: Vec<Reached<'r>>,
    /// Whether no import leads to a file that is not known.
    pub(super) is_complete: bool,
}

/// The files that run when a file is started.
pub(super) fn run<'r>(repo: &'r Repo, start: &str) -> Run<'r> {
    let mut run = Run { files: Vec::new(), is_complete: true };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut next: Vec<&File> = repo.get(start).into_iter().collect();
    while let Some(file) = next.pop() {
        if !seen.insert(file.path()) || !is_code(file.path()) {
            continue;
        }
        let text = file.text().filter(|_| file.size() <= BYTES_MAX && run.files.len() < FILES_MAX);
        let Some(code) = text.map(javascript::without_comments) else {
            run.is_complete = false;
            continue;
        };
        run.is_complete &= !imports_unknown(&code);
        // The first import runs first
        for (name, _) in javascript_imports::imports(&code).into_iter().rev() {
            match imported(repo, file.path(), name) {
                Some(found) => next.push(found),
                None => run.is_complete &= !is_own(name),
            }
        }
        run.files.push(Reached { file, code });
    }
    run
}

/// Whether a module is one of the app, and not of a package.
fn is_own(name: &str) -> bool {
    name.starts_with(['.', '/', '#', '~']) || name.starts_with("@/")
}

fn imported<'r>(repo: &'r Repo, from: &str, name: &str) -> Option<&'r File> {
    let bases = bases(repo, from, name);
    bases.iter().flat_map(|base| candidates(base)).find_map(|path| repo.get(&path))
}

/// Whether a module is imported by a name that only runs show: `require(path.join(..))`.
fn imports_unknown(code: &str) -> bool {
    ["require(", "import("].into_iter().any(|call| {
        code.match_indices(call).any(|(at, _)| {
            let is_other = code[..at].ends_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '$'));
            !is_other && !code[at + call.len()..].trim_start().starts_with(['"', '\''])
        })
    })
}

fn is_code(path: &str) -> bool {
    const OTHER: [&str; 9] = [".json", ".css", ".scss", ".node", ".wasm", ".html", ".svg", ".txt", ".sql"];
    !OTHER.iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(files: &[(&str, &str)]) -> (Vec<String>, bool) {
        let files = files.iter().map(|(path, text)| (path.parse().unwrap(), text.as_bytes().to_vec()));
        let repo = Repo::from_files(files);
        let run = run(&repo, "src/main.ts");
        (run.files.iter().map(|reached| reached.file.path().to_owned()).collect(), run.is_complete)
    }

    #[test]
    fn imports_are_followed_to_their_files() {
        let files = [
            ("src/main.ts", "import a from './a.js';\nimport '@/b';\nimport express from 'express';"),
            ("src/a.ts", "const d = require('../lib'); const s = require('./s.json');"),
            ("src/b/index.ts", "import '../main';"),
            ("src/s.json", "{}"),
            ("lib/index.js", ""),
            ("server.js", ""),
        ];
        let paths = ["src/main.ts", "src/a.ts", "lib/index.js", "src/b/index.ts"];
        assert_eq!(reached(&files), (paths.map(str::to_owned).to_vec(), true));
    }

    #[test]
    fn an_import_that_leads_nowhere_leaves_files_unknown() {
        for code in ["import './gone'", "require(name)", "await import(`./${name}`)", "import '#a'"] {
            assert!(!reached(&[("src/main.ts", code)]).1, "{code}");
        }
        assert!(reached(&[("src/main.ts", "my_require(name); // require(name)")]).1);
    }
}
