//! Which server a container starts, and where it listens, as far as its command line and environment say it.

use std::ops::Range;

use super::space::Space;
use crate::formats::dockerfile::{Command, CommandLine, Dockerfile, State};

/// A value and the bytes of the Dockerfile that give it.
pub(super) struct Given<T> {
    pub(super) value: T,
    pub(super) range: Range<usize>,
}

/// A server whose flags are known.
pub(super) struct Known {
    /// The names of the program, also as `python -m NAME`.
    pub(super) names: &'static [&'static str],
    /// The first arguments that make it a server, as in `streamlit run`; empty if it always is one.
    pub(super) verbs: &'static [&'static str],
    /// Flags for the port.
    ports: &'static [&'static str],
    /// Flags for `HOST:PORT`.
    binds: &'static [&'static str],
    /// Flags for the address.
    hosts: &'static [&'static str],
    /// Variables for the port.
    port_variables: &'static [&'static str],
    /// Variables for the address.
    host_variables: &'static [&'static str],
    /// The port without any of these; none if it is not certain.
    default_port: Option<u16>,
    /// Whether it listens on this computer alone when nothing else is said.
    loopback: bool,
}

const PLAIN: Known = Known {
    names: &[],
    verbs: &[],
    ports: &["--port", "-p"],
    binds: &[],
    hosts: &["--host", "-h"],
    port_variables: &[],
    host_variables: &[],
    default_port: None,
    loopback: true,
};

/// The usual servers. Sources: the help text and the documentation of each.
const SERVERS: &[Known] = &[
    Known {
        names: &["uvicorn"],
        ports: &["--port"],
        hosts: &["--host"],
        port_variables: &["UVICORN_PORT"],
        host_variables: &["UVICORN_HOST"],
        default_port: Some(8000),
        ..PLAIN
    },
    Known {
        names: &["hypercorn"],
        ports: &[],
        hosts: &[],
        binds: &["--bind", "-b"],
        default_port: Some(8000),
        ..PLAIN
    },
    Known {
        names: &["gunicorn"],
        ports: &[],
        hosts: &[],
        binds: &["--bind", "-b"],
        // A configuration file or GUNICORN_CMD_ARGS may say more
        ..PLAIN
    },
    Known {
        names: &["streamlit"],
        verbs: &["run"],
        ports: &["--server.port"],
        hosts: &["--server.address"],
        port_variables: &["STREAMLIT_SERVER_PORT"],
        host_variables: &["STREAMLIT_SERVER_ADDRESS"],
        loopback: false,
        ..PLAIN
    },
    Known {
        names: &["flask"],
        verbs: &["run"],
        port_variables: &["FLASK_RUN_PORT"],
        host_variables: &["FLASK_RUN_HOST"],
        default_port: Some(5000),
        ..PLAIN
    },
    Known {
        names: &["fastapi"],
        verbs: &["run"],
        ports: &["--port"],
        hosts: &["--host"],
        port_variables: &["PORT"],
        default_port: Some(8000),
        loopback: false,
        ..PLAIN
    },
    Known { names: &["http.server"], ports: &[], hosts: &["--bind", "-b"], loopback: false, ..PLAIN },
    Known {
        names: &["chainlit"],
        verbs: &["run"],
        port_variables: &["CHAINLIT_PORT"],
        host_variables: &["CHAINLIT_HOST"],
        default_port: Some(8000),
        ..PLAIN
    },
    Known {
        names: &["panel"],
        verbs: &["serve"],
        ports: &["--port"],
        hosts: &["--address"],
        default_port: Some(5006),
        loopback: false,
        ..PLAIN
    },
    Known {
        names: &["bokeh"],
        verbs: &["serve"],
        ports: &["--port"],
        hosts: &["--address"],
        default_port: Some(5006),
        loopback: false,
        ..PLAIN
    },
    Known { names: &["shiny"], verbs: &["run"], default_port: Some(8000), ..PLAIN },
];

/// The server that a container starts, with the command that starts it.
pub(super) struct Started<'d> {
    pub(super) known: &'static Known,
    pub(super) command: Command<'d>,
    state: State,
}

/// The server, if the container starts exactly one that is known, and the command line says all of it. None also if
/// another program is started that may answer in its place, such as a proxy.
pub(super) fn started<'d>(dockerfile: &'d Dockerfile<'d>) -> Option<Started<'d>> {
    let line = start_line(dockerfile)?;
    let mut others = line.commands().into_iter().filter(|command| server(command).is_none());
    if line.runs_in_background() || others.any(|command| command.program().is_some_and(|name| DAEMONS.contains(&name)))
    {
        return None;
    }
    started_by(dockerfile, |_| true)
}

/// The one server of those names that the container starts, whatever else it starts.
pub(super) fn started_as<'d>(dockerfile: &'d Dockerfile<'d>, name: &str) -> Option<Started<'d>> {
    started_by(dockerfile, |known| known.names.contains(&name))
}

/// Programs that go to the background by themselves or start others, and may listen.
const DAEMONS: [&str; 9] =
    ["nginx", "caddy", "haproxy", "traefik", "httpd", "apache2", "service", "supervisord", "cloudflared"];

fn started_by<'d>(dockerfile: &'d Dockerfile<'d>, wanted: impl Fn(&Known) -> bool) -> Option<Started<'d>> {
    let stage = dockerfile.last_stage()?;
    let commands = start_line(dockerfile)?.commands();
    let servers = commands.into_iter().filter_map(|command| Some((server(&command)?, command)));
    let mut servers = servers.filter(|(known, _)| wanted(known));
    let (known, command) = servers.next()?;
    if servers.next().is_some() {
        return None;
    }
    Some(Started { known, command, state: stage.end.clone() })
}

