//! A start command that needs root.
//!
//! ## What it does
//! Looks in the commands that the container certainly executes, also in a start script, for `sudo`, `systemctl`, `cron`,
//! the start of a service, and programs that change the user: `gosu`, `su-exec`, `runuser`, `chroot`. `sudo` is skipped if the Dockerfile writes rules for it, and services if it gives their folders
//! to another user.
//!
//! ## Why it matters
//! The container runs as UID 1000, without systemd. The command fails: `sudo: command not found`, `System has not been
//! booted with systemd as init system`, or `Permission denied` for a pid file or a log.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! USER user
//! ENV HOME=/home/user
//! WORKDIR /home/user/app
//! COPY --chown=user . .
//! CMD ["sh", "start.sh"]
//! ```
//! ```start.sh
//! service redis-server start
//! exec python -m http.server 7860
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! USER user
//! ENV HOME=/home/user
//! WORKDIR /home/user/app
//! COPY --chown=user . .
//! CMD ["sh", "start.sh"]
//! ```
//! ```start.sh
//! redis-server --daemonize yes --dir /tmp
//! exec python -m http.server 7860
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>, <https://github.com/tianon/gosu>,
//! <https://github.com/ncopa/su-exec>

use super::{Check, Finding, Group, Rule, Scope, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::startup::{Executed, executed};
use crate::check::space::in_spot;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("start-needs-root", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(state) = dockerfile.last_stage().map(|stage| &stage.end) else { return };
    let is_known = !state.base_is_unknown();
    for command in executed(&ImageFiles::of(space.repo(), dockerfile)) {
        let Some((what, help)) = problem(&command, dockerfile, is_known) else { continue };
        let mut finding = Finding::new(in_spot(&command.spot()), what).label("runs as UID 1000").help(help);
        for spot in command.through.iter().take(1) {
            finding = finding.related(in_spot(spot), "started by this");
        }
        found.push(finding);
    }
}

/// Why a command fails without root, and what to do.
fn problem(command: &Executed, dockerfile: &Dockerfile<'_>, is_known: bool) -> Option<(String, &'static str)> {
    const ITSELF: &str = "start the program itself, with its files in a folder of the user";
    let texts = command.texts();
    if command.program() == "systemctl" {
        return Some(("a container has no systemd".to_owned(), ITSELF));
    }
    if !is_known {
        return None;
    }
    if command.program() == "sudo" || command.assignments.iter().any(|word| word == "sudo") {
        let has_rules = ["sudoers", "NOPASSWD"].iter().any(|word| dockerfile.text.contains(word));
        let finding = ("`sudo` cannot become root".to_owned(), "remove `sudo`, and do in a `RUN` what needs root");
        return (!has_rules).then_some(finding);
    }
    if let ["gosu" | "su-exec" | "runuser" | "chroot", first, _, ..] = &*texts
        && !first.starts_with("--")
        && !["u+s", "+s ", "4755", "setcap"].iter().any(|mode| dockerfile.text.contains(mode))
    {
        let what = format!("`{}` cannot change the user", command.program());
        return Some((what, "start the program itself, with `USER` in the Dockerfile, or only if `id -u` is 0"));
    }
    let service = match &*texts {
        ["service", name, "start" | "restart"] => (*name).to_owned(),
        [script, "start" | "restart"] if script.starts_with("/etc/init.d/") => command.program().to_owned(),
        ["cron" | "/usr/sbin/cron", ..] => "cron".to_owned(),
        _ => return None,
    };
    (!gives_folders(dockerfile)).then(|| (format!("the service `{service}` needs root"), ITSELF))
}

/// Whether a `RUN` gives folders of the system to another user.
fn gives_folders(dockerfile: &Dockerfile<'_>) -> bool {
    dockerfile.image_runs().any(|(_, run)| {
        let mut commands = run.commands.iter().filter(|command| {
            matches!(command.program(), Some("chown" | "chmod" | "install" | "setcap" | "chgrp" | "setfacl"))
        });
        commands.any(|command| {
            command
                .argv()
                .iter()
                .any(|word| ["/var", "/run", "/etc", "/usr"].iter().any(|root| word.text.starts_with(root)))
        })
    })
}
