//! A process that a `RUN` starts and that ends with it.
//!
//! ## What it does
//! Looks for a `RUN` that ends with a process in the background, or with the start of a service, and for a `RUN` that
//! uses a server which only an earlier one started, such as `ollama pull` after `RUN ollama serve &`.
//!
//! ## Why it matters
//! Every `RUN` is a container of its own: its processes end with it. The next one finds no server: `Error: could not
//! connect to ollama app, is it running?`
//!
//! ## Example
//! ```Dockerfile
//! FROM ollama/ollama:0.12.6
//! RUN ollama serve &
//! RUN ollama pull llama3.2
//! ENTRYPOINT ["ollama"]
//! CMD ["serve"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM ollama/ollama:0.12.6
//! RUN ollama serve & until ollama list; do sleep 1; done; ollama pull llama3.2
//! ENTRYPOINT ["ollama"]
//! CMD ["serve"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#run>; <https://github.com/ollama/ollama/issues/9859>

use std::ops::Range;

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::diagnostic::Level;
use crate::formats::dockerfile::{Command, Dockerfile, Form, Run, Stage, State};

pub(super) const RULE: Rule = Rule::new("background-process-in-run", Group::Broken, Check::Dockerfile(check));

/// A server, and the commands that need it to run.
struct Server {
    /// What starts it, as a part of a line.
    starts: &'static [&'static str],
    /// The program that needs it, and its verbs; none for all.
    client: &'static str,
    verbs: &'static [&'static str],
    /// Whether the client certainly needs it, even if nothing in the file starts it.
    is_certain: bool,
    /// Flags and variables that name a server elsewhere.
    elsewhere: &'static [&'static str],
}

const OLLAMA_VERBS: &[&str] = &["pull", "run", "create", "push", "show", "list", "ls", "cp", "rm"];
const POSTGRES: &[&str] = &["postgresql start", "pg_ctl", "pg_ctlcluster", "postgres &", "postgres -D"];
const MYSQL: &[&str] = &["mysql start", "mariadb start", "mysqld", "mariadbd"];
const HOSTS: &[&str] = &["-h", "--host", "://", "PGHOST"];

const SERVERS: [Server; 6] = [
    Server {
        starts: &["ollama serve", "ollama start"],
        client: "ollama",
        verbs: OLLAMA_VERBS,
        is_certain: true,
        elsewhere: &["OLLAMA_HOST"],
    },
    Server { starts: POSTGRES, client: "psql", verbs: &[], is_certain: false, elsewhere: HOSTS },
    Server { starts: POSTGRES, client: "createdb", verbs: &[], is_certain: false, elsewhere: HOSTS },
    Server { starts: MYSQL, client: "mysql", verbs: &[], is_certain: false, elsewhere: HOSTS },
    Server {
        starts: &["redis-server", "redis start"],
        client: "redis-cli",
        verbs: &[],
        is_certain: false,
        elsewhere: HOSTS,
    },
    Server { starts: &["mongod"], client: "mongosh", verbs: &[], is_certain: false, elsewhere: HOSTS },
];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    // Few files have any of it
    let words = ["&", " start", "ollama "];
    if !words.iter().any(|word| dockerfile.text.contains(word)) {
        return;
    }
    for stage in &dockerfile.stages {
        let used = clients(stage);
        for (run, command, server) in &used {
            let started = earlier(stage, run, server);
            if started.is_none() && !server.is_certain {
                continue;
            }
            found.push(client_finding(command, server, started));
        }
        let is_reported = |run: &Run<'_>| {
            used.iter().any(|(user, _, server)| earlier(stage, user, server) == Some(run.line.range.clone()))
        };
        found.extend(stage.runs().filter(|(_, run)| !is_reported(run)).filter_map(|(_, run)| useless(run)));
    }
}

