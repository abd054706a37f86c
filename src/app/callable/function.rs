//! The function that a name stands for, followed through the imports of the repository.

use super::super::project::{Project, PythonFile};
use super::names::{STEPS_MAX, holders, starred};
use super::{Callable, Obstacle, input, output};
use crate::formats::python::{Function, Value};

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
    /// Whether there is nothing of that name.
    is_missing: bool,
}

impl NotNamed {
    fn new(name: impl Into<Option<String>>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into(), is_missing: false }
    }

    fn missing(name: &str) -> Self {
        let reason = format!("`{name}` is not defined in the files of the app");
        Self { name: Some(name.to_owned()), reason, is_missing: true }
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

pub(super) fn of_name<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
    name: &str,
    steps: usize,
) -> Result<Found<'p, 'r>, NotNamed> {
    let fail = |reason: String| Err(NotNamed::new(name.to_owned(), reason));
    if !name.contains('.') {
        let mut same = file.source.functions.iter().filter(|function| function.name == name);
        // The last definition counts
        if let Some(function) = same.clone().rfind(|function| function.scope.is_top_level()) {
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
    let (files, last) = holders(project, file, &path);
    if !path.contains('.') {
        if last != name && steps > 0 {
            return of_name(project, file, last, steps - 1);
        }
        let mut found =
            starred(project, file).filter(|_| steps > 0).map(|file| of_name(project, file, last, steps - 1));
        return found.find(Result::is_ok).unwrap_or_else(|| Err(NotNamed::missing(name)));
    }
    let files = if steps == 0 { Vec::new() } else { files };
    let found = files.into_iter().map(|other| of_name(project, other, last, steps - 1));
    if let Some(found) = found.min_by_key(Result::is_err) {
        return found;
    }
    if name.starts_with("self.") || name.starts_with("cls.") {
        return fail(format!("`{name}` is a method of an object"));
    }
    let owner = path.rsplit_once('.').map_or("", |(owner, _)| owner);
    let (files, class) = holders(project, file, owner);
    if files.into_iter().chain([file]).any(|file| file.source.classes.iter().any(|one| one.name == class)) {
        return fail(format!(
            "`{name}` is a method of the class `{class}`, and only a function can be imported by its name"
        ));
    }
    Err(NotNamed::missing(name))
}

/// A function that is asked for by its name, whether something serves it or not.
pub(super) fn alone(project: &Project<'_>, path: &str, name: &str) -> Result<Callable, Obstacle> {
    let obstacle = |reason: String, is_missing: bool| Obstacle {
        is_missing,
        ..Obstacle::new(name.to_owned(), reason, project.evidence_at(path, 0, "is asked for"))
    };
    let Some(file) = project.python.get(path) else {
        return Err(obstacle(format!("there is no Python file `{path}`"), true));
    };
    let found = of_name(project, file, name, STEPS_MAX);
    let found = found.map_err(|error| {
        let none = error.is_missing.then(|| format!("there is no function `{name}` in `{path}`"));
        obstacle(none.unwrap_or(error.reason), error.is_missing)
    })?;
    let Found { file, function } = found;
    let fail = |reason| Obstacle::new(name.to_owned(), reason, file.evidence(function.at, "is defined here"));
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
    Callable {
        file: found.file.path.to_owned(),
        name: function.name.to_owned(),
        arguments,
        output,
        returns: function.returns.map(str::to_owned),
        is_async: function.is_async,
        is_generator: function.yields,
        about: function.first_paragraph(),
        evidence,
    }
}
