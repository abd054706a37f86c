//! Panel.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, SURE};
use crate::app::command::{PORT, script, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "panel", name: "Panel", package: Some("panel"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks { find: Some(find), command, ..PythonHooks::SCRIPT }),
};

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    if !file.source.imports_module("panel") {
        return None;
    }
    let served = file.source.calls.iter().find(|call| call.method() == "servable" || call.path == "panel.serve")?;
    let evidence = vec![file.evidence(served.at, format!("calls `{}()`", served.written))];
    Some(Candidate::new(ROW.framework(), file.path, SURE, evidence))
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, _: Option<&str>) -> Vec<String> {
    if file.source.calls.iter().any(|call| call.method() == "servable") {
        let address = ["--address", "0.0.0.0", "--port", PORT, "--allow-websocket-origin", "*"];
        return [words(&["panel", "serve", file.path]), words(&address)].concat();
    }
    script(project, file)
}
