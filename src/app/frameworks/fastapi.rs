//! `FastAPI`.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "fastapi", name: "FastAPI", template: "fastapi", package: Some("fastapi"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["fastapi.FastAPI", "fastapi.applications.FastAPI", "gradio.mount_gradio_app"],
        command: |project, file, object| command::uvicorn(project, file, object.unwrap_or("app")),
        titles: &[("fastapi.FastAPI", "title")],
        ..PythonHooks::SERVED
    }),
};
