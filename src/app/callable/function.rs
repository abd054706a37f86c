//! The function that a name stands for, followed through the imports of the repository.

use std::collections::BTreeMap;

use super::super::project::{Project, PythonFile};
use super::{Callable, Obstacle, input, output};
use crate::formats::python::{Function, Value};

/// A name that is imported from a file that imports it, and so on.
const STEPS_MAX: usize = 5;

/// A function and its file.
#[derive(Clone, Copy)]
pub(super) struct Found<'p, 'r> {
    pub(super) file: &'p PythonFile<'r>,
    pub(super) function: &'p Function<'r>,
}

/// Why a value is not a function that can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotNamed {
    pub(super) name: Option<String>,
    pub(super) reason: String,
}

impl NotNamed {
    fn new(name: impl Into<Option<String>>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into() }
    }
}

/// The function that a value is.
pub(super) fn of_value<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
    value: &Value<'_>,
) -> Result<Found<'p, 'r>, NotNamed> {
    match value {
        Value::Name(name) => of_name(project, file, name, STEPS_MAX),
        Value::Expression(text) if text.trim_start().starts_with("lambda") => {
            Err(NotNamed::new(None, "a lambda has no name by which it could be imported"))
        }
        Value::Call(path, _) => {
            Err(NotNamed::new(None, format!("what `{path}(..)` returns has no name by which it could be imported")))
        }
        _ => Err(NotNamed::new(None, "what is served is not a named function")),
    }
}

fn of_name<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
    name: &str,
    steps: usize,
) -> Result<Found<'p, 'r>, NotNamed> {
    let fail = |reason: String| Err(NotNamed::new(name.to_owned(), reason));
    if !name.contains('.') {
        let mut same = file.source.functions.iter().filter(|function| function.name == name);
        if let Some(function) = same.clone().find(|function| function.scope.is_top_level()) {
            if function.scope.in_main {
                return fail(format!(
                    "`{name}` is defined under `if __name__ == \"__main__\":`, so it cannot be imported"
                ));
            }
            return Ok(Found { file, function });
        }
        if let Some(outer) = same.next().and_then(|function| function.scope.outermost) {
            return fail(format!("`{name}` is defined inside of `{outer}`, so it cannot be imported"));
        }
    }
    let path = file.source.resolved(name);
    if path.contains(['(', '[']) {
        let (root, last) = name.rsplit_once('.').unwrap_or((name, ""));
        return match last {
            "" => fail(format!("`{root}` is made when the app runs, so it has no definition to import")),
            _ => fail(format!("`{name}` is a method of an object")),
        };
    }
    let level = path.chars().take_while(|char| *char == '.').count();
    let (module, last) = path[level..].rsplit_once('.').unwrap_or(("", &path[level..]));
    if module.is_empty() && level == 0 {
        if last != name && steps > 0 {
            return of_name(project, file, last, steps - 1);
        }
        return fail(format!("`{name}` is not defined in the files of the app"));
    }
    let files = if steps == 0 { Vec::new() } else { project.imported(file.path, level, module, Some(last)) };
    let found =
        files.iter().filter_map(|path| project.python.get(path)).map(|other| of_name(project, other, last, steps - 1));
    match found.min_by_key(Result::is_err) {
        Some(found) => found,
        None if name.starts_with("self.") || name.starts_with("cls.") => {
            fail(format!("`{name}` is a method of an object"))
        }
        None => fail(format!("`{name}` is not defined in the files of the app")),
    }
}

/// A function that is asked for by its name, whether something serves it or not.
pub(super) fn alone(project: &Project<'_>, path: &str, name: &str) -> Result<Callable, Obstacle> {
    let obstacle = |reason: String, at: usize| Obstacle {
        name: Some(name.to_owned()),
        reason,
        evidence: project.evidence_at(path, at, "is asked for"),
    };
    let Some(file) = project.python.get(path) else {
        return Err(obstacle(format!("there is no Python file `{path}`"), 0));
    };
    let found = of_name(project, file, name, STEPS_MAX).map_err(|error| obstacle(error.reason, 0))?;
    let Found { file, function } = found;
    let fail = |reason: String| Obstacle {
        name: Some(name.to_owned()),
        reason,
        evidence: file.evidence(function.at, "is defined here"),
    };
    let parameters = function.parameters.iter().filter(|one| !input::is_filled_in(&file.source, one));
    let arguments = parameters.map(|one| input::by_annotation(&file.source, one)).collect::<Result<Vec<_>, _>>();
    let output = output::by_annotation(&file.source, function);
    let evidence = file.evidence(function.at, "defines it");
    Ok(callable(found, arguments.map_err(fail)?, output.map_err(fail)?, evidence))
}

/// A callable from its parts.
pub(super) fn callable(
    found: Found<'_, '_>,
    arguments: Vec<super::Argument>,
    output: super::Output,
    evidence: super::Evidence,
) -> Callable {
    let function = found.function;
    let about = function.doc.as_deref().map(first_paragraph).filter(|text| !text.is_empty());
    Callable {
        file: found.file.path.to_owned(),
        name: function.name.to_owned(),
        arguments,
        output,
        returns: function.returns.map(str::to_owned),
        is_async: function.is_async,
        is_generator: function.yields,
        about,
        evidence,
    }
}

/// The first paragraph on one line.
fn first_paragraph(text: &str) -> String {
    let lines = text.trim().lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// What the docstring of a function says of each parameter: `name: text`, `name (type): text` and `:param name: text`.
pub(super) fn parameter_docs(function: &Function<'_>) -> BTreeMap<String, String> {
    let mut docs = BTreeMap::new();
    let Some(doc) = function.doc.as_deref() else { return docs };
    for line in doc.lines().map(str::trim) {
        let line = line.strip_prefix(":param ").unwrap_or(line);
        let Some((name, text)) = line.split_once(':') else { continue };
        let name = name.split('(').next().unwrap_or(name).trim();
        if !text.trim().is_empty() && function.parameters.iter().any(|one| one.name == name) {
            docs.entry(name.to_owned()).or_insert_with(|| text.trim().to_owned());
        }
    }
    docs
}
