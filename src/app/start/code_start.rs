//! Where code listens that is started as a script.

use std::ops::Range;

use super::python_setting::{By, setting};
use super::python_start::{range_of, start_of_python};
use super::servers::is_loopback;
use crate::facts::server_calls::CallRow;
use crate::facts::servers::DefaultHost;
use crate::formats::dockerfile::State;
use crate::formats::javascript::{listening, without_comments};
use crate::formats::javascript_listen::only_listening;
use crate::formats::javascript_serve::served;
use crate::formats::python::{Call, Source, Value};

/// A value in code, and what could set another in its place.
pub(in crate::app) struct Said<T> {
    pub(in crate::app) value: T,
    pub(in crate::app) by: By,
    pub(in crate::app) range: Range<usize>,
}

impl<T> Said<T> {
    fn by_code((value, range): (T, Range<usize>)) -> Self {
        Self { value, by: By::Code, range }
    }
}

/// `.listen(3000)`, or the default of `.listen(process.env.PORT || 3000)`.
pub(in crate::app) fn port_of_node(text: &str, on_bun: bool) -> Option<Said<u16>> {
    if let Some(port) = only_listening(text).and_then(|only| only.port) {
        let by = port.variable.map_or(By::Code, By::Variable);
        return Some(Said { value: port.text.parse().ok()?, by, range: port.range });
    }
    if !text.contains(".listen(") {
        return port_of_serve(text, on_bun);
    }
    if !text.contains(VARIABLE) {
        return None;
    }
    let code = without_comments(text);
    let is_single = code.matches(".listen(").count() == 1 && !MAY_SAY_MORE.iter().any(|word| code.contains(word));
    let found = listening(&code).filter(|found| is_single && !found.is_fixed)?;
    let mut variables = crate::formats::javascript::variables(&code).into_iter().map(|variable| variable.name);
    let is_known = variables.all(|name| name == VARIABLE || !name.contains(VARIABLE));
    let range = found.at..found.at + "listen".len();
    is_known.then_some(Said { value: found.port?, by: By::Variable(VARIABLE.to_owned()), range })
}

/// `serve({ fetch, port: 3000 })`, `Bun.serve({ fetch })`, `export default { port: 3000, fetch }`.
fn port_of_serve(text: &str, on_bun: bool) -> Option<Said<u16>> {
    let code = serving_code(text)?;
    let found = served(&code, on_bun)?;
    let mut variables = crate::formats::javascript::variables(&code).into_iter().map(|variable| variable.name);
    let is_known = found.is_fixed || variables.all(|name| name == VARIABLE || !name.contains(VARIABLE));
    let by = if found.is_fixed { By::Code } else { By::Variable(VARIABLE.to_owned()) };
    is_known.then_some(Said { value: found.port?, by, range: place_of_serve(&code, found.at) })
}

/// Code that serves in one place, if nothing else in it may.
fn serving_code(text: &str) -> Option<String> {
    let may_serve = text.contains("serve(") || text.contains("export default");
    let code = may_serve.then(|| without_comments(text))?;
    (!MAY_SAY_MORE.iter().chain(&[".listen(", "listen("]).any(|word| code.contains(word))).then_some(code)
}

/// The name of the call, or the words of the export.
fn place_of_serve(code: &str, at: usize) -> Range<usize> {
    let length = ["serve", "export default"].into_iter().find(|word| code[at..].starts_with(word)).map_or(0, str::len);
    at..at + length
}

/// The name is the one that platforms set.
const VARIABLE: &str = "PORT";

/// What may start another server, or another one elsewhere.
const MAY_SAY_MORE: [&str; 4] = ["NODE_ENV", "child_process", "cluster", "process.argv"];

/// `.listen(3000, "localhost")`, `serve({ fetch, hostname: "localhost" })`.
pub(in crate::app) fn loopback_of_node(text: &str, on_bun: bool) -> Option<Said<Option<String>>> {
    if !text.contains(".listen(") {
        let code = serving_code(text).filter(|code| !code.contains("process.env"))?;
        let found = served(&code, on_bun)?;
        let host = found.loopback?.to_owned();
        return Some(Said::by_code((Some(host), place_of_serve(&code, found.at))));
    }
    let only = only_listening(text)?;
    if only.stays_on_loopback {
        return Some(Said::by_code((None, only.range)));
    }
    let host = only.host.filter(|host| is_loopback(&host.text))?;
    let by = host.variable.map_or(By::Code, By::Variable);
    Some(Said { value: Some(host.text), by, range: host.range })
}

