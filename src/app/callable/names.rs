//! What names stand for, followed through the files of a repository.

use std::cell::Cell;

use super::super::project::{Project, PythonFile};
use crate::formats::python::{Call, Literal, Scope, Value};

/// A name that is imported from a file that imports it, and so on.
pub(super) const STEPS_MAX: usize = 5;

/// The maximum number of names in a literal.
const NAMES_MAX: usize = 64;

/// A place in a file, where names are used.
#[derive(Clone, Copy)]
pub(super) struct Place<'r> {
    project: &'r Project<'r>,
    pub(super) file: &'r PythonFile<'r>,
    scope: Scope<'r>,
    at: usize,
    steps: usize,
}

impl std::fmt::Debug for Place<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}", self.file.path, self.at)
    }
}

/// The files that may hold what a path names, and its name there.
pub(super) fn holders<'p, 'r, 'n>(
    project: &'p Project<'r>,
    file: &PythonFile<'r>,
    path: &'n str,
) -> (Vec<&'p PythonFile<'r>>, &'n str) {
    let level = path.chars().take_while(|char| *char == '.').count();
    let (module, last) = path[level..].rsplit_once('.').unwrap_or(("", &path[level..]));
    if module.is_empty() && level == 0 {
        return (Vec::new(), last);
    }
    let paths = project.imported(file.path, level, module, Some(last));
    (paths.iter().filter_map(|path| project.python.get(path)).collect(), last)
}

/// The files of which a file imports every name.
pub(super) fn starred<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
) -> impl Iterator<Item = &'p PythonFile<'r>> {
    let imports = file.source.imports.iter().filter(|import| import.name == Some("*"));
    let paths = imports.flat_map(|import| project.imported(file.path, import.level, import.module, None));
    paths.filter_map(|path| project.python.get(path))
}

impl<'r> Place<'r> {
    /// The place of a call.
    pub(super) fn of(project: &'r Project<'r>, file: &'r PythonFile<'r>, call: &Call<'r>) -> Self {
        Self { project, file, scope: call.scope, at: call.at, steps: STEPS_MAX }
    }

    /// A value, or what the name that it is stands for, and where that was assigned.
    pub(super) fn followed(self, value: &Value<'r>) -> (Self, Value<'r>) {
        match value {
            Value::Name(name) if *name != "None" => self.named(name).unwrap_or_else(|| (self, value.clone())),
            _ => (self, value.clone()),
        }
    }

    fn named(self, name: &str) -> Option<(Self, Value<'r>)> {
        let steps = self.steps.checked_sub(1)?;
        if let Some(one) = self.file.source.assigned(name, self.scope, self.at) {
            return Some(Self { scope: one.scope, at: one.at, steps, ..self }.followed(&one.value));
        }
        let end = |file| Self { file, scope: Scope::default(), at: usize::MAX, steps, ..self };
        let path = self.file.source.imported_path(name);
        let (files, last) = path.as_deref().map_or((Vec::new(), name), |path| holders(self.project, self.file, path));
        let starred = starred(self.project, self.file).filter(|_| path.is_none() && self.scope.is_top_level());
        files.into_iter().chain(starred).find_map(|file| end(file).named(last))
    }

    /// A literal, or the constant that a name stands for.
    pub(super) fn literal(self, value: &Value<'r>) -> Option<Literal> {
        let left = Cell::new(NAMES_MAX);
        let known = |name: &str| {
            left.set(left.get().checked_sub(1)?);
            let (_, value) = self.named(name)?;
            // What another name computes is seldom a constant
            Literal::of(&value)
        };
        let (place, value) = self.followed(value);
        if place.at == self.at { Literal::with(&value, &known) } else { place.literal(&value) }
    }
}
