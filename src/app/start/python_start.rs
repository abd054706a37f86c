//! The one call of a script in Python that starts a server, with its arguments.

use std::ops::Range;

use crate::facts::server_calls::{CALLS, CallRow, Called, MADE, SOCKET_SERVER, SOCKET_SERVERS};
use crate::formats::python::{Call, Source, Value, items, pairs};

/// An argument, also one of a dictionary.
pub(super) struct Argument<'t> {
    name: String,
    pub(super) value: Value<'t>,
    pub(super) range: Range<usize>,
}

/// A call that starts a server.
pub(super) struct Start<'s, 't> {
    pub(super) call: &'s Call<'t>,
    pub(super) row: &'static CallRow,
    arguments: Vec<Argument<'t>>,
    /// Whether the arguments may be more than these.
    has_more: bool,
}

impl<'s, 't> Start<'s, 't> {
    fn of(text: &'t str, source: &Source<'t>, call: &'s Call<'t>, row: &'static CallRow) -> Self {
        let mut start = Self { call, row, arguments: Vec::new(), has_more: false };
        let mut place = 0_usize;
        for argument in &call.arguments {
            let found = match (argument.name, &argument.value) {
                (Some(name), _) => Some(vec![(name.to_owned(), argument.value.clone())]),
                (None, Value::Expression(written)) if written.starts_with('*') => options(text, source, written),
                (None, value) => {
                    place += 1;
                    let name = place.checked_sub(row.unnamed + 1).map(|at| row.places.get(at));
                    match name {
                        None => Some(Vec::new()),
                        Some(name) => name.map(|name| vec![((*name).to_owned(), value.clone())]),
                    }
                }
            };
            let Some(found) = found else {
                start.has_more = true;
                continue;
            };
            let range = |value: &Value<'_>| match argument.name {
                Some(_) => argument.range.clone(),
                None => place_of(text, value).unwrap_or_else(|| argument.range.clone()),
            };
            start.arguments.extend(found.into_iter().map(|(name, value)| Argument {
                name,
                range: range(&value),
                value,
            }));
        }
        start
    }

    fn argument(&self, name: &str) -> Option<&Argument<'t>> {
        self.arguments.iter().find(|argument| argument.name == name)
    }

    /// What it has for the port.
    pub(super) fn port(&self) -> Option<&Argument<'t>> {
        self.argument(self.row.port)
    }

    /// What it has for the address.
    pub(super) fn host(&self) -> Option<&Argument<'t>> {
        self.argument(self.row.host)
    }

    /// Whether it has no arguments that may be another port or another address.
    pub(super) fn is_bare(&self) -> bool {
        const OTHERS: [&str; 7] = ["uds", "fd", "config", "env_file", "listen", "unix_socket", "sockets"];
        !self.has_more && !self.arguments.iter().any(|argument| OTHERS.contains(&&*argument.name))
    }
}

/// The only call that starts a server, if it certainly runs: at the top level, or in a function that is called there.
pub(super) fn start_of_python<'s, 't>(text: &'t str, source: &'s Source<'t>) -> Option<Start<'s, 't>> {
    const RUNS_OTHERS: [&str; 2] = ["asyncio.run", "anyio.run"];
    const NAMES: [&str; 7] = ["launch", "run", "serve", "listen", "run_server", "run_app", "serve_forever"];
    let is_start = |call: &&Call<'_>| NAMES.contains(&call.method()) && !RUNS_OTHERS.contains(&&*call.path);
    let mut starts = source.calls.iter().filter(is_start);
    let (Some(call), None) = (starts.next(), starts.next()) else { return None };
    let is_called = |name: &str| {
        source.calls.iter().any(|call| call.path == name && call.scope.is_top_level() && !call.scope.conditional)
    };
    let runs = call.scope.outermost.is_none_or(|name| call.scope.function == Some(name) && is_called(name));
    if !runs || call.scope.conditional {
        return None;
    }
    if call.method() == "serve_forever" {
        return of_socket(text, source);
    }
    if let Some((row, _)) = MADE.iter().find(|(_, starts)| starts.contains(&&*call.path)) {
        let Called::Exactly(path) = row.called else { return None };
        let mut made = source.calls.iter().filter(|call| call.path == path);
        let made = made.next().filter(|call| made.next().is_none() && !call.scope.conditional)?;
        return serves_http(row, call).then(|| Start::of(text, source, made, row));
    }
    let (row, is_certain) = row_of(call).or_else(|| of_star_import(source, call))?;
    (is_certain && serves_http(row, call)).then(|| Start::of(text, source, call, row))
}

