//! Tornado. Source: <https://www.tornadoweb.org/en/stable/web.html#tornado.web.Application.listen>.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::candidate::Candidate;
use crate::app::framework::About;
use crate::app::model::Seen;
use crate::app::project::PythonFile;
use crate::formats::python::Value;

pub(super) static ROW: Row = Row {
    about: About { id: "tornado", name: "Tornado", package: Some("tornado"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(|_, file| Candidate::calling(ROW.framework(), file, &LISTENS)),
        usual_port,
        ..PythonHooks::SCRIPT
    }),
};

const LISTENS: [&str; 2] = ["tornado.web.Application().listen", "tornado.httpserver.HTTPServer().listen"];

/// The first argument.
fn usual_port(file: &PythonFile<'_>) -> Option<Seen<u16>> {
    let call = file.source.calls.iter().find(|call| LISTENS.contains(&call.path.as_str()))?;
    let given = call.arguments.first().filter(|argument| argument.name.is_none_or(|name| name == "port"))?;
    let value = match &given.value {
        Value::Name(name) => file.source.constant(name)?,
        value => value,
    };
    let port = u16::try_from(value.last_number()?).ok()?;
    Some(Seen::usual(port, file.evidence(call.at, format!("calls `{}({port})`", call.written))))
}
