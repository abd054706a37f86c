//! Calls that start a server when a file is imported.

use std::ops::Range;

use super::super::model::Evidence;
use super::super::project::{Project, PythonFile};
use crate::formats::python::Call;

/// A call that starts a server as soon as its file is imported.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    /// The call as written, without its arguments.
    pub(crate) written: String,
    /// Its whole statement.
    pub(crate) statement: Range<usize>,
    pub(crate) evidence: Evidence,
}

/// The calls of the files that run when a file is imported.
pub(super) fn of(project: &Project<'_>, start: &str) -> Vec<Launch> {
    let files = project.reachable(start);
    let launches = files.into_iter().flat_map(|file| {
        let blocking = file.source.calls.iter().filter(|call| blocks(call));
        blocking.map(|call| launch(file, call)).collect::<Vec<_>>()
    });
    launches.collect()
}

fn launch(file: &PythonFile<'_>, call: &Call<'_>) -> Launch {
    Launch {
        written: call.written.clone(),
        statement: call.statement.clone(),
        evidence: file.evidence(call.at, "starts a server when the file is imported"),
    }
}

/// Whether a call runs when its file is imported, and does not return.
fn blocks(call: &Call<'_>) -> bool {
    let starts = call.method() == "launch" && call.path.starts_with("gradio.")
        || call.path == "uvicorn.run"
        || call.path == "flask.Flask().run";
    starts && call.scope.is_top_level() && !call.scope.in_main
}