/// The row of a call, and whether it certainly starts a server.
pub(in crate::app) fn row_of(call: &Call<'_>) -> Option<(&'static CallRow, bool)> {
    let is_it = |row: &&CallRow| match row.called {
        Called::Exactly(path) => call.path == path,
        Called::MethodOf(package, method) => {
            call.path.starts_with(package) && call.path.ends_with(&format!("().{method}"))
        }
        Called::Method(method) => call.path.rsplit_once('.').is_some_and(|(_, name)| name == method),
    };
    let row = CALLS.iter().find(is_it)?;
    Some((row, !matches!(row.called, Called::Method(_))))
}

/// Whether the transport of a server of MCP is one of HTTP, where that matters.
fn serves_http(row: &CallRow, call: &Call<'_>) -> bool {
    let transport = call.keyword("transport").or(call.positional(0)).and_then(Value::as_text);
    !row.has_transports || matches!(transport, Some("http" | "sse" | "streamable-http"))
}

/// `HTTPServer(("localhost", 7860), Handler)`.
fn of_socket<'s, 't>(text: &'t str, source: &'s Source<'t>) -> Option<Start<'s, 't>> {
    let mut made = source.calls.iter().filter(|call| SOCKET_SERVERS.contains(&&*call.path));
    let call = made.next().filter(|call| made.next().is_none() && !call.scope.conditional)?;
    let address = match call.positional(0).or(call.keyword("server_address"))? {
        Value::Name(name) => constant(source, name)?,
        value => value,
    };
    let Value::Expression(written) = address else { return None };
    let mut parts = items(written)?.into_iter();
    let (Some(host), Some(port), None) = (parts.next(), parts.next(), parts.next()) else { return None };
    let argument = |name: &str, value: Value<'t>| {
        let range = place_of(text, &value).unwrap_or(call.at..call.at);
        Argument { name: name.to_owned(), value, range }
    };
    let arguments = vec![argument("host", host), argument("port", port)];
    Some(Start { call, row: &SOCKET_SERVER, arguments, has_more: false })
}

/// A name that `from fasthtml.common import *` brings, which the code alone does not resolve.
fn of_star_import(source: &Source<'_>, call: &Call<'_>) -> Option<(&'static CallRow, bool)> {
    let imports = source.imports.iter().filter(|import| import.name == Some("*") && import.level == 0);
    let row =
        |path: &str| CALLS.iter().find(|row| row.called == Called::Exactly("fasthtml.common.serve") && path == "serve");
    let mut rows = imports.filter(|import| import.module == "fasthtml.common").filter_map(|_| row(&call.path));
    rows.next().map(|row| (row, true))
}

/// The options of `**options`, if nothing changes them: a dictionary, or one that a name stands for that is used only here.
fn options<'t>(text: &'t str, source: &Source<'t>, written: &'t str) -> Option<Vec<(String, Value<'t>)>> {
    let written = written.strip_prefix("**")?.trim();
    if written.starts_with('{') {
        return pairs(written);
    }
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let is_whole = |at: usize| !text[..at].ends_with(is_part) && !text[at + written.len()..].starts_with(is_part);
    let used = text.match_indices(written).filter(|(at, _)| is_whole(*at)).count();
    match constant(source, written).filter(|_| used == 2)? {
        Value::Expression(value) => pairs(value),
        Value::Call(path, value) if path == "dict" => {
            let range = range_of(text, value)?;
            let made = source.calls.iter().find(|call| call.path == "dict" && range.contains(&call.at))?;
            let pair = |argument: &crate::formats::python::Argument<'t>| {
                Some((argument.name?.to_owned(), argument.value.clone()))
            };
            made.arguments.iter().map(pair).collect()
        }
        _ => None,
    }
}

/// The value of a name that is assigned once.
fn constant<'s, 't>(source: &'s Source<'t>, name: &str) -> Option<&'s Value<'t>> {
    let mut assigned = source.assignments.iter().filter(|assignment| assignment.name == name);
    let assignment = assigned.next().filter(|found| assigned.next().is_none() && !found.scope.conditional)?;
    Some(&assignment.value)
}

/// The place of a value in a text.
fn place_of(text: &str, value: &Value<'_>) -> Option<Range<usize>> {
    match value {
        Value::Text(std::borrow::Cow::Borrowed(written)) => range_of(text, written),
        Value::Number(written) | Value::Name(written) | Value::Call(_, written) | Value::Expression(written) => {
            range_of(text, written)
        }
        Value::Text(std::borrow::Cow::Owned(_)) | Value::Boolean(_) => None,
    }
}

/// The offset of a part of a text, by its address in memory.
pub(super) fn range_of(text: &str, part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (start + part.len() <= text.len()).then_some(start..start + part.len())
}