/// `demo.launch(server_port=8000)`, `app.run(port=8000)`, `uvicorn.run(app, port=8000)`, also with the default of a variable or
/// of an option; or the port of the server's own variable, or its default, if the call has none.
pub(in crate::app) fn port_of_python<'t>(
    text: &'t str,
    source: &Source<'t>,
    state: Option<&State>,
) -> Option<Said<u16>> {
    let start = start_of_python(text, source)?;
    let row = start.row;
    let Some(argument) = start.port() else {
        let is_certain = start.is_bare() && !may_say_more(text) && !text.contains("SERVER_PORT");
        let state = state.filter(|state| is_certain && !reads_others(row, state))?;
        let set = row.port_variables.iter().find(|name| state.sets_env(name));
        if let Some(name) = set {
            return Some(Said::by_code((state.env(name)?.trim().parse().ok()?, called(text, start.call))));
        }
        let by = row.port_variables.first().map(|name| By::Variable((*name).to_owned()));
        let is_platform = row.port_variables == ["PORT"];
        let value = row.default_port.filter(|_| !may_set(text, row.port_variables))?;
        let by = by.filter(|_| is_platform).unwrap_or(By::Code);
        return Some(Said { value, by, range: called(text, start.call) });
    };
    if let Value::Number(written) = argument.value {
        return Some(Said::by_code((written.parse().ok()?, range_of(text, written)?)));
    }
    let found = setting(source, text, &argument.value)?;
    Some(Said { value: found.text.trim().parse().ok()?, by: found.by, range: argument.range.clone() })
}

/// Whether the image sets what some versions read.
fn reads_others(row: &CallRow, state: &State) -> bool {
    row.other_variables.iter().any(|name| state.sets_env(name))
}

/// Whether code may get its address from settings, or start something else that answers, so that a default is not certain.
fn may_say_more(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "SERVER_NAME",
        "subprocess",
        "os.system",
        "multiprocessing",
        "threading",
        "serve_forever",
        ".from_object",
        ".from_py",
        ".from_env",
        ".from_prefixed_env",
        "dotenv",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether code may set one of some variables.
fn may_set(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| text.contains(name))
}

/// `demo.launch(server_name="127.0.0.1")` and the like, or a call without an address if the default is the loopback address.
pub(in crate::app) fn loopback_of_python<'t>(
    text: &'t str,
    source: &Source<'t>,
    state: Option<&State>,
) -> Option<Said<Option<String>>> {
    let start = start_of_python(text, source)?;
    let row = start.row;
    let Some(argument) = start.host() else {
        let is_default = row.default_host == DefaultHost::Loopback && start.is_bare() && !may_say_more(text);
        let is_known = row.other_variables.is_empty() || state.is_some_and(|state| !reads_others(row, state));
        let by = match row.host_variables {
            [] => By::Code,
            // Another rule looks for Gradio's variable
            ["GRADIO_SERVER_NAME"] => return None,
            [name, ..] if !text.contains(name) => By::Variable((*name).to_owned()),
            _ => return None,
        };
        return (is_default && is_known).then(|| Said { value: None, by, range: called(text, start.call) });
    };
    if let Value::Text(std::borrow::Cow::Borrowed(host)) = argument.value {
        is_loopback(host).then_some(())?;
        return Some(Said::by_code((Some(host.to_owned()), range_of(text, host)?)));
    }
    let found = setting(source, text, &argument.value).filter(|found| is_loopback(&found.text))?;
    Some(Said { value: Some(found.text), by: found.by, range: argument.range.clone() })
}

/// A server that a script starts, without Gradio's.
pub(crate) struct OtherServer {
    /// The call as written.
    pub(crate) call: String,
    /// Its keywords for the address and the port.
    pub(crate) keywords: (&'static str, &'static str),
    /// The loopback address, if it listens on that, and whether a variable may set another.
    pub(crate) host: Option<(String, bool)>,
    /// The port, and whether a variable may set another.
    pub(crate) port: Option<(u16, bool)>,
    pub(crate) range: Range<usize>,
}

/// The only server that a script certainly starts when it is run without arguments, unless Gradio is in it.
pub(crate) fn other_server<'t>(text: &'t str, source: &Source<'t>) -> Option<OtherServer> {
    let start = start_of_python(text, source)?;
    let (call, row) = (start.call, start.row);
    if source.imports_module("gradio") {
        return None;
    }
    let is_open = |by: &By| matches!(by, By::Variable(_));
    let port = port_of_python(text, source, Some(&State::default())).map(|said| (said.value, is_open(&said.by)));
    let host = loopback_of_python(text, source, Some(&State::default()))
        .map(|said| (said.value.unwrap_or_else(|| "127.0.0.1".to_owned()), is_open(&said.by)));
    let (range, keywords) = (called(text, call), (row.host, row.port));
    Some(OtherServer { call: call.written.clone(), keywords, host, port, range })
}

/// The place of the callee, up to its bracket.
fn called(text: &str, call: &Call<'_>) -> Range<usize> {
    let length = text.get(call.at..).and_then(|rest| rest.find('(')).unwrap_or_default();
    call.at..call.at + length
}
