//! Servers of the Model Context Protocol, with the SDK `mcp`.
//!
//! Measured: 1.27.0 with the default host answers 421 to a `Host` that is not local, and 200 with `host="0.0.0.0"`; 2.x has
//! `MCPServer` in place of `FastMCP`, and takes host and port where it is run.

use super::row::{Hooks, PythonHooks, Row, Running};
use crate::app::application::Applications;
use crate::app::candidate::{Candidate, LIKELY, SURE};
use crate::app::command::{script, uvicorn};
use crate::app::framework::About;
use crate::app::model::{App, Note, Seen};
use crate::app::project::{Project, PythonFile};
use crate::formats::python::{Call, Value};

pub(super) static ROW: Row = Row {
    about: About { id: "mcp", name: "MCP server", package: Some("mcp"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks {
        find: Some(find),
        constructors: &[
            "mcp.server.fastmcp.FastMCP().streamable_http_app",
            "mcp.server.fastmcp.FastMCP().sse_app",
            "mcp.server.FastMCP().streamable_http_app",
            "mcp.server.mcpserver.MCPServer().streamable_http_app",
            "mcp.server.mcpserver.MCPServer().sse_app",
        ],
        command,
        usual_port,
        notes: Some(notes),
        ..PythonHooks::SERVED
    }),
};

/// Calls that make a server.
const SERVERS: [&str; 3] = ["mcp.server.fastmcp.FastMCP", "mcp.server.FastMCP", "mcp.server.mcpserver.MCPServer"];

/// A file that runs a server over HTTP.
fn find(applications: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let call = run(file).filter(|_| applications.in_file(file).is_none())?;
    let evidence = vec![file.evidence(call.at, format!("calls `{}()` with a transport over HTTP", call.written))];
    let strength = if call.scope.is_top_level() { SURE } else { LIKELY };
    Some(Candidate::new(ROW.framework(), file.path, strength, evidence))
}

fn run<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    file.source.calls.iter().find(|call| {
        let server = call.path.strip_suffix("().run");
        server.is_some_and(|server| SERVERS.contains(&server)) && is_over_http(call)
    })
}

/// Whether a call of `run` names a transport that has a port.
pub(super) fn is_over_http(call: &Call<'_>) -> bool {
    let transport = call.keyword("transport").or(call.positional(0)).and_then(Value::as_text);
    matches!(transport, Some("streamable-http" | "http" | "sse"))
}

fn made<'f, 'r>(file: &'f PythonFile<'r>) -> Option<&'f Call<'r>> {
    file.source.calls.iter().find(|call| SERVERS.contains(&call.path.as_str()))
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    match object {
        Some(object) => uvicorn(project, file, object),
        None => script(project, file),
    }
}

/// The port where the server is made or run, which is 8000 otherwise.
fn usual_port(file: &PythonFile<'_>) -> Option<Seen<u16>> {
    let call = run(file)?;
    let maker = made(file);
    let named = call.keyword("port").or(maker.and_then(|maker| maker.keyword("port")));
    let port = match named {
        None => 8000,
        Some(Value::Number(number)) => number.parse().ok()?,
        Some(_) => return None,
    };
    Some(Seen::certain(port, file.evidence(call.at, format!("runs the server on port {port}"))))
}

fn notes(running: &Running<'_, '_>, app: &mut App) {
    let Some(maker) = made(running.file) else { return };
    let has = |call: Option<&Call<'_>>, name: &str| call.is_some_and(|call| call.keyword(name).is_some());
    let call = run(running.file);
    let app_call = running.file.source.calls.iter().find(|call| call.method().ends_with("_app"));
    let sets = |name: &str| has(Some(maker), name) || has(call, name) || has(app_call, name);
    if sets("host") || sets("transport_security") {
        return;
    }
    let note = Note::new("the server answers 421 to every address that is not local, such as that of the Space");
    let help = "pass `host=\"0.0.0.0\"` where the server is made (with mcp 2, where it is run), or name the Space in `transport_security`";
    app.notes.push(note.help(help).seen(running.file.evidence(maker.at, "has the default host")));
}
