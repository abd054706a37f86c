//! Taipy. Measured with taipy-gui 4.1: the arguments of the program set the address, and a reloader starts the app twice.
//! Source: <https://docs.taipy.io/en/latest/userman/gui/>.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::Candidate;
use crate::app::command::{PORT, script, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "taipy", name: "Taipy", package: Some("taipy"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks { find: Some(find), command, ..PythonHooks::SCRIPT }),
};

const RUNS: [&str; 3] = ["taipy.gui.Gui().run", "taipy.Gui().run", "taipy.run"];

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    Candidate::calling(ROW.framework(), file, &RUNS)
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, _: Option<&str>) -> Vec<String> {
    [script(project, file), words(&["--host", "0.0.0.0", "--port", PORT, "--no-reloader"])].concat()
}
