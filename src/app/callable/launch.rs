//! Calls that start a server when a file is imported.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::frameworks::gradio::knows_gradio;
use super::super::model::Evidence;
use super::super::project::{Project, PythonFile};
use super::names::{holders, starred};
use crate::formats::python::{Call, Scope, Value};

/// A call that starts a server as soon as its file is imported.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    /// The call as written, without its arguments.
    pub(crate) written: String,
    /// Its whole statement.
    pub(crate) statement: Range<usize>,
    pub(crate) evidence: Evidence,
}

/// The maximum number of functions that a call leads to, and of paths that are followed in a file.
const BODIES_MAX: usize = 64;
const PATHS_MAX: usize = 200;

/// What runs a function that it is given.
const RUNNERS: [&str; 4] = ["typer.run", "fire.Fire", "tyro.cli", "asyncio.run"];

/// The calls of the files that run when a file is imported.
pub(super) fn of(project: &Project<'_>, start: &str) -> Vec<Launch> {
    let files = project.reachable(start);
    let launches = files.into_iter().flat_map(|file| {
        let mut known = BTreeMap::new();
        let runs = file.source.calls.iter().filter(|call| call.scope.is_top_level() && !call.scope.in_main);
        let starts = runs.filter(|call| {
            if !leads_on(call) || known.len() > PATHS_MAX {
                return blocks(project, file, call);
            }
            *known.entry((&call.path, given(call))).or_insert_with(|| starts(project, file, call))
        });
        starts.map(|call| launch(file, call)).collect::<Vec<_>>()
    });
    launches.collect()
}

fn launch(file: &PythonFile<'_>, call: &Call<'_>) -> Launch {
    Launch {
        written: call.written.clone(),
        statement: call.statement.clone(),
        evidence: file.evidence(call.at, "starts a server when the file is imported"),
    }
}

/// Whether a call may lead to functions of the repository.
fn leads_on(call: &Call<'_>) -> bool {
    !call.path.starts_with("gradio.") || given(call).is_some()
}

/// Whether a call starts a server, itself or in the functions that it leads to.
fn starts<'p, 'r>(project: &'p Project<'r>, file: &'p PythonFile<'r>, call: &'p Call<'r>) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![(file, call)];
    while let Some((file, call)) = next.pop() {
        let passed = given(call).map(|name| file.source.resolved(name));
        if passed.as_ref().is_some_and(|path| path.starts_with("gradio.") && path.ends_with("().launch")) {
            return true;
        }
        let mut bodies = bodies(project, file, &call.path, call.scope);
        if bodies.is_empty() && blocks(project, file, call) {
            return true;
        }
        bodies.extend(passed.into_iter().flat_map(|path| self::bodies(project, file, &path, call.scope)));
        for body in bodies {
            if seen.len() < BODIES_MAX && seen.insert((body.0.path, body.1, body.2)) {
                let (file, outermost, function) = body;
                let calls =
                    file.source.calls.iter().filter(|call| {
                        call.scope.outermost == Some(outermost) && call.scope.function == Some(function)
                    });
                next.extend(calls.map(|call| (file, call)));
            }
        }
    }
    false
}

/// The function that is passed to what runs it.
fn given<'t>(call: &Call<'t>) -> Option<&'t str> {
    let first = || call.positional(0).filter(|_| RUNNERS.contains(&call.path.as_str()));
    match call.keyword("target").or_else(first) {
        Some(Value::Name(name)) => Some(name),
        _ => None,
    }
}

/// A function: its file, the outermost function or class around it or itself, and its name.
type Body<'p, 'r> = (&'p PythonFile<'r>, &'r str, &'r str);

/// The functions that a call of a path runs: `main`, `ui.main`, `App` with its constructor, `App().run`, `self.run`.
fn bodies<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
    path: &str,
    from: Scope<'r>,
) -> Vec<Body<'p, 'r>> {
    let (head, method) = match (path.split_once("()."), path.strip_prefix("self.")) {
        (Some((head, method)), _) => (head, Some(method)),
        (_, Some(method)) => (from.outermost.unwrap_or_default(), Some(method)),
        _ => (path, None),
    };
    let (mut files, name) = holders(project, file, head);
    if !head.contains('.') {
        files = std::iter::once(file).chain(starred(project, file)).collect();
    }
    let mut again: Vec<&PythonFile<'r>> = Vec::new();
    for file in &files {
        let path = file.source.imported_path(name).filter(|path| path.contains('.'));
        again.extend(path.into_iter().flat_map(|path| holders(project, file, &path).0));
    }
    let in_file = |file: &'p PythonFile<'r>| {
        let is_class = file.source.classes.iter().any(|class| class.name == name);
        file.source.functions.iter().filter_map(move |function| {
            let outermost = function.scope.outermost;
            let is_function =
                method.is_none() && function.name == name && (outermost.is_none() || outermost == from.outermost);
            let is_method = is_class && outermost == Some(name) && function.name == method.unwrap_or("__init__");
            (is_function || is_method).then(|| (file, outermost.unwrap_or(function.name), function.name))
        })
    };
    files.into_iter().chain(again).flat_map(in_file).collect()
}

/// Whether a call itself starts a server.
fn blocks(project: &Project<'_>, file: &PythonFile<'_>, call: &Call<'_>) -> bool {
    if call.path == "uvicorn.run" || call.path == "flask.Flask().run" {
        return true;
    }
    let root = call.path.split(['.', '(', '[']).next().unwrap_or_default();
    let is_foreign = || {
        let is_imported = |module: &str| module.split('.').next() == Some(root);
        file.source.imports.iter().any(|import| import.level == 0 && is_imported(import.module))
            && project.base_of(file.path, root).is_none()
    };
    call.method() == "launch"
        && call.path.contains('.')
        && (root == "gradio" || (knows_gradio(project, file) && !is_foreign()))
}
