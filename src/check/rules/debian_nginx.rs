//! An nginx that apt installed, whose configuration needs root.
//!
//! ## What it does
//! Looks for a container that starts the `nginx` of Debian or Ubuntu with its own `nginx.conf`, if no step replaces that
//! file or mentions the folders that nginx writes to.
//!
//! ## Why it matters
//! The container runs as UID 1000, and nginx stops at once: `open() "/var/log/nginx/error.log" failed (13: Permission
//! denied)`, `mkdir() "/var/lib/nginx/body" failed (13: Permission denied)`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! COPY site.conf /etc/nginx/sites-enabled/default
//! USER user
//! ENV HOME=/home/user
//! CMD ["nginx", "-g", "daemon off;"]
//! ```
//! ```site.conf
//! server { listen 7860; root /usr/share/nginx/html; }
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
//! RUN useradd -m -u 1000 user
//! COPY site.conf /etc/nginx/sites-enabled/default
//! RUN chown -R user /var/log/nginx /var/lib/nginx /run
//! USER user
//! ENV HOME=/home/user
//! CMD ["nginx", "-g", "daemon off;"]
//! ```
//! ```site.conf
//! server { listen 7860; root /usr/share/nginx/html; }
//! ```
//!
//! ## Source
//! <https://packages.debian.org/trixie/nginx-common>; <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Scope, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::startup::{Executed, executed};
use crate::check::space::in_spot;
use crate::facts::base_images::Distribution;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("debian-nginx", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    if !dockerfile.text.contains("nginx") || !is_installed(dockerfile) || is_changed(dockerfile) {
        return;
    }
    for command in executed(&ImageFiles::of(space.repo(), dockerfile)).iter().filter(|command| is_plain(command)) {
        let finding = Finding::new(in_spot(&command.spot()), "the nginx of Debian cannot run as UID 1000 as it is")
            .label("writes to folders that belong to root")
            .help("give `/var/log/nginx`, `/var/lib/nginx` and `/run` to the user with `chown -R` in a `RUN`");
        found.push(finding);
    }
}

/// Whether apt installs it on a known image of Debian.
fn is_installed(dockerfile: &Dockerfile<'_>) -> bool {
    let is_debian =
        dockerfile.base_image().is_some_and(|image| image.is_known() && image.distribution() == Distribution::Debian);
    is_debian
        && dockerfile.image_runs().any(|(_, run)| {
            run.commands.iter().any(|command| {
                matches!(command.program(), Some("apt-get" | "apt"))
                    && command.has("install")
                    && ["nginx", "nginx-light", "nginx-full", "nginx-extras"].iter().any(|name| command.has(name))
            })
        })
}

/// Whether a step brings another configuration, or mentions what nginx writes to.
fn is_changed(dockerfile: &Dockerfile<'_>) -> bool {
    let by_copy = dockerfile.image_copies().any(|(_, copy)| {
        let to = copy.destination.text.trim_end_matches('/');
        matches!(to, "/etc/nginx" | "/etc" | "" | "/usr" | "/var") || to.ends_with("nginx.conf") || to.contains('$')
    });
    by_copy
        || dockerfile.image_runs().any(|(_, run)| {
            let mut commands = run.commands.iter().filter(|command| command.program() != Some("rm"));
            let places = ["/var/log", "/var/lib", "/run", "nginx.conf", "/var/cache", ".sh"];
            commands.any(|command| {
                command.argv().iter().any(|word| places.iter().any(|place| word.text.contains(place)))
                    || matches!(command.program(), Some("." | "source"))
            })
        })
}

/// Whether a command starts it with the configuration of the package.
fn is_plain(command: &Executed) -> bool {
    let others = ["-c", "-p", "-t", "-T", "-s", "-v", "-V", "-h", "-e"];
    let texts = command.texts();
    command.program() == "nginx"
        && !command.assignments.iter().any(|word| word == "sudo")
        && !texts.iter().any(|text| others.contains(text) || text.contains("pid "))
}
