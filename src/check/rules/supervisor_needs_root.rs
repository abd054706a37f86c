//! Settings of supervisor that only work as root.
//!
//! ## What it does
//! Looks in the settings of a supervisor that the container starts for `user=root`, and for a log, a socket or a pid file
//! in a folder that belongs to root, such as `/var/log`. A folder that a `RUN` mentions is skipped.
//!
//! ## Why it matters
//! The container runs as UID 1000. Supervisor stops at once: `Error: Can't drop privilege as nonroot user`, or
//! `PermissionError: [Errno 13] Permission denied: '/var/log/supervisor/supervisord.log'`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends supervisor && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! USER user
//! ENV HOME=/home/user
//! WORKDIR /home/user/app
//! COPY --chown=user . .
//! CMD ["supervisord", "-c", "supervisord.conf"]
//! ```
//! ```supervisord.conf
//! [supervisord]
//! nodaemon=true
//! user=root
//! logfile=/var/log/supervisor/supervisord.log
//!
//! [program:web]
//! command=python -m http.server 7860
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends supervisor && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! USER user
//! ENV HOME=/home/user
//! WORKDIR /home/user/app
//! COPY --chown=user . .
//! CMD ["supervisord", "-c", "supervisord.conf"]
//! ```
//! ```supervisord.conf
//! [supervisord]
//! nodaemon=true
//! logfile=/dev/null
//! logfile_maxbytes=0
//! pidfile=/tmp/supervisord.pid
//!
//! [program:web]
//! command=python -m http.server 7860
//! ```
//!
//! ## Source
//! <https://supervisord.org/configuration.html>; `drop_privileges` and `write_pidfile` in
//! <https://github.com/Supervisor/supervisor/blob/main/supervisor/options.py>;
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Place, Rule, Scope, Space, Subject};
use crate::check::context::Context;
use crate::check::diagnostic::Level;
use crate::formats::dockerfile::{Dockerfile, State};
use crate::formats::supervisord::{Section, Setting, sections};

pub(super) const RULE: Rule =
    Rule::new("supervisor-needs-root", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check)).of(Scope::SPACES);

/// The program that reads the settings.
const PROGRAM: &str = "supervisord";

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    if !dockerfile.text.contains(PROGRAM) || !is_started(dockerfile) {
        return;
    }
    let Some((path, sections)) = settings(dockerfile, space) else { return };
    let Some(state) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    for section in &sections {
        let name = section.name.text.as_str();
        let is_own = name == PROGRAM;
        if is_own || name.starts_with("program:") {
            found.extend(section.get("user").and_then(|user| other_user(path, user, state)));
        }
        // What is installed and who owns it is unknown there
        if state.base_is_unknown() {
            continue;
        }
        for (key, fails) in written(name) {
            found.extend(section.get(key).and_then(|file| owned_by_root(path, file, *fails, dockerfile)));
        }
    }
}

/// Whether the container starts it, itself or with a script.
fn is_started(dockerfile: &Dockerfile<'_>) -> bool {
    let lines = [dockerfile.entrypoint(), dockerfile.cmd()].into_iter().flatten();
    let mut words = lines
        .flat_map(|(_, line)| line.commands())
        .flat_map(|command| command.argv().iter().map(|word| word.text.to_string()).collect::<Vec<_>>());
    words.any(|word| word.rsplit('/').next() == Some(PROGRAM))
}

/// The only file with settings of supervisor itself that the image may have.
fn settings<'r>(dockerfile: &Dockerfile<'_>, space: &Space<'r>) -> Option<(&'r str, Vec<Section>)> {
    let context = Context::of(dockerfile);
    let files = space.repo().files().filter(|file| {
        let is_settings = matches!(file.name().rsplit_once('.'), Some((_, "conf" | "ini")));
        is_settings && file.path().matches('/').count() < 4
    });
    let mut found = files.filter_map(|file| {
        let sections = sections(file.text()?)?;
        let is_own = sections.iter().any(|section| section.name.text == PROGRAM);
        (is_own && context.may_have(file.path(), space)).then_some((file.path(), sections))
    });
    found.next().filter(|_| found.next().is_none())
}

/// Users of packages, whose number is below 1000 or above 60000.
const OF_PACKAGES: [&str; 7] = ["www-data", "nobody", "daemon", "nginx", "redis", "postgres", "mysql"];

/// A user that supervisor cannot become: only root can change who it is.
fn other_user(path: &str, user: &Setting, state: &State) -> Option<Finding> {
    let name = user.value.as_str();
    let account = state.account(name);
    let uid = match name {
        "root" => Some(0),
        name => name.parse().ok().or_else(|| account.and_then(|account| account.uid)),
    };
    let who = match uid {
        Some(0) => "root".to_owned(),
        Some(1000) => return None,
        Some(uid) => format!("`{name}`, which is UID {uid}"),
        None if account.is_none() && OF_PACKAGES.contains(&name) => format!("`{name}`"),
        None => return None,
    };
    let finding = Finding::new(Place::bytes(path, user.range.clone()), format!("supervisor cannot become {who}"))
        .label("runs as UID 1000, which cannot change its user")
        .help("remove the line");
    Some(finding)
}

/// The settings of a section that name a file, and whether it fails if that cannot be written.
fn written(section: &str) -> &'static [(&'static str, bool)] {
    match section {
        PROGRAM => &[("logfile", true), ("pidfile", false)],
        "unix_http_server" => &[("file", true)],
        _ if section.starts_with("program:") => &[("stdout_logfile", true), ("stderr_logfile", true)],
        _ => &[],
    }
}

fn owned_by_root(path: &str, file: &Setting, fails: bool, dockerfile: &Dockerfile<'_>) -> Option<Finding> {
    const OF_ROOT: [&str; 6] = ["/var/log/", "/var/run/", "/run/", "/var/lib/", "/etc/", "/opt/"];
    let name = file.value.trim_matches(['"', '\'']);
    let root = OF_ROOT.iter().find(|root| name.starts_with(*root))?;
    let is_mentioned = |text: &str| text.contains(root.trim_end_matches('/'));
    // It may be created there, or given to the user
    let is_made = dockerfile.image_runs().any(|(_, run)| {
        let mut commands = run.commands.iter().filter(|command| command.program() != Some("rm"));
        commands.any(|command| command.argv().iter().any(|word| is_mentioned(&word.text)))
    });
    let is_copied = dockerfile.image_copies().any(|(_, copy)| copy.destination.text.starts_with("/var"));
    if name.contains('%') || is_made || is_copied {
        return None;
    }
    let message = format!("supervisor cannot write `{name}`");
    let finding = Finding::new(Place::bytes(path, file.range.clone()), message)
        .label("a folder of root, and supervisor runs as UID 1000")
        .help(format!("write `{}=/tmp/{}`", file.key, name.rsplit('/').next().unwrap_or(name)));
    // Without its pid file it runs on
    Some(if fails { finding } else { finding.at_most(Level::Warning) })
}
