//! marimo.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::command::{PORT, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "marimo", name: "marimo", package: Some("marimo"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(|_, file| Candidate::made(ROW.framework(), file, "marimo.App")),
        command,
        ..PythonHooks::SCRIPT
    }),
};

fn command(_: &Project<'_>, file: &PythonFile<'_>, _: Option<&str>) -> Vec<String> {
    words(&["marimo", "run", file.path, "--headless", "--host", "0.0.0.0", "--port", PORT])
}
