//! Chainlit.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, SURE};
use crate::app::command::{PORT, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};

pub(super) static ROW: Row = Row {
    about: About { id: "chainlit", name: "Chainlit", package: Some("chainlit"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks { find: Some(find), command, ..PythonHooks::SERVED }),
};

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let mark =
        file.source.mentions.iter().find(|mention| mention.is_decorator && mention.path.starts_with("chainlit.on_"))?;
    let evidence = vec![file.evidence(mark.at, format!("answers `{}`", mark.path))];
    Some(Candidate::new(ROW.framework(), file.path, SURE, evidence))
}

fn command(_: &Project<'_>, file: &PythonFile<'_>, _: Option<&str>) -> Vec<String> {
    words(&["chainlit", "run", file.path, "--headless", "--host", "0.0.0.0", "--port", PORT])
}
