//! `SPACE_HOST` used as an address.
//!
//! ## What it does
//! Looks for requests of `requests` and `httpx` whose address begins with the variable `SPACE_HOST`.
//!
//! ## Why it matters
//! The variable is a host, such as `user-name.hf.space`, without `https://`: `MissingSchema: Invalid URL`.
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

use super::{Check, Finding, Group, Place, Rule, Scope, SpaceSdk};
use crate::check::space::PythonFile;
use crate::formats::python::{Source, Value};

pub(super) const RULE: Rule = Rule::new("space-host-without-scheme", Group::Risky, Check::Python(check))
    .only_in(&[SpaceSdk::Gradio, SpaceSdk::Docker])
    .of(Scope::SPACES);

const HOST: &str = "SPACE_HOST";
const METHODS: [&str; 7] = ["delete", "get", "head", "patch", "post", "put", "stream"];

fn check(file: &PythonFile<'_>, found: &mut Vec<Finding>) {
    if !file.text.contains(HOST) {
        return;
    }
    let source = file.source();
    for call in &source.calls {
        let Some((module, method)) = call.path.split_once('.') else { continue };
        if !matches!(module, "requests" | "httpx") || !METHODS.contains(&method) || call.scope.tried {
            continue;
        }
        let Some(address) = call.arguments.first().filter(|argument| matches!(argument.name, None | Some("url")))
        else {
            continue;
        };
        if begins_with_host(source, &address.value) {
            let finding = Finding::new(
                Place::bytes(file.path, address.range.clone()),
                "`SPACE_HOST` is a host, without a scheme",
            )
            .label("not an address")
            .help("begin it with `https://`");
            found.push(finding);
        }
    }
}

/// Whether an address certainly begins with the variable.
fn begins_with_host(source: &Source<'_>, value: &Value<'_>) -> bool {
    match value {
        Value::Name(name) => is_host(source, name),
        Value::Expression(text) => {
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