/// The commands that need a server which their `RUN` does not start.
fn clients<'s, 't>(stage: &'s Stage<'t>) -> Vec<(&'s Run<'t>, &'s Command<'t>, &'static Server)> {
    let mut found = Vec::new();
    for (step, run) in stage.runs() {
        for server in &SERVERS {
            let text = run.line.text();
            if !text.contains(server.client) || !is_alone(run, server, &step.before) {
                continue;
            }
            let uses = |command: &&Command<'_>| {
                let verb = command.argv().get(1).map(|word| &*word.text);
                command.program() == Some(server.client)
                    && (server.verbs.is_empty() || verb.is_some_and(|verb| server.verbs.contains(&verb)))
            };
            found.extend(run.commands.iter().find(uses).map(|command| (run, command, server)));
        }
    }
    found
}

/// Whether a `RUN` certainly has no server of this kind: it starts none, runs no script that may, and uses none elsewhere.
fn is_alone(run: &Run<'_>, server: &Server, state: &State) -> bool {
    let text = run.line.text();
    let starts = server.starts.iter().any(|start| text.contains(start));
    let may_fail = text.contains("||") || text.contains("if ");
    let is_script = |command: &Command<'_>| {
        let program = command.argv().first().map(|word| &*word.text).unwrap_or_default();
        matches!(program, "sh" | "bash" | "source" | "." | "su" | "python" | "python3" | "supervisord" | "service")
            || program.contains('/')
            || program.contains('$')
            || command.argv().iter().any(|word| word.text.ends_with(".sh"))
    };
    let is_local = |value: &str| {
        value.is_empty()
            || ["0.0.0.0", "127.", "localhost", "http://0.0.0.0", "http://127.", "http://localhost", ":"]
                .iter()
                .any(|local| value.starts_with(local))
    };
    let is_elsewhere = server
        .elsewhere
        .iter()
        .any(|sign| text.contains(sign) || (state.sets_env(sign) && !state.env(sign).is_some_and(is_local)));
    !starts && !may_fail && !is_elsewhere && !run.commands.iter().any(is_script)
}

/// The earlier `RUN` of the stage that starts the server.
fn earlier(stage: &Stage<'_>, run: &Run<'_>, server: &Server) -> Option<Range<usize>> {
    let before = stage.runs().take_while(|(_, other)| other.line.range.start < run.line.range.start);
    let starting = before.filter(|(_, other)| server.starts.iter().any(|start| other.line.text().contains(start)));
    starting.last().map(|(_, run)| run.line.range.clone())
}

fn client_finding(command: &Command<'_>, server: &Server, started: Option<Range<usize>>) -> Finding {
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).take(2).collect();
    let what = if server.verbs.is_empty() { server.client.to_owned() } else { words.join(" ") };
    let finding =
        Finding::new(in_dockerfile(command.range()), format!("`{what}` needs a server, and none runs in this RUN"))
            .label("finds no server");
    match started {
        Some(range) => finding.related(in_dockerfile(range), "a server that is started here ends with its RUN"),
        None => finding,
    }
    .help("start the server in the background, wait for it and use it, all in one RUN")
}

/// A `RUN` whose last command leaves a process behind.
fn useless(run: &Run<'_>) -> Option<Finding> {
    let Form::Shell(text) = run.line.form else { return None };
    let last = run.commands.last()?;
    let ends = text.trim_end();
    let is_background = ends.ends_with('&') && !ends.ends_with("&&") && !ends.ends_with("\\&");
    let words: Vec<&str> = last.argv().iter().map(|word| &*word.text).collect();
    let is_service = matches!(&*words, ["service", _, "start"] | ["systemctl", "start", ..])
        || matches!(&*words, [script, "start"] if script.starts_with("/etc/init.d/"));
    if !is_background && !is_service {
        return None;
    }
    let what = if is_service { "the service" } else { "the process in the background" };
    let finding = Finding::new(in_dockerfile(last.range()), format!("{what} ends with this RUN"))
        .label("does not run in the container, nor in the next RUN")
        .help("start it where it is used: in the same RUN, or in the script that `CMD` starts");
    Some(finding.at_most(Level::Warning))
}
