//! A base image whose program listens on a port that the Hub does not connect to.
//!
//! ## What it does
//! Looks up the base image in a table of published images, such as `php` with Apache, `httpd`, Caddy, code-server and databases, if
//! the container starts the program of the image. It compares `app_port`, 7860 by default, with the port of that program. An
//! `ENTRYPOINT` or another `CMD`, a copied configuration, and a `RUN` that names the port or edits a file are taken as a change
//! of the port.
//!
//! ## Why it matters
//! The Space stays at "Starting", until `Launch timed out, workload was not healthy after 30 min`. A port below 1025 cannot be
//! `app_port`, and UID 1000 often cannot open it: `could not bind to address 0.0.0.0:80`.
//!
//! ## Example
//! ```Dockerfile
//! FROM php:8.4-apache
//! COPY --chown=1000 html/ /var/www/html/
//! USER 1000
//! ```
//! ```html/index.php
//! <?php echo 1;
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM php:8.4-apache
//! RUN sed -i 's/80/7860/' /etc/apache2/ports.conf /etc/apache2/sites-available/000-default.conf
//! COPY --chown=1000 html/ /var/www/html/
//! USER 1000
//! ```
//! ```html/index.php
//! <?php echo 1;
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#setting-up-docker-spaces>; the images' own Dockerfiles, such as
//! <https://github.com/docker-library/php>

use super::{Cause, Check, Finding, Group, Rule, Scope, Space, SpaceSdk, Subject, in_dockerfile};
use crate::facts::base_images::PortBy;
use crate::facts::limits::APP_PORT_MIN;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::dockerfile::image_defaults::{self, ImagePort};

pub(super) const RULE: Rule =
    Rule::new("port-of-base-image", Group::Broken, Check::DockerfileAnd(&[Subject::FrontMatter], check))
        .only_in(&[SpaceSdk::Docker])
        .of(Scope::SPACES)
        .caused_by(Cause::WarnedCommand);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((wanted, _)) = space.app_port() else { return };
    let Some(started) = image_defaults::port(dockerfile) else { return };
    if started.port != wanted && started.open.is_none() {
        found.push(finding(&started, wanted));
    }
}

/// The finding about a program that listens on another port.
pub(super) fn finding(started: &ImagePort, wanted: u16) -> Finding {
    let ImagePort { port, at, image, application, .. } = started;
    let name = application.name;
    let message = format!("{name} in `{image}` listens on port {port}, and the Hub connects to port {wanted}");
    let finding = Finding::new(in_dockerfile(at.clone()), message).label(format!("starts {name} on port {port}"));
    let set = match application.port_by {
        PortBy::Variable(variable) => Some(format!("set `ENV {variable}={wanted}`")),
        PortBy::Address(variable) => Some(format!("set `ENV {variable}=0.0.0.0:{wanted}`")),
        PortBy::Configuration => None,
    };
    let in_readme = (*port >= APP_PORT_MIN).then(|| format!("write `app_port: {port}` in README.md"));
    let help = match (application.obstacle, in_readme, set) {
        (Some(obstacle), _, None) => obstacle.to_owned(),
        (_, Some(in_readme), Some(set)) => format!("{in_readme}, or {set}"),
        (_, Some(only), None) | (_, None, Some(only)) => only,
        (None, None, None) => format!("let it listen on port {wanted}"),
    };
    finding.help(help)
}
