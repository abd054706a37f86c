//! Servers: one row per server, with all its columns.
//!
//! To add a server, add one row to [`SERVERS`]. A program has a row for each of its commands that listens
//! differently. A column that a row omits has the value of [`PLAIN`]. The table is data for all modules; command lines
//! are read with it in `src/app/servers.rs`. The programs that start a server are rows of [`super::launchers`], the calls that
//! start one in code are rows of [`super::server_calls`].
//!
//! Defaults were measured in containers: Flask 127.0.0.1:5000, uvicorn and gunicorn 127.0.0.1:8000, `fastapi dev` 127.0.0.1,
//! Gradio 127.0.0.1:7860, Streamlit 8501, Next.js 3000 on all addresses. Other rows name their source.

/// Where a server listens by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DefaultHost {
    /// On all addresses.
    All,
    /// Only on the loopback address.
    Loopback,
    /// It depends on something that is not read.
    Uncertain,
}

/// What a program does when its container is stopped.
///
/// The kernel gives the first process of a container no default action: a signal without a handler is lost, and
/// after the grace time the container is killed. Source: `pid_namespaces(7)`; that Python, Gradio and Node wait out the grace
/// time on SIGTERM, and Streamlit and uvicorn do not, was measured in containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stops {
    /// It stops on SIGTERM.
    OnSigterm,
    /// It only stops on SIGINT.
    OnSigint,
    /// It may handle neither, and needs an init process.
    WithInit,
}

/// The package that contains a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Package {
    /// A Python package that an app does not import, so that only the start command needs it.
    Server(&'static str),
    /// A Python package that the app itself uses.
    OfApp(&'static str),
    /// A Node package.
    OfNode(&'static str),
    /// None: it comes with the runtime or with the image.
    None,
}

/// How a server is configured to trust a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Proxy {
    /// Flags that configure it, or that turn the headers of proxies off.
    pub flags: &'static [&'static str],
    /// Variables that configure it, or may hold such flags.
    pub variables: &'static [&'static str],
}

/// A row of the table of servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerRow {
    /// The names of the program, also as modules that a launcher starts.
    pub names: &'static [&'static str],
    /// The first arguments that make it a server, as in `streamlit run`; empty if it always is one.
    pub verbs: &'static [&'static str],
    /// Flags for the port.
    pub ports: &'static [&'static str],
    /// Whether an argument that is a number is the port.
    pub port_is_argument: bool,
    /// Flags for the address.
    pub hosts: &'static [&'static str],
    /// Flags for `HOST:PORT`, or only for the port.
    pub binds: &'static [&'static str],
    /// Flags for a socket that is not a port.
    pub sockets: &'static [&'static str],
    /// Variables for the port.
    pub port_variables: &'static [&'static str],
    /// Variables for the address.
    pub host_variables: &'static [&'static str],
    /// Whether it listens on all addresses if a variable sets its port.
    pub port_variable_opens: bool,
    /// The default port; none if it is not certain.
    pub default_port: Option<u16>,
    /// The default address.
    pub default_host: DefaultHost,
    /// Variables that may hold more flags.
    pub settings_variables: &'static [&'static str],
    /// Prefixes of the names of files that it reads by itself, and that may override the flags.
    pub settings_files: &'static [&'static str],
    /// How it stops.
    pub stops: Stops,
    /// The package that installs it.
    pub package: Package,
    /// Whether it is started with `package.module:object`.
    pub takes_object: bool,
    /// How it is configured to trust the proxy, if it does not by default.
    pub proxy: Option<Proxy>,
}

/// An unknown server.
pub const PLAIN: ServerRow = ServerRow {
    names: &[],
    verbs: &[],
    ports: &["--port", "-p"],
    port_is_argument: false,
    hosts: &["--host"],
    binds: &[],
    sockets: &[],
    port_variables: &[],
    host_variables: &[],
    port_variable_opens: false,
    default_port: None,
    default_host: DefaultHost::Uncertain,
    settings_variables: &[],
    settings_files: &[],
    stops: Stops::WithInit,
    package: Package::None,
    takes_object: false,
    proxy: None,
};

/// Servers of ASGI and WSGI: they serve an object of a module.
const OF_OBJECTS: ServerRow =
    ServerRow { default_port: Some(8000), default_host: DefaultHost::Loopback, takes_object: true, ..PLAIN };

/// The servers of Remix and of React Router: no flags, only variables.
const OF_REACT_ROUTER: ServerRow = ServerRow {
    ports: &[],
    hosts: &[],
    port_variables: &["PORT"],
    host_variables: &["HOST"],
    default_port: Some(3000),
    default_host: DefaultHost::All,
    ..PLAIN
};

