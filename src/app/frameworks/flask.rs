//! Flask.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command;
use crate::app::framework::About;

pub(super) static ROW: Row = Row {
    about: About { id: "flask", name: "Flask", template: "flask", package: Some("flask"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["flask.Flask", "flask.app.Flask", "apiflask.APIFlask", "flask_openapi3.OpenAPI"],
        command: |project, file, object| command::gunicorn(project, file, object.unwrap_or("app")),
        titles: &[("apiflask.APIFlask", "title")],
        ..PythonHooks::SERVED
    }),
};
