//! Which server a command starts, and where it listens, as far as its words and its environment show.
//!
//! The only reader of such commands: in a Dockerfile, a `Procfile`, a script. The properties of each server
//! are a row in [`crate::facts::servers`].

use std::ops::Range;

use crate::facts::limits::APP_PORT_MIN;
use crate::facts::servers::{DefaultHost, Package, SERVERS, ServerRow};
use crate::formats::dockerfile::{Command, CommandLine, State};
use crate::repo::Repo;
use crate::values::{last_part, launched, server_named};

/// A value and its byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) range: Range<usize>,
}

/// A server that a command starts.
pub(crate) struct Started<'d> {
    pub(crate) row: &'static ServerRow,
    pub(crate) command: Command<'d>,
    /// The environment that the command starts with.
    state: State,
    /// Whether files or variables that are not read may change it.
    has_settings: bool,
}

/// The setting of a port.
enum Said {
    /// This text, variables not expanded.
    As(Given<String>),
    /// An unknown form.
    Unclear,
    /// Not set.
    Nothing,
}

/// Options with which a server prints something and ends.
const SERVES_NOTHING: [&str; 4] = ["--version", "--help", "--check-config", "--print-config"];

/// The row of the server that a command starts; none if it starts none.
pub(crate) fn server(command: &Command<'_>) -> Option<&'static ServerRow> {
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
    let at = launched(&words, false);
    let name = last_part(words.get(at)?);
    if words[at + 1..].iter().any(|word| SERVES_NOTHING.contains(word)) {
        return None;
    }
    let is_meant = |row: &&ServerRow| {
        row.names.contains(&name)
            && (row.verbs.is_empty() || words[at + 1..].iter().any(|word| row.verbs.contains(word)))
    };
    SERVERS.iter().find(is_meant)
}

/// The package of the server that a command starts, if only the command needs it.
pub(crate) fn package_of(command: &[String]) -> Option<&'static str> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    match server_named(last_part(words.get(launched(&words, false))?))?.package {
        Package::Server(package) => Some(package),
        Package::OfApp(_) | Package::OfNode(_) | Package::None => None,
    }
}

/// The port on which the words of a command say that its server listens, if a Space can use it.
pub(crate) fn port_of(command: &[String]) -> Option<u16> {
    let text = shlex::try_join(command.iter().map(String::as_str)).ok()?;
    let line = CommandLine::of_shell(&text);
    let around = Around { repo: &Repo::default(), state: &State::default(), text: &text };
    let port = started(&line, around)?.stated_port()?.value;
    (port >= APP_PORT_MIN).then_some(port)
}

/// Whether a package is a server that only a start command needs: another command needs another.
pub(crate) fn is_server(package: &str) -> bool {
    SERVERS.iter().any(|row| matches!(row.package, Package::Server(name) if name == package))
}

/// Programs that run in the background by themselves or start others, and may listen.
const DAEMONS: [&str; 9] =
    ["nginx", "caddy", "haproxy", "traefik", "httpd", "apache2", "service", "supervisord", "cloudflared"];

/// The environment of a command, and the texts that mention it, such as the Dockerfile.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) repo: &'a Repo,
    pub(crate) state: &'a State,
    pub(crate) text: &'a str,
}

/// The server, if a line starts exactly one known server with all of its settings. None also if another program is started that
/// may answer in its place, such as a proxy.
pub(crate) fn started<'d>(line: &CommandLine<'d>, around: Around<'_>) -> Option<Started<'d>> {
    let is_daemon = |command: &Command<'_>| {
        server(command).is_none() && command.program().is_some_and(|name| DAEMONS.contains(&name))
    };
    if line.runs_in_background() || line.commands().iter().any(is_daemon) {
        return None;
    }
    started_as(line, around, |_| true)
}

/// The server with a name, if a line starts it exactly once.
pub(crate) fn started_as<'d>(
    line: &CommandLine<'d>,
    around: Around<'_>,
    is_wanted: impl Fn(&str) -> bool,
) -> Option<Started<'d>> {
    let servers = line.commands().into_iter().filter_map(|command| Started::of(command, around));
    let mut servers = servers.filter(|server| is_wanted(server.name()));
    let mut server = servers.next().filter(|_| servers.next().is_none())?;
    server.has_settings |= line.commands().iter().any(|command| may_export(command, server.row));
    Some(server)
}

/// Whether a shell command may set what a server reads from its environment.
fn may_export(command: &Command<'_>, row: &ServerRow) -> bool {
    let mut names = [row.port_variables, row.host_variables, row.settings_variables].concat().into_iter();
    match command.program() {
        Some("source" | ".") => true,
        Some("export") => names.any(|name| command.argv().iter().any(|word| word.text.starts_with(name))),
        _ => false,
    }
}

