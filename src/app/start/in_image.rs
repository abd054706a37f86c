//! What an image starts and where that listens, according to its Dockerfile and the files in it.
//!
//! The only reader of this, for the rules and for detection. It only returns what is certain, except for
//! [`likely_port`], which also takes a default that the settings of a Space could change.

use std::ops::Range;

use super::listening::OnlyHere;
use super::other_languages;
use super::script::{self, loopback_in_code, port_in_code, shell_script};
use super::servers::{self, Around, Given, Started, is_loopback};
use super::startup::{Spot, only_server};
use super::streamlit::{DEFAULT_PORT, SETTINGS, server_port};
use crate::app::image::contents::ImageFiles;
use crate::facts::servers::ServerRow;
use crate::formats::dockerfile::{CommandLine, Dockerfile, Form, Instruction, Word};
use crate::formats::python::Sources;
use crate::repo::Repo;

/// The server, if the container starts exactly one known server, and the command line shows all of its settings.
pub(crate) fn started<'d>(repo: &Repo, dockerfile: &'d Dockerfile<'d>) -> Option<Started<'d>> {
    servers::started(start_line(dockerfile)?, around(repo, dockerfile)?)
}

/// The server with a name, if the container starts it exactly once.
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
        // The text alone does not show which of the two is the program
        _ => None,
    }
}

const DOCKERFILE: &str = "Dockerfile";

/// Where a setting was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    /// In the Dockerfile.
    Dockerfile(Range<usize>),
    /// In a file that the Dockerfile starts, at this place.
    File { path: String, range: Range<usize>, started: Range<usize> },
}

impl At {
    fn of(file: &str, range: Range<usize>, started: Range<usize>) -> Self {
        Self::File { path: file.to_owned(), range, started }
    }

    /// A place in any file, and where the Dockerfile starts what is there.
    fn in_file(spot: Spot, started: Range<usize>) -> Self {
        if spot.path == DOCKERFILE {
            return Self::Dockerfile(spot.range);
        }
        Self::File { path: spot.path, range: spot.range, started }
    }
}

/// The port of the image, and where it is set.
pub(crate) fn port<'r>(repo: &'r Repo, dockerfile: &Dockerfile<'_>, sources: &Sources<'r>) -> Option<(u16, At)> {
    let server = started(repo, dockerfile);
    let by_command = server.and_then(|server| server.port().or_else(|| by_settings(repo, dockerfile, &server)));
    if let Some(given) = by_command {
        return Some((given.value, At::Dockerfile(given.range)));
    }
    if let Some(port) = started_in_script(repo, dockerfile, |server, _| server.port()) {
        return Some(port);
    }
    if let Some(code) = port_in_code(repo, dockerfile, sources) {
        let at = At::of(code.file, code.range, code.started);
        return code.variable.is_none().then_some((code.value, at));
    }
    in_other_code(repo, dockerfile).filter(|(_, _, variable)| variable.is_none()).map(|(port, at, _)| (port, at))
}

