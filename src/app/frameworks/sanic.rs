//! Sanic. Measured with 25.12: its command imports the app from the working folder, as `server:app`.
//! Source: <https://sanic.dev/en/guide/running/running.html>.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::command::{PORT, words};
use crate::app::framework::About;
use crate::app::import_root::{module_name, of_module};
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "sanic", name: "Sanic", package: Some("sanic"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        constructors: &["sanic.Sanic", "sanic.app.Sanic"],
        command,
        ..PythonHooks::SERVED
    }),
};

fn command(project: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    let root = of_module(project, file);
    let object = object.unwrap_or("app");
    let is_factory = object.ends_with("()");
    let name = format!("{}:{}", module_name(&root, file.path), object.trim_end_matches("()"));
    let mut command = words(&["sanic", &name, "--host", "0.0.0.0", "--port", PORT]);
    if is_factory {
        command.push("--factory".to_owned());
    }
    if !root.is_empty() {
        command = [words(&["env", &format!("PYTHONPATH={root}")]), command].concat();
    }
    command
}
