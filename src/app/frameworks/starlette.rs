//! Starlette.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About {
        id: "starlette",
        name: "Starlette",
        template: "fastapi",
        package: Some("starlette"),
        ..About::PYTHON
    },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["starlette.applications.Starlette"],
        command: |project, file, object| command::uvicorn(project, file, object.unwrap_or("app")),
        ..PythonHooks::SERVED
    }),
};
