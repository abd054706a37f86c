//! Litestar.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "litestar", name: "Litestar", template: "docker", package: Some("litestar"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["litestar.Litestar", "litestar.app.Litestar"],
        command: |project, file, object| command::uvicorn(project, file, object.unwrap_or("app")),
        ..PythonHooks::SERVED
    }),
};