/// The servers.
pub const SERVERS: &[ServerRow] = &[
    // Source: <https://www.uvicorn.org/settings/>
    ServerRow {
        names: &["uvicorn"],
        ports: &["--port"],
        sockets: &["--uds", "--fd"],
        port_variables: &["UVICORN_PORT"],
        host_variables: &["UVICORN_HOST"],
        stops: Stops::OnSigterm,
        package: Package::Server("uvicorn"),
        proxy: Some(Proxy {
            flags: &["--forwarded-allow-ips", "--no-proxy-headers"],
            variables: &["FORWARDED_ALLOW_IPS", "UVICORN_FORWARDED_ALLOW_IPS", "UVICORN_PROXY_HEADERS"],
        }),
        ..OF_OBJECTS
    },
    // Source: <https://docs.gunicorn.org/en/stable/settings.html>
    ServerRow {
        names: &["gunicorn"],
        ports: &[],
        hosts: &[],
        binds: &["--bind", "-b"],
        port_variables: &["PORT"],
        port_variable_opens: true,
        settings_variables: &["GUNICORN_CMD_ARGS"],
        settings_files: &["gunicorn.conf"],
        stops: Stops::OnSigterm,
        package: Package::Server("gunicorn"),
        proxy: Some(Proxy {
            flags: &["--forwarded-allow-ips"],
            variables: &["FORWARDED_ALLOW_IPS", "GUNICORN_CMD_ARGS"],
        }),
        ..OF_OBJECTS
    },
    // Source: <https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html>
    ServerRow {
        names: &["hypercorn"],
        ports: &[],
        hosts: &[],
        binds: &["--bind", "-b"],
        sockets: &["--insecure-bind", "--quic-bind"],
        stops: Stops::OnSigterm,
        package: Package::Server("hypercorn"),
        ..OF_OBJECTS
    },
    // Source: `granian --help` of 2.8
    ServerRow {
        names: &["granian"],
        ports: &["--port"],
        sockets: &["--uds"],
        port_variables: &["GRANIAN_PORT"],
        host_variables: &["GRANIAN_HOST"],
        stops: Stops::OnSigterm,
        package: Package::Server("granian"),
        ..OF_OBJECTS
    },
    // Source: `daphne --help` of 4.2
    ServerRow {
        names: &["daphne"],
        hosts: &["--bind", "-b"],
        sockets: &["--unix-socket", "-u", "--fd", "--endpoint", "-e"],
        package: Package::Server("daphne"),
        ..OF_OBJECTS
    },
    // Source: <https://docs.pylonsproject.org/projects/waitress/en/stable/runner.html>
    ServerRow {
        names: &["waitress-serve", "waitress"],
        ports: &["--port"],
        binds: &["--listen"],
        sockets: &["--unix-socket"],
        default_port: Some(8080),
        default_host: DefaultHost::All,
        stops: Stops::OnSigint,
        package: Package::Server("waitress"),
        takes_object: true,
        ..PLAIN
    },
    // Source: <https://docs.streamlit.io/develop/concepts/configuration/options>
    ServerRow {
        names: &["streamlit"],
        verbs: &["run"],
        ports: &["--server.port"],
        hosts: &["--server.address"],
        port_variables: &["STREAMLIT_SERVER_PORT"],
        host_variables: &["STREAMLIT_SERVER_ADDRESS"],
        default_host: DefaultHost::All,
        stops: Stops::OnSigterm,
        package: Package::OfApp("streamlit"),
        ..PLAIN
    },
    // Source: <https://flask.palletsprojects.com/en/stable/cli/>; Python only handles SIGINT
    ServerRow {
        names: &["flask"],
        verbs: &["run"],
        hosts: &["--host", "-h"],
        port_variables: &["FLASK_RUN_PORT"],
        host_variables: &["FLASK_RUN_HOST"],
        default_port: Some(5000),
        default_host: DefaultHost::Loopback,
        settings_files: &[".flaskenv"],
        stops: Stops::OnSigint,
        package: Package::OfApp("flask"),
        ..PLAIN
    },
    // Source: <https://fastapi.tiangolo.com/fastapi-cli/>
    ServerRow {
        names: &["fastapi"],
        verbs: &["run"],
        ports: &["--port"],
        port_variables: &["PORT"],
        default_port: Some(8000),
        default_host: DefaultHost::All,
        stops: Stops::OnSigterm,
        package: Package::OfApp("fastapi"),
        ..PLAIN
    },
    ServerRow {
        names: &["fastapi"],
        verbs: &["dev"],
        ports: &["--port"],
        port_variables: &["PORT"],
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        stops: Stops::OnSigterm,
        package: Package::OfApp("fastapi"),
        ..PLAIN
    },
    // Source: <https://docs.python.org/3/library/http.server.html#command-line-interface>
    ServerRow {
        names: &["http.server"],
        ports: &[],
        port_is_argument: true,
        hosts: &["--bind", "-b"],
        default_port: Some(8000),
        default_host: DefaultHost::All,
        stops: Stops::OnSigint,
        ..PLAIN
    },
    // Source: `chainlit run --help` of 2.12, where `-h` is `--headless`
    ServerRow {
        names: &["chainlit"],
        verbs: &["run"],
        ports: &["--port"],
        port_variables: &["CHAINLIT_PORT"],
        host_variables: &["CHAINLIT_HOST"],
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        stops: Stops::OnSigterm,
        package: Package::OfApp("chainlit"),
        ..PLAIN
    },
    // Source: <https://docs.bokeh.org/en/latest/docs/reference/command/subcommands/serve.html>
    ServerRow { names: &["panel"], package: Package::OfApp("panel"), ..BOKEH },
    BOKEH,
    // Source: `shiny run --help`
    ServerRow {
        names: &["shiny"],
        verbs: &["run"],
        hosts: &["--host", "-h"],
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        stops: Stops::OnSigterm,
        package: Package::OfApp("shiny"),
        ..PLAIN
    },
    // Source: `marimo run --help` of 0.25; its port is the first free one
    ServerRow {
        names: &["marimo"],
        verbs: &["run", "edit"],
        default_host: DefaultHost::Loopback,
        stops: Stops::OnSigterm,
        package: Package::OfApp("marimo"),
        ..PLAIN
    },
    // Measured with fastmcp 4.2.3; a file is run over stdio unless a transport is named
    ServerRow {
        names: &["fastmcp"],
        verbs: &["run"],
        default_port: Some(8000),
        default_host: DefaultHost::Loopback,
        stops: Stops::OnSigterm,
        package: Package::OfApp("fastmcp"),
        ..PLAIN
    },
    // A script or variables set the address
    ServerRow { names: &["gradio"], ports: &[], hosts: &[], package: Package::OfApp("gradio"), ..PLAIN },
    // Source: <https://nginx.org/en/docs/control.html>
    ServerRow { names: &["nginx"], ports: &[], hosts: &[], stops: Stops::OnSigterm, ..PLAIN },
    // Source: <https://nextjs.org/docs/app/api-reference/cli/next>
    ServerRow {
        names: &["next"],
        verbs: &["start", "dev"],
        hosts: &["--hostname", "-H"],
        port_variables: &["PORT"],
        default_port: Some(3000),
        default_host: DefaultHost::All,
        package: Package::OfNode("next"),
        ..PLAIN
    },
    // Source: packages/remix-serve/cli.ts of <https://github.com/remix-run/remix>, packages/react-router-serve/cli.ts of
    // <https://github.com/remix-run/react-router>; both take 3000 unless `PORT` is set, and all addresses unless `HOST` is
    ServerRow { names: &["remix-serve"], package: Package::OfNode("@remix-run/serve"), ..OF_REACT_ROUTER },
    ServerRow { names: &["react-router-serve"], package: Package::OfNode("@react-router/serve"), ..OF_REACT_ROUTER },
    // Source: <https://vite.dev/config/server-options>; `vite.config` may set both, and `--host` needs no value
    ServerRow { names: &["vite"], ports: &["--port"], package: Package::OfNode("vite"), ..PLAIN },
    // Source: <https://www.php.net/manual/en/features.commandline.webserver.php>
    ServerRow { names: &["php"], verbs: &["-S"], ports: &[], hosts: &[], binds: &["-S"], ..PLAIN },
    // Source: `serve --help`; the default has changed with its versions
    ServerRow {
        names: &["serve"],
        binds: &["--listen", "-l"],
        hosts: &[],
        port_variables: &["PORT"],
        default_host: DefaultHost::All,
        package: Package::OfNode("serve"),
        ..PLAIN
    },
    // Source: <https://github.com/http-party/http-server#available-options>
    ServerRow {
        names: &["http-server"],
        hosts: &["-a"],
        port_variables: &["PORT"],
        default_port: Some(8080),
        default_host: DefaultHost::All,
        package: Package::OfNode("http-server"),
        ..PLAIN
    },
];

const BOKEH: ServerRow = ServerRow {
    names: &["bokeh"],
    verbs: &["serve"],
    ports: &["--port"],
    hosts: &["--address"],
    default_port: Some(5006),
    default_host: DefaultHost::All,
    stops: Stops::OnSigterm,
    package: Package::OfApp("bokeh"),
    ..PLAIN
};
