//! Shiny for Python.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, SURE, WEAK};
use crate::app::command::{PORT, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "shiny", name: "Shiny for Python", package: Some("shiny"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks { find: Some(find), command, ..PythonHooks::SCRIPT }),
};

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    if let Some(app) = Candidate::made(ROW.framework(), file, "shiny.App") {
        return Some(app);
    }
    let import = file.source.imports.iter().find(|import| import.module.starts_with("shiny.express"))?;
    let draws =
        file.source.calls.iter().any(|call| call.path.starts_with("shiny.express.") && call.scope.is_top_level());
    let evidence = vec![file.evidence(import.at, "imports `shiny.express`")];
    Some(Candidate::new(ROW.framework(), file.path, if draws { SURE } else { WEAK }, evidence))
}

fn command(_: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    let app = match object {
        Some(object) if object != "app" => format!("{}:{object}", file.path),
        _ => file.path.to_owned(),
    };
    words(&["shiny", "run", "--host", "0.0.0.0", "--port", PORT, &app])
}