/// The line that starts the container.
fn start_line<'d>(dockerfile: &'d Dockerfile<'d>) -> Option<&'d CommandLine<'d>> {
    match (dockerfile.entrypoint(), dockerfile.cmd()) {
        (None, Some((_, cmd))) => Some(cmd),
        (Some((_, entrypoint)), None) => Some(entrypoint),
        // Which of the two is the program cannot be told from its text in general
        _ => None,
    }
}

fn server(command: &Command<'_>) -> Option<&'static Known> {
    let argv = command.argv();
    let program = command.program()?;
    let (name, rest) = if program.starts_with("python") {
        let at = argv.iter().position(|word| word.text == "-m")?;
        (&*argv.get(at + 1)?.text, &argv[at + 2..])
    } else if matches!(program, "uv" | "poetry" | "pdm" | "pipenv")
        && argv.get(1).is_some_and(|word| word.text == "run")
    {
        let at = (2..argv.len()).find(|at| !argv[*at].text.starts_with('-'))?;
        (&*argv[at].text, &argv[at + 1..])
    } else {
        (program, &argv[1..])
    };
    let known = SERVERS.iter().find(|known| known.names.contains(&name))?;
    (known.verbs.is_empty() || rest.iter().any(|word| known.verbs.contains(&&*word.text))).then_some(known)
}

impl Started<'_> {
    /// The port, if it is certain.
    pub(super) fn port(&self) -> Option<Given<u16>> {
        let whole = self.command.range();
        if let Some((text, range)) = self.command.option(self.known.ports) {
            return self.number(&text, range);
        }
        if let Some((text, range)) = self.command.option(self.known.binds) {
            let (_, port) = text.rsplit_once(':')?;
            return self.number(port, range);
        }
        if self.known.names.contains(&"http.server") {
            let word =
                self.command.argv().iter().rev().find(|word| word.text.bytes().all(|byte| byte.is_ascii_digit()))?;
            return self.number(&word.text, word.range.clone());
        }
        for name in self.known.port_variables {
            if self.state.sets_env(name) {
                return self.number(self.state.env(name)?, whole);
            }
        }
        // Files of settings, and arguments that are not known, may say otherwise
        let value = self.known.default_port.filter(|_| self.known.binds.is_empty() && !self.has_unknown_source())?;
        Some(Given { value, range: whole })
    }

    /// The address, if one is given and certain.
    pub(super) fn host(&self) -> Option<Given<String>> {
        if let Some((text, range)) = self.command.option(self.known.hosts) {
            return Some(Given { value: self.state.expand(&text)?, range });
        }
        if let Some((text, range)) = self.command.option(self.known.binds) {
            let value = self.state.expand(&text)?;
            let host = value.rsplit_once(':')?.0.to_owned();
            return Some(Given { value: host, range });
        }
        let name = self.known.host_variables.iter().find(|name| self.state.sets_env(name))?;
        Some(Given { value: self.state.env(name)?.to_owned(), range: self.command.range() })
    }

    /// Whether it listens on this computer alone because nothing else is said.
    pub(super) fn stays_on_loopback(&self) -> bool {
        let says = |names: &[&str]| self.command.option(names).is_some();
        self.known.loopback
            && self.known.binds.is_empty()
            && !says(self.known.hosts)
            && !self.known.host_variables.iter().any(|name| self.state.sets_env(name))
            && !self.has_unknown_source()
            && !self.command.has("--uds")
            && !self.command.has("--fd")
    }

    /// Whether the image sets a variable.
    pub(super) fn sets(&self, variable: &str) -> bool {
        self.state.sets_env(variable)
    }

    /// Whether something that is not read here may say more.
    pub(super) fn has_unknown_source(&self) -> bool {
        let argv = self.command.argv();
        let takes_value =
            |before: &str| [self.known.ports, self.known.hosts, self.known.binds].concat().contains(&before);
        argv.iter().enumerate().any(|(at, word)| {
            let text = &*word.text;
            // A variable in the place of an argument may hold any number of them
            let is_value = || at > 0 && takes_value(&argv[at - 1].text);
            matches!(text, "--env-file" | "--config" | "$@" | "${@}" | "$*")
                || ["-c", "--config=", "--env-file="].iter().any(|flag| text.starts_with(flag))
                || text.starts_with('$') && !is_value()
        })
    }

    /// A number, if the file gives it. A default in the command, as in `${PORT:-8000}`, is for where nobody says more, and
    /// the settings of the Space may.
    fn number(&self, text: &str, range: Range<usize>) -> Option<Given<u16>> {
        let name = text.strip_prefix("${").and_then(|rest| rest.split_once(":-")).map(|(name, _)| name);
        if name.is_some_and(|name| !self.state.sets_env(name)) {
            return None;
        }
        let value = self.state.expand(text)?.trim().parse().ok()?;
        Some(Given { value, range })
    }
}

/// The port that the Hub asks, with its place in the README if it is written there.
pub(super) fn app_port(space: &Space<'_>) -> Option<(u16, Option<Range<usize>>)> {
    match space.readme()?.value("app_port") {
        None => Some((crate::facts::limits::APP_PORT_DEFAULT, None)),
        Some(node) => Some((u16::try_from(node.as_integer()?).ok()?, Some(node.range.clone()))),
    }
}

/// Whether an address means this computer alone.
pub(super) fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "::1" | "[::1]")
}
