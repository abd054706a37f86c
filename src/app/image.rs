//! What an image starts and where that listens, as its Dockerfile and the files in it say it.
//!
//! The one reader of this, for the rules that judge it and for detection that takes it over. Only what is certain is given, but
//! for [`likely_port`], which also takes a default that the settings of a Space could change.

use std::ops::Range;

use super::script::{loopback_in_code, port_in_code, shell_script};
use super::servers::{self, Around, Given, Started, is_loopback};
use super::streamlit::{DEFAULT_PORT, SETTINGS, server_port};
use crate::facts::servers::ServerRow;
use crate::formats::dockerfile::{CommandLine, Dockerfile, Instruction};
use crate::repo::Repo;

/// The server, if the container starts exactly one that is known, and the command line says all of it.
pub(crate) fn started<'d>(repo: &Repo, dockerfile: &'d Dockerfile<'d>) -> Option<Started<'d>> {
    servers::started(start_line(dockerfile)?, around(repo, dockerfile)?)
}

/// The one server of a name that the container starts, whatever else it starts.
pub(crate) fn started_as<'d>(repo: &Repo, dockerfile: &'d Dockerfile<'d>, name: &str) -> Option<Started<'d>> {
    servers::started_as(start_line(dockerfile)?, around(repo, dockerfile)?, |known| known == name)
}

fn around<'a>(repo: &'a Repo, dockerfile: &'a Dockerfile<'_>) -> Option<Around<'a>> {
    Some(Around { repo, state: &dockerfile.last_stage()?.end, text: dockerfile.text })
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

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    /// In the Dockerfile.
    Dockerfile(Range<usize>),
    /// In a file that the Dockerfile starts, there.
    File { path: String, range: Range<usize>, started: Range<usize> },
}

/// The port that the image listens on, and where that is said.
pub(crate) fn port(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Option<(u16, At)> {
    let server = started(repo, dockerfile);
    let by_command = server.and_then(|server| server.port().or_else(|| by_settings(repo, dockerfile, &server)));
    if let Some(given) = by_command {
        return Some((given.value, At::Dockerfile(given.range)));
    }
    if let Some(port) = started_in_script(repo, dockerfile, |server, _| server.port()) {
        return Some(port);
    }
    let code = port_in_code(repo, dockerfile)?;
    Some((code.value, At::File { path: code.file.to_owned(), range: code.range, started: code.started }))
}

/// The port that the image listens on where nobody says more than the files do, and the variable that would change it.
pub(crate) fn likely_port(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Option<(u16, At, Option<String>)> {
    if let Some((port, at)) = port(repo, dockerfile) {
        return Some((port, at, None));
    }
    if let Some((given, variable)) = started(repo, dockerfile).and_then(|server| server.likely_port()) {
        return Some((given.value, At::Dockerfile(given.range), variable));
    }
    let likely = |server: &Started<'_>, script: &str| {
        let (Given { value, range }, variable) = server.likely_port()?;
        // The script may set it itself
        variable.as_ref().is_none_or(|name| !script.contains(&format!("{name}="))).then_some(())?;
        Some(Given { value: (value, variable), range })
    };
    let ((port, variable), at) = started_in_script(repo, dockerfile, likely)?;
    Some((port, at, variable))
}

/// What is said about the one server that a shell script starts, where the container starts that.
fn started_in_script<T>(
    repo: &Repo,
    dockerfile: &Dockerfile<'_>,
    read: impl Fn(&Started<'_>, &str) -> Option<Given<T>>,
) -> Option<(T, At)> {
    let script = shell_script(repo, dockerfile, start_line(dockerfile)?)?;
    let line = CommandLine::of_shell(script.text);
    let server = servers::started(&line, around(repo, dockerfile)?)?;
    let Given { value, range } = read(&server, script.text)?;
    Some((value, At::File { path: script.path.to_owned(), range, started: script.started }))
}

/// The port of Streamlit where the command does not say it: that of its settings, or else its own.
fn by_settings(repo: &Repo, dockerfile: &Dockerfile<'_>, server: &Started<'_>) -> Option<Given<u16>> {
    let says = ["--server.port", "$", "--config"];
    let is_given = server.command.argv().iter().any(|word| says.iter().any(|part| word.text.contains(part)));
    if server.name() != "streamlit" || is_given || server.row.port_variables.iter().any(|name| server.sets(name)) {
        return None;
    }
    let port = match server_port(repo) {
        Some((port, _)) => u16::try_from(port).ok()?,
        // Settings that are not understood, or are made while the image is built, may say otherwise
        None if repo.get(SETTINGS).is_some_and(|file| file.text().is_none_or(|text| text.contains("port"))) => {
            return None;
        }
        None if dockerfile.text.contains(".streamlit") => return None,
        None => DEFAULT_PORT,
    };
    Some(Given { value: port, range: server.command.range() })
}

/// How an image comes to listen on its own loopback address alone.
pub(crate) enum Loopback {
    /// The server does where no address is given.
    ByDefault { server: &'static ServerRow, at: Range<usize> },
    /// The command or a variable says so.
    Given { server: &'static str, host: String, at: Range<usize> },
    /// The script that is started says so, or starts a server that does where no address is given.
    InCode { host: Option<String>, file: String, at: Range<usize>, started: Range<usize> },
}

/// Whether the image listens on its own loopback address alone.
pub(crate) fn loopback(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Option<Loopback> {
    let Some(server) = started(repo, dockerfile) else {
        let in_script = |server: &Started<'_>, _: &str| {
            let by_default = server.stays_on_loopback().then(|| Given { value: None, range: server.command.range() });
            let given = || server.host().filter(|host| is_loopback(&host.value));
            by_default.or_else(|| given().map(|Given { value, range }| Given { value: Some(value), range }))
        };
        if let Some((host, At::File { path: file, range: at, started })) =
            started_in_script(repo, dockerfile, in_script)
        {
            return Some(Loopback::InCode { host, file, at, started });
        }
        let code = loopback_in_code(repo, dockerfile)?;
        let (file, at, started) = (code.file.to_owned(), code.range, code.started);
        return Some(Loopback::InCode { host: code.value, file, at, started });
    };
    if server.stays_on_loopback() {
        return Some(Loopback::ByDefault { server: server.row, at: server.command.range() });
    }
    let Given { value: host, range: at } = server.host().filter(|host| is_loopback(&host.value))?;
    Some(Loopback::Given { server: server.name(), host, at })
}

/// The ports of `EXPOSE` in the stages that the image comes from, each with its place. None if one of them is not known.
pub(crate) fn exposed(dockerfile: &Dockerfile<'_>) -> Option<Vec<Given<u16>>> {
    let mut exposed = Vec::new();
    for step in dockerfile.image_steps() {
        let Instruction::Expose(words) = &step.instruction else { continue };
        for word in words {
            let text = step.before.expand(&word.text)?;
            let value = text.split('/').next().unwrap_or_default().parse().ok()?;
            exposed.push(Given { value, range: word.range.clone() });
        }
    }
    Some(exposed)
}
