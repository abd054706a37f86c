//! Files that the app certainly writes into its working folder, as far as its Python shows them.

use std::collections::HashMap;
use std::ops::Range;

use super::space::{PythonFile, Space};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::python::{Call, Value};

/// A file or folder that the app creates in its working folder, or a database there that it changes.
pub(super) struct Written<'s> {
    /// Its name.
    pub(super) name: String,
    /// The Python file, and the call in it.
    pub(super) file: &'s str,
    pub(super) range: Range<usize>,
}

/// The maximum number of modules that are followed.
const MOST_MODULES: usize = 50;

/// The first file that the app writes, in the modules that its command starts and those that they import.
pub(super) fn first_written<'s>(dockerfile: &Dockerfile<'_>, space: &'s Space<'_>) -> Option<Written<'s>> {
    let modules = modules(dockerfile, space);
    if modules.iter().any(|file| file.has("chdir(")) {
        return None;
    }
    let changes_data = || {
        let words = ["INSERT", "CREATE TABLE", "UPDATE ", "DELETE ", ".commit(", "create_all("];
        modules.iter().any(|file| words.iter().any(|word| file.has(word)))
    };
    modules.iter().filter(|file| may_write(file.text)).find_map(|file| {
        let is_run = || is_run(dockerfile, file.path);
        let mut certain =
            file.source().calls.iter().filter(|call| !call.scope.tried && (!call.scope.in_main || is_run()));
        certain.find_map(|call| {
            let (path, is_database) = target(call)?;
            let name = path.trim_start_matches("./").trim_end_matches('/');
            let top = name.split('/').next().filter(|top| !top.is_empty() && *top != ".." && !top.starts_with('~'))?;
            let is_there = space.repo().get(name).is_some() || space.repo().has_folder(top);
            // In a folder of the repository, or a file that is already there
            if path.starts_with('/') || (is_there && !(is_database && !name.contains('/') && changes_data())) {
                return None;
            }
            (name == top || call.path.contains("makedirs")).then(|| Written {
                name: name.to_owned(),
                file: file.path,
                range: call.method_range(),
            })
        })
    })
}

/// Whether the command runs a file as a script or with `-m`, so that its `if __name__ == "__main__":` holds.
fn is_run(dockerfile: &Dockerfile<'_>, path: &str) -> bool {
    let module = path.trim_end_matches(".py").replace('/', ".");
    dockerfile.cmd().is_some_and(|(_, line)| {
        line.commands()
            .iter()
            .flat_map(|command| command.argv())
            .any(|word| word.text.trim_start_matches("./") == path || word.text.trim_end_matches(".__main__") == module)
    })
}

/// A cheap test, before a file is parsed.
fn may_write(text: &str) -> bool {
    ["open(", "connect(", "sqlite", "mkdir(", "makedirs(", "FileHandler("].iter().any(|word| text.contains(word))
}

/// The path that a call writes to, and whether it is a database.
fn target<'c>(call: &'c Call<'_>) -> Option<(&'c str, bool)> {
    let first = || call.positional(0).and_then(Value::as_text);
    match &*call.path {
        "open" | "io.open" => {
            let mode = call.positional(1).or_else(|| call.keyword("mode")).and_then(Value::as_text)?;
            Some((first().filter(|_| mode.contains(['w', 'a', 'x', '+']))?, false))
        }
        "sqlite3.connect" | "aiosqlite.connect" => {
            let path = first().filter(|path| !path.starts_with(':') && !path.starts_with("file:"))?;
            Some((path, true))
        }
        "os.mkdir"
        | "os.makedirs"
        | "logging.FileHandler"
        | "logging.handlers.RotatingFileHandler"
        | "logging.handlers.TimedRotatingFileHandler" => Some((first()?, false)),
        path if matches!(path.rsplit('.').next(), Some("create_engine" | "create_async_engine")) => {
            let (_, path) = first().filter(|url| url.starts_with("sqlite"))?.split_once(":///")?;
            Some((path.split('?').next().filter(|path| !path.is_empty() && !path.starts_with(':'))?, true))
        }
        _ => None,
    }
}

/// The Python files that the command starts, and those that they import.
fn modules<'s, 'r>(dockerfile: &Dockerfile<'_>, space: &'s Space<'r>) -> Vec<&'s PythonFile<'r>> {
    let Some((_, line)) = dockerfile.cmd().filter(|_| dockerfile.entrypoint().is_none()) else { return Vec::new() };
    let commands = line.commands();
    let [command] = &*commands else { return Vec::new() };
    let mut unused: HashMap<&str, &PythonFile<'_>> =
        space.python_files().iter().map(|file| (file.path, file)).collect();
    let mut found: Vec<&PythonFile<'_>> = Vec::new();
    for word in command.argv() {
        let word = word.text.trim_start_matches("./");
        let module = word.split(':').next().unwrap_or_default();
        found.extend(unused.remove(word).or_else(|| take_module(&mut unused, module)));
    }
    let mut at = 0;
    while let Some(file) = found.get(at).copied().filter(|_| at < MOST_MODULES) {
        at += 1;
        for import in file.source().imports.iter().filter(|import| import.level == 0) {
            found.extend(take_module(&mut unused, import.module));
            found.extend(import.name.and_then(|name| take_module(&mut unused, &format!("{}.{name}", import.module))));
        }
    }
    found.truncate(MOST_MODULES);
    found
}

/// Takes the file of a module out of those that are not in use yet.
fn take_module<'s, 'r>(unused: &mut HashMap<&str, &'s PythonFile<'r>>, module: &str) -> Option<&'s PythonFile<'r>> {
    let path = module.replace('.', "/");
    unused.remove(&*format!("{path}.py")).or_else(|| unused.remove(&*format!("{path}/__init__.py")))
}