/// Whether an address means only this computer.
pub(crate) fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "::1" | "[::1]")
}

impl<'d> Started<'d> {
    fn of(command: Command<'d>, around: Around<'_>) -> Option<Self> {
        let Around { repo, state, text } = around;
        let row = server(&command)?;
        let by_variable = row.settings_variables.iter().any(|name| state.sets_env(name) || text.contains(name));
        let is_settings = |name: &str| row.settings_files.iter().any(|begin| name.starts_with(begin));
        let by_file = row.settings_files.iter().any(|begin| text.contains(begin))
            || !row.settings_files.is_empty() && repo.files().any(|file| is_settings(file.name()));
        // What is fetched while the image is built may have such a file
        let by_file = by_file || !row.settings_files.is_empty() && text.contains("git clone");
        let may_have_any = !row.settings_variables.is_empty() || !row.settings_files.is_empty();
        let has_settings = by_variable || by_file || may_have_any && state.base_is_unknown();
        Some(Self { row, command, state: state.clone(), has_settings })
    }

    /// The name of the server.
    pub(crate) fn name(&self) -> &'static str {
        self.row.names.first().copied().unwrap_or_default()
    }

    /// The port, if it is certain.
    pub(crate) fn port(&self) -> Option<Given<u16>> {
        if self.count(self.row.sockets) > 0 {
            return None;
        }
        let by_default = self.row.default_port.filter(|_| !self.is_unsettled());
        let Given { value, range } = match self.said_port() {
            Said::As(given) => given,
            Said::Unclear => return None,
            Said::Nothing => return by_default.map(|value| Given { value, range: self.command.range() }),
        };
        // A default in the command, as in `${PORT:-8000}`, only applies to an unset variable, and the settings of a Space may
        let name = variable_with_default(&value);
        if name.is_some_and(|name| !self.state.sets_env(name)) {
            return None;
        }
        Some(Given { value: self.state.expand(&value)?.trim().parse().ok()?, range })
    }

    /// The port, if the command or a variable certainly sets it: a default does not count if the variable may be set.
    pub(crate) fn stated_port(&self) -> Option<Given<u16>> {
        self.port().filter(|_| !matches!(self.said_port(), Said::Nothing))
    }

    /// The port including defaults: a default in the command counts too, with the name of the variable
    /// that would change it.
    pub(crate) fn likely_port(&self) -> Option<(Given<u16>, Option<String>)> {
        if let Some(port) = self.port() {
            return Some((port, None));
        }
        let Said::As(Given { value, range }) = self.said_port() else { return None };
        let name = variable_with_default(&value)?.to_owned();
        let port = self.state.expand(&value)?.trim().parse().ok()?;
        Some((Given { value: port, range }, Some(name)))
    }

    /// The setting of the port, variables not expanded.
    fn said_port(&self) -> Said {
        // Of several, the last may count, or all of them
        if self.count(self.row.ports) + self.count(self.row.binds) > 1 {
            return Said::Unclear;
        }
        if let Some(given) = self.option(self.row.ports) {
            return Said::As(given);
        }
        if let Some(Given { value, range }) = self.option(self.row.binds) {
            // A colon in `${PORT:-8000}` belongs to the port
            let end = value.rfind("${").filter(|_| value.ends_with('}')).unwrap_or(value.len());
            let port = value[..end].rfind(':').map_or(&*value, |colon| &value[colon + 1..]);
            return Said::As(Given { value: port.to_owned(), range });
        }
        if self.row.port_is_argument {
            let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let argv = self.command.argv();
            let is_argument = |at: usize| at == 0 || !argv[at - 1].text.starts_with('-');
            let mut words = argv.iter().enumerate().rev();
            let word = words.find(|(at, word)| is_number(&word.text) && is_argument(*at)).map(|(_, word)| word);
            let given = word.map(|word| Given { value: word.text.to_string(), range: word.range.clone() });
            return given.map_or(Said::Nothing, Said::As);
        }
        let Some(name) = self.row.port_variables.iter().find(|name| self.sets(name)) else { return Said::Nothing };
        let is_settled = self.row.settings_files.is_empty() || !self.is_unsettled();
        match self.variable(name).filter(|_| is_settled) {
            Some(value) => Said::As(Given { value, range: self.command.range() }),
            None => Said::Unclear,
        }
    }

    /// The address, if it is set and certain.
    pub(crate) fn host(&self) -> Option<Given<String>> {
        if self.count(self.row.hosts) + self.count(self.row.binds) > 1 {
            return None;
        }
        if let Some(Given { value, range }) = self.option(self.row.hosts) {
            return Some(Given { value: self.state.expand(&value)?, range });
        }
        if let Some(Given { value, range }) = self.option(self.row.binds) {
            let value = self.state.expand(&value)?;
            return Some(Given { value: value.rsplit_once(':')?.0.to_owned(), range });
        }
        let name = self.row.host_variables.iter().find(|name| self.sets(name))?;
        Some(Given { value: self.variable(name)?, range: self.command.range() })
    }

    /// Whether it only listens on this computer by default.
    pub(crate) fn stays_on_loopback(&self) -> bool {
        let is_given = |flags: &[&str]| {
            let words = self.command.argv();
            flags.iter().any(|flag| words.iter().any(|word| is_flag(&word.text, flag).is_some()))
        };
        let is_set = |names: &[&str]| names.iter().any(|name| self.sets(name));
        let row = self.row;
        let is_said = [row.hosts, row.binds, row.sockets].into_iter().any(is_given)
            || is_set(row.host_variables)
            || row.port_variable_opens && is_set(row.port_variables);
        row.default_host == DefaultHost::Loopback && !is_said && !self.is_unsettled()
    }

    /// Whether the image or the command itself sets a variable.
    pub(crate) fn sets(&self, name: &str) -> bool {
        self.assigned(name).is_some() || self.state.sets_env(name)
    }

    /// The value of a variable, if it is known.
    fn variable(&self, name: &str) -> Option<String> {
        match self.assigned(name) {
            Some(value) => self.state.expand(value),
            None => self.state.env(name).map(str::to_owned),
        }
    }

    /// `NAME=value` before the program, as a shell or `env` reads it.
    fn assigned(&self, name: &str) -> Option<&str> {
        let wrappers = &self.command.words[..self.command.words.len() - self.command.argv().len()];
        let words = self.command.assignments.iter().chain(wrappers);
        words.filter_map(|word| word.text.split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether something that is not read may change the settings of the command line and the environment.
    fn is_unsettled(&self) -> bool {
        self.has_settings || self.has_unknown_source()
    }

    /// Whether the command uses files or variables that may change the settings.
    pub(crate) fn has_unknown_source(&self) -> bool {
        let argv = self.command.argv();
        let takes_value = |before: &str| [self.row.ports, self.row.hosts, self.row.binds].concat().contains(&before);
        argv.iter().enumerate().any(|(at, word)| {
            let text = &*word.text;
            // A variable in place of an argument may expand to any number of them
            let is_value = || at > 0 && takes_value(&argv[at - 1].text);
            matches!(text, "--env-file" | "--config" | "--paste" | "$@" | "${@}" | "$*")
                || ["-c", "--config=", "--env-file="].iter().any(|flag| text.starts_with(flag))
                || text.starts_with('$') && !is_value()
        })
    }

    /// How often the command has one of some flags.
    fn count(&self, flags: &[&str]) -> usize {
        let words = self.command.argv().iter().skip(1);
        words.filter(|word| flags.iter().any(|flag| is_flag(&word.text, flag).is_some())).count()
    }

    /// The value of the first of several flags: `--name value`, `--name=value`, `-n value` or `-nvalue`.
    fn option(&self, flags: &[&str]) -> Option<Given<String>> {
        let argv = self.command.argv();
        let (at, joined) = argv.iter().enumerate().skip(1).find_map(|(at, word)| {
            let joined = flags.iter().find_map(|flag| is_flag(&word.text, flag))?;
            Some((at, joined))
        })?;
        if joined.is_empty() {
            return argv.get(at + 1).map(|word| Given { value: word.text.to_string(), range: word.range.clone() });
        }
        let end = argv[at].range.end;
        let start = end.saturating_sub(joined.len()).max(argv[at].range.start);
        Some(Given { value: joined.to_owned(), range: start..end })
    }
}

/// The value in a word that is the flag: the inner none if the next word is the value.
fn is_flag<'w>(word: &'w str, flag: &str) -> Option<&'w str> {
    let rest = word.strip_prefix(flag)?;
    if rest.is_empty() {
        return Some(rest);
    }
    let is_short = flag.len() == 2 && !rest.starts_with('-');
    rest.strip_prefix('=').filter(|value| !value.is_empty()).or_else(|| is_short.then_some(rest))
}

/// The name in `${NAME:-default}`.
fn variable_with_default(text: &str) -> Option<&str> {
    text.strip_prefix("${").and_then(|rest| rest.split_once(":-")).map(|(name, _)| name)
}
