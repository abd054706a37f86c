//! The official nginx image, whose configuration needs root.
//!
//! ## What it does
//! Looks for an image on the official `nginx` that neither replaces `nginx.conf` nor mentions the folders that nginx
//! writes to.
//!
//! ## Why it matters
//! nginx stops at once: `mkdir() "/var/cache/nginx/client_temp" failed (13: Permission denied)`. It also listens on
//! port 80, which the Hub does not connect to.
//!
//! ## Example
//! ```Dockerfile
//! FROM nginx:1.29
//! COPY site/ /usr/share/nginx/html/
//! ```
//! ```site/index.html
//! <p>Demo</p>
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM nginxinc/nginx-unprivileged:1.29
//! COPY site/ /usr/share/nginx/html/
//! ```
//! ```site/index.html
//! <p>Demo</p>
//! ```
//!
//! ## Source
//! <https://hub.docker.com/_/nginx>, "Running nginx as a non-root user"; <https://github.com/nginx/docker-nginx-unprivileged>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::facts::base_images::Starts;
use crate::formats::dockerfile::{Dockerfile, Instruction, Who};

pub(super) const RULE: Rule = Rule::new("stock-nginx", Group::Broken, Check::Dockerfile(check)).of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let (Some(image), Some(stage)) = (dockerfile.base_image(), dockerfile.last_stage()) else { return };
    let Starts::ServerOfRoot { program, help } = image.starts() else { return };
    let says_root = stage.end.who() == Who::Root && stage.end.user_range().is_some();
    let starts_it = dockerfile.entrypoint().is_none()
        && dockerfile
            .cmd()
            .is_none_or(|(_, line)| line.commands().iter().any(|command| command.program() == Some(program)));
    if !starts_it || says_root {
        return;
    }
    let replaces = dockerfile.image_steps().any(|step| match &step.instruction {
        Instruction::Copy(copy) => {
            let to = copy.destination.text.trim_end_matches('/');
            matches!(to, "/etc/nginx" | "/etc" | "/" | ".") || to.ends_with("nginx.conf") || to.contains('$')
        }
        Instruction::Run(run) => ["/var/cache", "/var/run", "/run", "nginx.conf", "/etc/nginx"]
            .iter()
            .any(|place| run.line.text().contains(place)),
        _ => false,
    });
    if replaces {
        return;
    }
    let Some(first) = dockerfile.lineage().first().copied() else { return };
    let finding = Finding::new(
        in_dockerfile(first.from.image.range.clone()),
        format!("the official {program} image cannot run as UID 1000"),
    )
    .label("writes to folders that belong to root, and listens on port 80")
    .help(help);
    found.push(finding);
}
