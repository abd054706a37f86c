//! What a restart loses: files that the app wrote into its container and that its code reads back.

use serde::Serialize;

use crate::repo::{FileKind, Repo};

/// Folders that hold nothing an app wants back, by their names anywhere in a path.
const CACHES: [&str; 10] =
    ["__pycache__", ".cache", ".npm", ".config", ".local", ".gradio", ".streamlit", "node_modules", ".next", ".nv"];

/// The same, by the beginning of a path.
const TEMPORARY: [&str; 7] = ["/tmp/", "/var/tmp/", "/run/", "/var/run/", "/proc/", "/sys/", "/dev/"];

/// Endings of files that are databases, which are read back by their nature.
const DATABASES: [&str; 7] = [".db", ".sqlite", ".sqlite3", ".duckdb", ".lmdb", ".mdb", ".realm"];

/// Files that come with a database.
const BESIDE_A_DATABASE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Words of code that read a file, in any language.
const READS: [&str; 15] = [
    "read",
    "load",
    "open(",
    "exists",
    "is_file",
    "isfile",
    "connect",
    "Load",
    "Open(",
    "Read",
    "sqlite",
    "from_file",
    "import ",
    "require(",
    "parse",
];

/// Words of code that only write one.
const WRITES: [&str; 14] = [
    "\"w\"",
    "'w'",
    "\"a\"",
    "'a'",
    "\"wb\"",
    "'wb'",
    "\"ab\"",
    "'ab'",
    "\"x\"",
    "'x'",
    "write",
    "FileHandler",
    "dump(",
    "to_csv",
];

/// More files than this are not reported.
const MOST: usize = 50;

/// A file that is gone after the next start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Lost {
    /// Its path in the container.
    pub path: String,
    /// The file of the repository whose code reads it.
    pub file: String,
    /// The line.
    pub line: usize,
}

/// Which of the changed paths of a container the code of a repository reads back.
pub(super) fn lost(changed: &str, repo: &Repo) -> Vec<Lost> {
    let paths: Vec<&str> = changed.lines().filter_map(written).collect();
    let is_folder =
        |path: &str| paths.iter().any(|other| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')));
    let files = paths.iter().filter(|path| !is_folder(path) && !is_of_no_interest(path));
    let code: Vec<(&str, &str)> = repo.files().filter_map(code).collect();
    files.filter_map(|path| read_back(path, &code)).take(MOST).collect()
}

/// The path in a line such as `A /app/data.db`.
fn written(line: &str) -> Option<&str> {
    let (kind, path) = line.trim_end_matches('\r').split_once(' ')?;
    matches!(kind, "A" | "C").then_some(path)
}

fn is_of_no_interest(path: &str) -> bool {
    TEMPORARY.iter().any(|start| path.starts_with(start))
        || path.split('/').any(|part| CACHES.contains(&part))
        || BESIDE_A_DATABASE.iter().any(|end| path.ends_with(end))
}

/// A file with code, and its text.
fn code(file: &crate::repo::File) -> Option<(&str, &str)> {
    const ENDINGS: [&str; 20] = [
        ".py", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".rb", ".php", ".go", ".rs", ".java", ".kt", ".cs", ".sh",
        ".R", ".r", ".jl", ".ex", ".lua",
    ];
    let is_code = file.kind() == FileKind::Regular && ENDINGS.iter().any(|end| file.name().ends_with(end));
    Some((file.path(), is_code.then(|| file.text()).flatten()?))
}

fn read_back(path: &str, code: &[(&str, &str)]) -> Option<Lost> {
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next()?, parts.next());
    let is_database = DATABASES.iter().any(|end| name.ends_with(end));
    // A name that code computes has its folder in the code
    let names = [Some(name), folder.filter(|folder| !folder.is_empty() && *folder != "app")];
    names.into_iter().flatten().find_map(|name| {
        code.iter().find_map(|(file, text)| {
            let line = reading_line(text, name, is_database)?;
            Some(Lost { path: path.to_owned(), file: (*file).to_owned(), line })
        })
    })
}

