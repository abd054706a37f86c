//! Mesop. Measured with 1.3.7: gunicorn serves the module that is imported as `me`; Mesop's own server listens on 127.0.0.1 only.
//! Source: <https://mesop-dev.github.io/mesop/guides/deployment/>.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, SURE};
use crate::app::command::gunicorn;
use crate::app::framework::About;
use crate::app::project::PythonFile;

pub(super) static ROW: Row = Row {
    about: About { id: "mesop", name: "Mesop", package: Some("mesop"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        command: |project, file, object| gunicorn(project, file, object.unwrap_or("me")),
        ..PythonHooks::SERVED
    }),
};

/// A file with a page. The application object is the module itself, under the name that the file gives it.
fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let call = file.source.calls.iter().find(|call| call.path == "mesop.page")?;
    let (name, _) = call.written.split_once('.')?;
    let evidence = vec![file.evidence(call.at, format!("has a page, `{}(..)`", call.written))];
    Some(Candidate { object: Some(name.to_owned()), ..Candidate::new(ROW.framework(), file.path, SURE, evidence) })
}
