//! Ports and addresses in Python code.

use crate::app::model::{Evidence, Seen};
use crate::app::project::PythonFile;
use crate::app::start::python_setting::{By, setting};
use crate::app::start::python_start::row_of;
use crate::app::start::servers::is_loopback;
use crate::facts::limits::APP_PORT_MIN;
use crate::facts::server_calls::CallRow;
use crate::formats::python::{Call, Value};

/// The port in a call, with whether the code enforces it.
pub(super) struct NamedPort {
    pub(super) port: u16,
    pub(super) is_fixed: bool,
    pub(super) evidence: Evidence,
}

/// Calls that start a server, or seem to, each with its row.
fn start<'f, 'r>(file: &'f PythonFile<'r>) -> impl Iterator<Item = (&'f Call<'r>, &'static CallRow)> {
    file.source.calls.iter().filter_map(|call| Some((call, row_of(call)?.0)))
}

/// The port in the code of a file.
pub(super) fn named(file: &PythonFile<'_>) -> Option<NamedPort> {
    start(file).find_map(|(call, row)| {
        let keyword = row.port;
        let value = call.keyword(keyword)?;
        let number = number(file, value, 0)?;
        let port = u16::try_from(number).ok().filter(|port| *port >= APP_PORT_MIN)?;
        let why = format!("calls `{}(.., {keyword}={port})`", call.written);
        let is_fixed = matches!(value, Value::Number(_) | Value::Text(_));
        Some(NamedPort { port, is_fixed, evidence: file.evidence(call.at, why) })
    })
}

/// The address in the code of a file, if it is the loopback address.
pub(super) struct NamedHost {
    /// The keyword of the call.
    pub(super) keyword: &'static str,
    pub(super) host: Seen<String>,
    /// What sets another.
    pub(super) by: By,
}

/// The loopback address in a call, also as the default of an option or of a variable.
pub(super) fn loopback(file: &PythonFile<'_>) -> Option<NamedHost> {
    start(file).find_map(|(call, row)| {
        let keyword = row.host;
        let found = setting(&file.source, file.text, call.keyword(keyword)?)?;
        let host = Some(found.text).filter(|host| is_loopback(host))?;
        let (at, why) = match &found.by {
            By::Code => (call.at, format!("calls `{}(.., {keyword}=\"{host}\")`", call.written)),
            By::Flag(flag) => (found.at.unwrap_or(call.at), format!("`{flag}` is {host} by default")),
            By::Variable(name) => (found.at.unwrap_or(call.at), format!("`{name}` is {host} by default")),
        };
        Some(NamedHost { keyword, host: Seen::certain(host, file.evidence(at, why)), by: found.by })
    })
}

/// The number of a value: a literal, a constant, or the default of an environment variable or of an argument.
fn number(file: &PythonFile<'_>, value: &Value<'_>, depth: usize) -> Option<i64> {
    match value {
        Value::Name(name) if depth < 3 => match file.source.constant(name) {
            Some(constant) => number(file, constant, depth + 1),
            None => argument_default(file, name.rsplit_once('.')?.1),
        },
        value => value.last_number(),
    }
}

/// `add_argument("--port", default=7860)` for `args.port`.
fn argument_default(file: &PythonFile<'_>, name: &str) -> Option<i64> {
    let flag = format!("--{}", name.replace('_', "-"));
    let other = format!("--{name}");
    let mut adds = file.source.calls.iter().filter(|call| {
        call.method() == "add_argument"
            && call
                .arguments
                .iter()
                .any(|argument| argument.value.as_text().is_some_and(|text| text == flag || text == other))
    });
    adds.next()?.keyword("default")?.last_number()
}
