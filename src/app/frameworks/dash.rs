//! Dash.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE};
use crate::app::command::{PORT, gunicorn, script, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};
use crate::formats::python::{Call, Value};

pub(super) static ROW: Row = Row {
    about: About { id: "dash", name: "Dash", package: Some("dash"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        command,
        titles: &[("dash.Dash", "title")],
        ..PythonHooks::SCRIPT
    }),
};

/// Calls that return an application.
const CONSTRUCTORS: [&str; 4] =
    ["dash.Dash", "dash.dash.Dash", "dash_extensions.enrich.DashProxy", "dash_extensions.enrich.Dash"];

/// The file that sets the layout of an app starts it, even if another file creates the app.
fn find(applications: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let project = applications.project;
    let own = CONSTRUCTORS.iter().find_map(|path| Candidate::made(ROW.framework(), file, path));
    let name = match &own {
        Some(app) => app.object.clone()?,
        None => imported(project, file)?,
    };
    let layout = format!("{name}.layout");
    let laid_out = file.source.assignments.iter().find(|found| found.name == layout);
    let mut evidence = own.map_or_else(Vec::new, |app| app.evidence);
    evidence.extend(laid_out.map(|found| file.evidence(found.at, format!("gives `{name}` its layout"))));
    let runs = |call: &&Call<'_>| call.written == format!("{name}.run") || call.written == format!("{name}.run_server");
    let run = file.source.calls.iter().find(runs);
    evidence.extend(run.map(|call| file.evidence(call.at, format!("calls `{}()`", call.written))));
    if evidence.is_empty() {
        return None;
    }
    let strength = if laid_out.is_some() || run.is_some() { SURE } else { LIKELY };
    let object = server(project, file, &name).map(str::to_owned);
    Some(Candidate { object, ..Candidate::new(ROW.framework(), file.path, strength, evidence) })
}

/// The name of the object for a server: `app.server`, assigned here or imported.
fn server<'f>(project: &Project<'_>, file: &'f PythonFile<'_>, app: &str) -> Option<&'f str> {
    let is_server =
        |value: &Value<'_>| matches!(value, Value::Name(found) if found.strip_suffix(".server") == Some(app));
    let assigned = file.source.assignments.iter().find(|found| found.scope.is_top_level() && is_server(&found.value));
    let imported = file.source.imports.iter().find(|import| import.level == 0 && import.name == Some("server"));
    let is_own = imported.is_some_and(|import| project.base_of(file.path, import.module).is_some());
    assigned.map(|found| found.name).or(is_own.then_some("server"))
}

/// The name under which a file imports an app from another file of this repository.
fn imported(project: &Project<'_>, file: &PythonFile<'_>) -> Option<String> {
    file.source.imports.iter().find_map(|import| {
        let name = import.name.filter(|name| matches!(*name, "app" | "dash_app" | "application"))?;
        let files = project.imported(file.path, import.level, import.module, Some(name));
        let makes = |path: &str| {
            let other = project.python.get(path)?;
            other.source.assignments.iter().find(|found| {
                found.name == name
                    && matches!(&found.value, Value::Call(path, _) if CONSTRUCTORS.contains(&path.as_str()))
            })
        };
        files.into_iter().find_map(makes).map(|_| name.to_owned())
    })
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, server: Option<&str>) -> Vec<String> {
    match server {
        Some(server) => gunicorn(project, file, server),
        // Source: `Dash.run` takes HOST and PORT from the environment
        None => [words(&["env", "HOST=0.0.0.0", &format!("PORT={PORT}")]), script(project, file)].concat(),
    }
}
