//! Quart.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "quart", name: "Quart", template: "docker", package: Some("quart"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["quart.Quart", "quart.app.Quart"],
        command: |project, file, object| command::uvicorn(project, file, object.unwrap_or("app")),
        ..PythonHooks::SERVED
    }),
};
