//! Solara. Measured with 1.64: without `--host` its server listens on the loopback address, and it opens a browser where there is one.
//! Source: <https://solara.dev/documentation/getting_started/deploying/self-hosted>.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, SURE};
use crate::app::command::{PORT, words};
use crate::app::framework::About;
use crate::app::project::PythonFile;

pub(super) static ROW: Row = Row {
    about: About { id: "solara", name: "Solara", package: Some("solara"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        command: |_, file, _| {
            words(&["solara", "run", file.path, "--host", "0.0.0.0", "--port", PORT, "--production", "--no-open"])
        },
        ..PythonHooks::SCRIPT
    }),
};

/// A component of this name is the page; other files have components that it uses.
const PAGE: &str = "Page";

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    if !file.source.imports_module("solara") {
        return None;
    }
    let page = file.source.functions.iter().find(|function| function.name == PAGE && function.scope.is_top_level())?;
    let evidence = vec![file.evidence(page.at, "has the component `Page`")];
    Some(Candidate::new(ROW.framework(), file.path, SURE, evidence))
}
