//! Application objects in Python, such as `app = FastAPI()`, and the functions that create them.

use std::collections::BTreeMap;

use super::candidate::{Candidate, LIKELY, SURE};
use super::framework::Framework;
use super::project::{Project, PythonFile, is_aside};
use crate::formats::python::{Call, Value};

/// A project, with its functions that create application objects.
pub(super) struct Applications<'p, 'r> {
    pub(super) project: &'p Project<'r>,
    /// Calls that return an application object, and its framework.
    constructors: Vec<(&'static str, Framework)>,
    /// By file and name.
    factories: BTreeMap<(&'p str, &'p str), Framework>,
}

impl<'p, 'r> Applications<'p, 'r> {
    pub(super) fn of(project: &'p Project<'r>, constructors: Vec<(&'static str, Framework)>) -> Self {
        let mut applications = Self { project, constructors, factories: BTreeMap::new() };
        for file in project.python.values().filter(|file| !is_aside(file.path)) {
            for call in &file.source.calls {
                let Some(framework) = applications.constructed(&call.path) else { continue };
                let Some(name) = call.scope.outermost.filter(|name| call.scope.function == Some(*name)) else {
                    continue;
                };
                let is_function =
                    file.source.functions.iter().any(|function| function.name == name && function.scope.is_top_level());
                if is_function && !name.starts_with("test") {
                    applications.factories.insert((file.path, name), framework);
                }
            }
        }
        applications
    }

    /// The framework of the application object that a call returns.
    fn constructed(&self, path: &str) -> Option<Framework> {
        self.constructors.iter().find(|(constructor, _)| *constructor == path).map(|(_, framework)| *framework)
    }

    /// The same, also through a function of this repository.
    fn made_by(&self, file: &PythonFile<'_>, path: &str) -> Option<Framework> {
        if let Some(framework) = self.constructed(path) {
            return Some(framework);
        }
        if !path.contains('.')
            && let Some(framework) = self.factories.get(&(file.path, path))
        {
            return Some(*framework);
        }
        let name = path.rsplit('.').next()?;
        let import = file.source.imports.iter().find(|import| {
            import.name == Some(name)
                || (import.name.is_none() && path.starts_with(import.module))
                || path.starts_with('.')
        })?;
        let files = self.project.imported(file.path, import.level, import.module, import.name);
        files.into_iter().find_map(|other| self.factories.get(&(other, name)).copied())
    }

    /// The application in a file: a top-level object, or a function that creates one.
    pub(super) fn in_file(&self, file: &PythonFile<'_>) -> Option<Candidate> {
        self.object(file).or_else(|| self.factory(file))
    }

    fn object(&self, file: &PythonFile<'_>) -> Option<Candidate> {
        let mut objects = Vec::new();
        for assignment in &file.source.assignments {
            let Value::Call(path, _) = &assignment.value else { continue };
            if !assignment.scope.is_top_level() || assignment.name.contains('.') {
                continue;
            }
            let Some(framework) = self.made_by(file, path) else { continue };
            objects.push((assignment, framework, path));
        }
        let (served, mounted) = (served(file), mounted(file));
        let rank = |name: &str| {
            let is_served = served.iter().any(|served| served == name);
            let is_inner = mounted.iter().any(|mounted| mounted == name);
            (is_inner, !is_served, !matches!(name, "app" | "application" | "api" | "server"))
        };
        let (assignment, framework, path) = objects.into_iter().min_by_key(|(found, _, _)| rank(found.name))?;
        let what = path.rsplit('.').next().unwrap_or(path);
        let evidence = vec![file.evidence(assignment.at, format!("makes `{}` with `{what}(..)`", assignment.name))];
        let object = Some(assignment.name.to_owned());
        Some(Candidate { object, ..Candidate::new(framework, file.path, SURE, evidence) })
    }

    fn factory(&self, file: &PythonFile<'_>) -> Option<Candidate> {
        let own = self.factories.iter().filter(|((path, _), _)| *path == file.path);
        let mut callable = own.filter(|((_, name), _)| {
            file.source.functions.iter().any(|function| function.name == *name && function.takes_nothing)
        });
        let ((_, name), framework) = callable.next()?;
        let call = file.source.calls.iter().find(|call| call.scope.outermost == Some(name))?;
        let evidence = vec![file.evidence(call.at, format!("`{name}()` makes the app"))];
        let object = Some(format!("{name}()"));
        Some(Candidate { object, ..Candidate::new(*framework, file.path, LIKELY, evidence) })
    }
}

/// Objects that the file itself passes to a server.
fn served(file: &PythonFile<'_>) -> Vec<String> {
    let runs = file.source.calls.iter().filter(|call| call.path == "uvicorn.run");
    let name = |call: &Call<'_>| match call.positional(0)? {
        Value::Name(name) => Some((*name).to_owned()),
        Value::Text(text) => text.split_once(':').map(|(_, name)| name.to_owned()),
        _ => None,
    };
    runs.filter_map(name).collect()
}

/// Objects that are mounted in another: `app.mount("/api", api)`.
fn mounted(file: &PythonFile<'_>) -> Vec<String> {
    let mounts = file.source.calls.iter().filter(|call| call.method() == "mount");
    let name = |call: &Call<'_>| match call.positional(1).or(call.keyword("app"))? {
        Value::Name(name) => Some((*name).to_owned()),
        _ => None,
    };
    mounts.filter_map(name).collect()
}