/// The port of a program in another language, and the variable that would change it.
fn in_other_code(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Option<(u16, At, Option<String>)> {
    let found = other_languages::listens(&ImageFiles::of(repo, dockerfile))?;
    let (port, variable) = found.port?;
    let at = At::in_file(found.at, found.started);
    let state = &dockerfile.last_stage()?.end;
    match variable {
        Some(name) if state.sets_env(&name) => Some((state.env(&name)?.trim().parse().ok()?, at, None)),
        variable => Some((port, at, variable)),
    }
}

/// The port of the image with defaults, and the variable that would change it.
pub(crate) fn likely_port<'r>(
    repo: &'r Repo,
    dockerfile: &Dockerfile<'_>,
    sources: &Sources<'r>,
) -> Option<(u16, At, Option<String>)> {
    if let Some((port, at)) = port(repo, dockerfile, sources) {
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
    if let Some(((port, variable), at)) = started_in_script(repo, dockerfile, likely) {
        return Some((port, at, variable));
    }
    if let Some(code) = port_in_code(repo, dockerfile, sources) {
        return Some((code.value, At::of(code.file, code.range, code.started), code.variable));
    }
    in_other_code(repo, dockerfile)
}

/// Whether the container starts JavaScript that never loads a file.
pub(crate) fn leaves_out(repo: &Repo, dockerfile: &Dockerfile<'_>, path: &str) -> bool {
    script::leaves_out(repo, dockerfile, path)
}

/// A setting of the only server that a shell script starts, if the container starts that script.
fn started_in_script<T>(
    repo: &Repo,
    dockerfile: &Dockerfile<'_>,
    read: impl Fn(&Started<'_>, &str) -> Option<Given<T>>,
) -> Option<(T, At)> {
    let plain = || {
        let script = shell_script(repo, dockerfile, start_line(dockerfile)?)?;
        let line = CommandLine::of_shell(script.text);
        let server = servers::started(&line, around(repo, dockerfile)?)?;
        let Given { value, range } = read(&server, script.text)?;
        Some((value, At::of(script.path, range, script.started)))
    };
    plain().or_else(|| followed(repo, dockerfile, &read))
}

/// The same for the only server that the commands of the container lead to, through `package.json` or several scripts.
fn followed<T>(
    repo: &Repo,
    dockerfile: &Dockerfile<'_>,
    read: &impl Fn(&Started<'_>, &str) -> Option<Given<T>>,
) -> Option<(T, At)> {
    let files = ImageFiles::of(repo, dockerfile);
    let (command, exports) = only_server(&files)?;
    // Arguments and variables that are not followed may set another
    if command.words.iter().any(|word| matches!(&*word.text, "$@" | "${@}" | "$*")) {
        return None;
    }
    let assigned = command.assignments.iter().map(|text| (text.clone(), 0));
    let words = command.words.iter().enumerate().map(|(at, word)| (word.text.clone(), at));
    let words = std::iter::once(("env".to_owned(), 0)).chain(assigned).chain(words);
    let words = words.map(|(text, at)| Word { text: text.into(), range: at..at + 1 }).collect();
    let line = CommandLine { form: Form::Exec(words), range: 0..0 };
    let server = servers::started(&line, around(repo, dockerfile)?)?;
    let row = server.row;
    let read_by_it = [row.port_variables, row.host_variables, row.settings_variables].concat();
    if exports.iter().any(|name| name == "*" || read_by_it.contains(&&**name)) {
        return None;
    }
    let Given { value, range } = read(&server, dockerfile.text)?;
    let whole = command.spot();
    // The places of the words are their numbers
    let at = if range.len() == 1 { command.words.get(range.start)?.at.clone() } else { whole };
    let started = command.through.first().map_or(0..0, |spot| spot.range.clone());
    Some((value, At::in_file(at, started)))
}

/// Streamlit's port if the command does not set it: from its settings, otherwise its default.
fn by_settings(repo: &Repo, dockerfile: &Dockerfile<'_>, server: &Started<'_>) -> Option<Given<u16>> {
    let says = ["--server.port", "$", "--config"];
    let is_given = server.command.argv().iter().any(|word| says.iter().any(|part| word.text.contains(part)));
    if server.name() != "streamlit" || is_given || server.row.port_variables.iter().any(|name| server.sets(name)) {
        return None;
    }
    let port = match server_port(repo) {
        Some((port, _)) => u16::try_from(port).ok()?,
        // Settings that cannot be read, or are created while the image is built, may set it
        None if repo.get(SETTINGS).is_some_and(|file| file.text().is_none_or(|text| text.contains("port"))) => {
            return None;
        }
        None if dockerfile.text.contains(".streamlit") => return None,
        None => DEFAULT_PORT,
    };
    Some(Given { value: port, range: server.command.range() })
}

/// Why an image only listens on its own loopback address.
pub(crate) enum Loopback {
    /// It is the server's default.
    ByDefault { server: &'static ServerRow, at: Range<usize> },
    /// The command or a variable sets it.
    Given { server: &'static str, host: String, at: Range<usize> },
    /// The script that is started sets it, or starts a server with this default.
    InCode { host: Option<String>, variable: Option<String>, at: At },
}

/// Whether the image only listens on its own loopback address.
pub(crate) fn loopback<'r>(repo: &'r Repo, dockerfile: &Dockerfile<'_>, sources: &Sources<'r>) -> Option<Loopback> {
    let Some(server) = started(repo, dockerfile) else {
        let in_script = |server: &Started<'_>, _: &str| {
            let by_default = server.stays_on_loopback().then(|| Given { value: None, range: server.command.range() });
            let given = || server.host().filter(|host| is_loopback(&host.value));
            by_default.or_else(|| given().map(|Given { value, range }| Given { value: Some(value), range }))
        };
        if let Some((host, at)) = started_in_script(repo, dockerfile, in_script) {
            return Some(Loopback::InCode { host, variable: None, at });
        }
        if let Some(code) = loopback_in_code(repo, dockerfile, sources) {
            let at = At::of(code.file, code.range, code.started);
            return Some(Loopback::InCode { host: code.value, variable: code.variable, at });
        }
        return other_loopback(repo, dockerfile);
    };
    if server.stays_on_loopback() {
        return Some(Loopback::ByDefault { server: server.row, at: server.command.range() });
    }
    match server.host().filter(|host| is_loopback(&host.value)) {
        Some(Given { value: host, range: at }) => Some(Loopback::Given { server: server.name(), host, at }),
        None => other_loopback(repo, dockerfile),
    }
}

/// The same for a program that is not in the table of servers, or whose address its settings decide.
fn other_loopback(repo: &Repo, dockerfile: &Dockerfile<'_>) -> Option<Loopback> {
    let found = other_languages::listens(&ImageFiles::of(repo, dockerfile))?;
    let at = At::in_file(found.at, found.started);
    let OnlyHere { host, variable } = found.loopback?;
    let state = &dockerfile.last_stage()?.end;
    match variable {
        Some(name) if state.sets_env(&name) => {
            let host = state.env(&name).filter(|host| is_loopback(host))?.to_owned();
            Some(Loopback::InCode { host: Some(host), variable: None, at })
        }
        // A script may set it
        Some(name) if dockerfile.text.contains(&name) => None,
        variable => Some(Loopback::InCode { host, variable, at }),
    }
}

/// The ports of `EXPOSE` in the stages that the image is built on, each with its place. None if one of them is unknown.
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
