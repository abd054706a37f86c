//! Calls that start a server in Python code: one row per call.
//!
//! The first matching row counts, so rows that match any method of a name come last.

use super::servers::DefaultHost;

/// The calls that a row describes, by the path of the callee, with names resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Called {
    /// Exactly this one.
    Exactly(&'static str),
    /// A method of any object of a package, as `launch` in `gradio.Blocks().launch`.
    MethodOf(&'static str, &'static str),
    /// A method of any object, which may be something different.
    Method(&'static str),
}

/// A row of the table of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRow {
    /// The callee.
    pub called: Called,
    /// The number of positional arguments that are neither port nor address.
    pub unnamed: usize,
    /// The names of the positional arguments after those.
    pub places: &'static [&'static str],
    /// The keyword for the port.
    pub port: &'static str,
    /// The keyword for the address.
    pub host: &'static str,
    /// Variables for the port, if no keyword gives it.
    pub port_variables: &'static [&'static str],
    /// Variables for the address, if no keyword gives it.
    pub host_variables: &'static [&'static str],
    /// Variables that only some of its versions read.
    pub other_variables: &'static [&'static str],
    /// Whether it only listens if its argument `transport` is one of HTTP.
    pub has_transports: bool,
    /// The default port; none if it is not certain.
    pub default_port: Option<u16>,
    /// The default address.
    pub default_host: DefaultHost,
}

const fn call(called: Called) -> CallRow {
    CallRow {
        called,
        unnamed: 0,
        places: &[],
        port: "port",
        host: "host",
        port_variables: &[],
        host_variables: &[],
        other_variables: &[],
        has_transports: false,
        default_port: None,
        default_host: DefaultHost::Uncertain,
    }
}

/// The calls.
///
/// Measured: uvicorn 127.0.0.1:8000, Flask 127.0.0.1:5000, Gradio 127.0.0.1:7860. Sources of the others:
/// <https://docs.pylonsproject.org/projects/waitress/en/stable/arguments.html>, <https://nicegui.io/documentation/run>,
/// <https://dash.plotly.com/reference#app.run>, <https://panel.holoviz.org/api/panel.io.server.html>.
pub const CALLS: &[CallRow] = &[
    CallRow {
        unnamed: 1,
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("uvicorn.run"))
    },
    CallRow {
        places: &["host", "port"],
        default_port: Some(5000),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("flask.Flask().run"))
    },
    CallRow {
        port: "server_port",
        host: "server_name",
        port_variables: &["GRADIO_SERVER_PORT"],
        host_variables: &["GRADIO_SERVER_NAME"],
        default_port: Some(7860),
        default_host: DefaultHost::Loopback,
        ..call(Called::MethodOf("gradio.", "launch"))
    },
    CallRow {
        unnamed: 1,
        default_port: Some(8080),
        default_host: DefaultHost::All,
        ..call(Called::Exactly("waitress.serve"))
    },
    CallRow { default_port: Some(8080), default_host: DefaultHost::All, ..call(Called::Exactly("nicegui.ui.run")) },
    CallRow {
        port_variables: &["PORT"],
        host_variables: &["HOST"],
        default_port: Some(8050),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("dash.Dash().run"))
    },
    CallRow { host: "address", ..call(Called::Exactly("panel.serve")) },
    // Source: `serve` of python-fasthtml 0.14
    CallRow {
        port_variables: &["PORT"],
        default_port: Some(5001),
        default_host: DefaultHost::All,
        ..call(Called::Exactly("fasthtml.common.serve"))
    },
    // Source: `Quart.run` of quart 0.22
    CallRow {
        default_port: Some(5000),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("quart.Quart().run"))
    },
    // Source: `SocketIO.run` of Flask-SocketIO 5.7
    CallRow {
        unnamed: 1,
        default_port: Some(5000),
        default_host: DefaultHost::Loopback,
        ..call(Called::MethodOf("flask_socketio.SocketIO", "run"))
    },
    // Source: `run` of bottle 0.13
    CallRow { default_port: Some(8080), default_host: DefaultHost::Loopback, ..call(Called::Exactly("bottle.run")) },
    CallRow {
        default_port: Some(8080),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("bottle.Bottle().run"))
    },
    // Source: `run_app` of aiohttp 3.14
    CallRow {
        unnamed: 1,
        default_port: Some(8080),
        default_host: DefaultHost::All,
        ..call(Called::Exactly("aiohttp.web.run_app"))
    },
    // Source: `Sanic.run` of sanic 24.12
    CallRow {
        places: &["host", "port"],
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("sanic.Sanic().run"))
    },
    // Source: `Application.listen` of tornado 6.4
    CallRow {
        places: &["port", "address"],
        host: "address",
        default_host: DefaultHost::All,
        ..call(Called::Exactly("tornado.web.Application().listen"))
    },
    CallRow {
        places: &["port", "address"],
        host: "address",
        default_host: DefaultHost::All,
        ..call(Called::Exactly("tornado.httpserver.HTTPServer().listen"))
    },
    // Source: `run_http_async` and the settings of fastmcp 2
    CallRow {
        places: &["transport"],
        port_variables: &["FASTMCP_PORT"],
        host_variables: &["FASTMCP_HOST"],
        has_transports: true,
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        ..call(Called::Exactly("fastmcp.FastMCP().run"))
    },
    CallRow { port: "server_port", host: "server_name", ..call(Called::Method("launch")) },
    call(Called::Method("run")),
    call(Called::Method("run_server")),
];

/// Calls that make a server with its port and its address, and the calls that start it.
pub const MADE: &[(CallRow, &[&str])] = &[
    // Source: <https://www.uvicorn.org/#config-and-server-instances>
    (
        CallRow {
            unnamed: 1,
            default_port: Some(8000),
            default_host: DefaultHost::Loopback,
            ..call(Called::Exactly("uvicorn.Config"))
        },
        &["uvicorn.Server().run", "uvicorn.Server().serve"],
    ),
    // Source: `FastMCP` of mcp 1.12
    (
        CallRow {
            unnamed: 2,
            other_variables: &["FASTMCP_HOST", "FASTMCP_PORT"],
            has_transports: true,
            default_port: Some(8000),
            default_host: DefaultHost::Loopback,
            ..call(Called::Exactly("mcp.server.fastmcp.FastMCP"))
        },
        &["mcp.server.fastmcp.FastMCP().run"],
    ),
];

/// Classes of Python whose first argument is an address, `(host, port)`, and that `serve_forever()` starts.
pub const SOCKET_SERVERS: &[&str] = &[
    "http.server.HTTPServer",
    "http.server.ThreadingHTTPServer",
    "socketserver.TCPServer",
    "socketserver.ThreadingTCPServer",
];

/// The row of those classes.
pub const SOCKET_SERVER: CallRow = call(Called::Method("serve_forever"));

/// Applications that only a server runs: Python ends if nothing starts one.
pub const APPLICATIONS: &[&str] = &[
    "bottle.Bottle",
    "dash.Dash",
    "fastapi.FastAPI",
    "flask.Flask",
    "litestar.Litestar",
    "quart.Quart",
    "starlette.applications.Starlette",
];
