//! `SPACE_HOST` used as an address.
//!
//! ## What it does
//! Looks for requests of `requests`, `httpx` and `urllib`, and of `fetch` and `axios` in JavaScript, whose address begins with the
//! variable `SPACE_HOST`.
//!
//! ## Why it matters
//! The variable is a host, such as `user-name.hf.space`, without `https://`: `MissingSchema: Invalid URL`, or
//! `Failed to parse URL`.
//!
//! ## Example
//! ```app.py
//! import os
//! import requests
//!
//! requests.get(f"{os.environ['SPACE_HOST']}/health")
//! ```
//!
//! ## Use instead
//! ```app.py
//! import os
//! import requests
//!
//! requests.get(f"https://{os.environ['SPACE_HOST']}/health")
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-overview#helper-environment-variables>

use std::ops::Range;

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject};
use crate::check::space::PythonFile;
use crate::formats::javascript;
use crate::formats::python::{Call, Source, Value};

pub(super) const RULE: Rule =
    Rule::new("space-host-without-scheme", Group::Risky, Check::Views(&[Subject::Source], check))
        .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker]);

const HOST: &str = "SPACE_HOST";
const METHODS: [&str; 7] = ["delete", "get", "head", "patch", "post", "put", "stream"];

/// Clients whose addresses all begin with a given one.
const CLIENTS: [&str; 2] = ["httpx.Client", "httpx.AsyncClient"];
/// What comes before an address in JavaScript.
const FETCHES: [&str; 10] = [
    "fetch(",
    "axios(",
    "axios.get(",
    "axios.post(",
    "axios.put(",
    "axios.patch(",
    "axios.delete(",
    "axios.head(",
    "new URL(",
    "new WebSocket(",
];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    space.python_files().iter().for_each(|file| in_python(file, found));
    for ending in ["js", "mjs", "ts"] {
        for (path, text) in space.app_files(ending).filter(|(_, text)| text.contains(HOST)) {
            found.extend(fetches(text).into_iter().map(|range| finding(path, range)));
        }
    }
}

fn finding(path: &str, range: Range<usize>) -> Finding {
    Finding::new(Place::bytes(path, range), "`SPACE_HOST` is a host, without a scheme")
        .label("not an address")
        .help("begin it with `https://`")
}

/// The names of the variable that begin an address in JavaScript.
fn fetches(text: &str) -> Vec<Range<usize>> {
    const READ: &str = "process.env.SPACE_HOST";
    let code = javascript::without_comments(text);
    let places = code.match_indices(READ).filter(|(at, _)| {
        let before = code[..*at].trim_end();
        let (is_template, before) = match before.strip_suffix("`${") {
            Some(rest) => (true, rest.trim_end()),
            None => (false, before),
        };
        let behind = code[at + READ.len()..].trim_start();
        let is_whole = if is_template { behind.starts_with('}') } else { behind.starts_with(['+', ')', ',']) };
        let is_call = FETCHES.iter().find(|call| before.ends_with(*call)).is_some_and(|call| {
            let ahead = &before[..before.len() - call.len()];
            !ahead.ends_with(|char: char| char == '_' || char == '$' || char == '.' || char.is_alphanumeric())
        });
        // `new URL(path, base)` takes a path first
        is_whole
            && is_call
            && !(before.ends_with("URL(") && code[*at..].lines().next().is_some_and(|line| line.contains(',')))
    });
    places.map(|(at, read)| at..at + read.len()).collect()
}

fn in_python(file: &PythonFile<'_>, found: &mut Vec<Finding>) {
    if !file.has(HOST) {
        return;
    }
    let source = file.source();
    for call in source.calls.iter().filter(|call| !call.scope.tried) {
        let Some(names) = names_of_address(call) else { continue };
        let mut arguments = call.arguments.iter();
        let Some(address) = arguments.find(|argument| match argument.name {
            None => names.0,
            Some(name) => name == names.1,
        }) else {
            continue;
        };
        let is_first =
            address.name.is_some() || call.arguments.first().is_some_and(|first| first.range == address.range);
        if is_first && begins_with_host(source, &address.value) {
            found.push(finding(file.path, address.range.clone()));
        }
    }
}

/// Whether a call takes an address as its first argument, and the keyword for it.
fn names_of_address(call: &Call<'_>) -> Option<(bool, &'static str)> {
    if CLIENTS.contains(&call.path.as_str()) {
        return Some((false, "base_url"));
    }
    if call.path == "urllib.request.urlopen" {
        return Some((true, "url"));
    }
    let (module, method) = call.path.rsplit_once('.')?;
    let is_request = matches!(module, "requests" | "httpx" | "requests.Session()") && METHODS.contains(&method);
    is_request.then_some((true, "url"))
}

/// Whether an address certainly begins with the variable.
fn begins_with_host(source: &Source<'_>, value: &Value<'_>) -> bool {
    match value {
        Value::Name(name) => is_host(source, name),
        Value::Call(_, text) => reads(text),
        Value::Expression(text) => {
            let first = text.split_once('+').map_or(*text, |(first, _)| first);
            if reads(first) || is_host(source, first.trim()) {
                return true;
            }
            let quoted = text.strip_prefix('f').and_then(|text| text.strip_prefix(['"', '\'']));
            let inner = quoted.and_then(|text| text.strip_prefix('{')).and_then(|text| text.split_once('}'));
            inner.is_some_and(|(inner, _)| reads(inner) || is_host(source, inner.trim()))
        }
        _ => false,
    }
}

/// Whether a name is given once, with the variable as it is.
fn is_host(source: &Source<'_>, name: &str) -> bool {
    let mut given = source.assignments.iter().filter(|assignment| assignment.name == name);
    let (Some(only), None) = (given.next(), given.next()) else { return false };
    match &only.value {
        Value::Call(_, text) | Value::Expression(text) => reads(text),
        _ => false,
    }
}

/// Whether code reads the variable, and has no default for it.
fn reads(code: &str) -> bool {
    ["os.environ[\"SPACE_HOST\"]", "os.environ['SPACE_HOST']", "os.getenv(\"SPACE_HOST\")", "os.getenv('SPACE_HOST')"]
        .contains(&code.trim())
}
