//! Servers of the Model Context Protocol, with the package `fastmcp`.
//!
//! Measured with 4.2.3: `fastmcp run FILE --transport http --host 0.0.0.0 --port N` serves a file that calls `run()` without a transport
//! too, and answers the `Host` of a Space.

use super::row::{Hooks, PythonHooks, Row};
use crate::app::application::Applications;
use crate::app::candidate::Candidate;
use crate::app::command::{PORT, uvicorn, words};
use crate::app::framework::About;
use crate::app::project::{Project, PythonFile};
use crate::formats::python::Value;

pub(super) static ROW: Row = Row {
    about: About { id: "fastmcp", name: "FastMCP", package: Some("fastmcp"), ..About::PYTHON },
    hooks: Hooks::Python(PythonHooks { find: Some(find), command, ..PythonHooks::SCRIPT }),
};

/// Calls that return an application for a server of ASGI.
const APPLICATIONS: [&str; 3] =
    ["fastmcp.FastMCP().http_app", "fastmcp.FastMCP().streamable_http_app", "fastmcp.FastMCP().sse_app"];

fn find(_: &Applications<'_, '_>, file: &PythonFile<'_>) -> Option<Candidate> {
    let framework = ROW.framework();
    let application = APPLICATIONS.iter().find_map(|path| Candidate::made(framework, file, path));
    application.or_else(|| Candidate::made(framework, file, "fastmcp.FastMCP"))
}

fn command(project: &Project<'_>, file: &PythonFile<'_>, object: Option<&str>) -> Vec<String> {
    let object = object.unwrap_or("mcp");
    let is_application = file.source.assignments.iter().any(|found| {
        found.name == object && matches!(&found.value, Value::Call(path, _) if APPLICATIONS.contains(&path.as_str()))
    });
    if is_application {
        return uvicorn(project, file, object);
    }
    // The names that it finds by itself
    let server = match object {
        "mcp" | "server" | "app" => file.path.to_owned(),
        object => format!("{}:{object}", file.path),
    };
    words(&["fastmcp", "run", &server, "--transport", "http", "--host", "0.0.0.0", "--port", PORT])
}