/// The first line that reads a file of a name: it has the name in quotes, or the name of a constant with it.
fn reading_line(text: &str, name: &str, is_database: bool) -> Option<usize> {
    let mut first = None;
    let mut constants: Vec<&str> = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !is_comment(line)) {
        let names = is_quoted(line, name);
        if names {
            first = first.or(Some(at + 1));
            constants.extend(constant(line));
        } else if !constants.iter().any(|constant| mentions(line, constant)) {
            continue;
        }
        let is_assigned = names && constant(line).is_some() && !line.contains("open(");
        let reads = READS.iter().any(|word| line.contains(word)) && !WRITES.iter().any(|word| line.contains(word));
        if reads && !is_assigned {
            return Some(at + 1);
        }
    }
    first.filter(|_| is_database)
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}

/// Whether a line has a path that ends with a name, or a folder of it, in quotes.
fn is_quoted(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        before.is_some_and(|char| "\"'`/".contains(char)) && after.is_some_and(|char| "\"'`/?".contains(char))
    })
}

/// The name of the variable that a line assigns.
fn constant(line: &str) -> Option<&str> {
    let (name, value) = line.split_once('=')?;
    let name = name.split(':').next()?.split_whitespace().next_back()?;
    let is_name = name.chars().all(|char| char.is_alphanumeric() || char == '_' || char == '$');
    (is_name && !value.starts_with('=') && !name.is_empty()).then_some(name)
}

fn mentions(line: &str, word: &str) -> bool {
    let in_word = |char: char| char.is_alphanumeric() || char == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(in_word)
            && !line[at + word.len()..].chars().next().is_some_and(in_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(changed: &str, path: &str, code: &str) -> Vec<(String, usize)> {
        let repo = Repo::from_files([(path.parse().unwrap(), code.as_bytes().to_vec())]);
        lost(changed, &repo).into_iter().map(|lost| (lost.path, lost.line)).collect()
    }

    #[test]
    fn what_the_code_reads_back_is_lost() {
        for (changed, path, code, line) in [
            ("A /app/count.txt", "app.py", "PATH = \"count.txt\"\nopen(PATH, \"w\")\nn = int(open(PATH).read())\n", 3),
            ("C /app\nA /app/shop.db", "app.py", "import sqlite3\ndb = sqlite3.connect('shop.db')\n", 2),
            ("A /app/data\nA /app/data/users.json", "x.js", "const f = 'data/users.json'\nfs.readFileSync(f)\n", 2),
            ("A /app/notes/7.md", "app.py", "FOLDER = Path(\"notes\")\n[p.read_text() for p in FOLDER.iterdir()]\n", 2),
            ("A /data/x.sqlite", "app.py", "URL = \"sqlite:////data/x.sqlite\"\n", 1),
        ] {
            let found = lines(changed, path, code);
            assert_eq!(found.iter().map(|(_, line)| *line).collect::<Vec<_>>(), [line], "{changed}");
        }
    }

    #[test]
    fn what_nobody_reads_is_not() {
        for (changed, code) in [
            ("A /app/app.log", "logging.FileHandler(\"app.log\")\nopen('app.log', 'a').write('x')\n"),
            ("A /app/__pycache__/app.pyc", "open('__pycache__').read()\n"),
            ("A /tmp/x.json", "json.load(open('/tmp/x.json'))\n"),
            ("A /app/other.txt", "open('count.txt').read()\n"),
            ("D /app/count.txt", "open('count.txt').read()\n"),
            ("A /app/count.txt", "# open('count.txt').read()\n"),
            ("A /app/report.csv", "table.to_csv('report.csv')\n"),
            ("A /home/user/.cache/huggingface/x.bin", "load('x.bin')\n"),
        ] {
            assert_eq!(lines(changed, "app.py", code), [], "{changed}");
        }
    }
}
