//! A base image whose program listens on its default port, which is not the one of the Space.
//!
//! ## What it does
//! Looks up the base image in a table of published images, such as n8n, Ollama, `open-webui`, Flowise and Jupyter, if the container
//! starts the program of the image and no `ENV` sets its port. It compares `app_port`, 7860 by default, with the default port of that
//! program. It is a warning, because the settings of the Space can set the variable.
//!
//! ## Why it matters
//! The Space stays at "Starting", until `Launch timed out, workload was not healthy after 30 min`.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//! ```Dockerfile
//! FROM n8nio/n8n:1.70.0
//! USER node
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! app_port: 5678
//! ---
//! ```
//! ```Dockerfile
//! FROM n8nio/n8n:1.70.0
//! USER node
//! ENV N8N_PORT=5678
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#setting-up-docker-spaces>; the images' own Dockerfiles, such as
//! <https://github.com/n8n-io/n8n/tree/master/docker/images/n8n>

use super::port_of_base_image::finding;
use super::{Cause, Check, Finding, Group, Rule, Scope, Space, SpaceSdk, Subject};
use crate::formats::dockerfile::Dockerfile;
use crate::formats::dockerfile::image_defaults;

pub(super) const RULE: Rule =
    Rule::new("default-port-of-base-image", Group::Risky, Check::DockerfileAnd(&[Subject::FrontMatter], check))
        .only_in(&[SpaceSdk::Docker])
        .of(Scope::SPACES)
        .caused_by(Cause::WarnedCommand);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((wanted, _)) = space.app_port() else { return };
    let Some(started) = image_defaults::port(dockerfile).filter(|started| started.open.is_some()) else { return };
    if started.port != wanted {
        found.push(finding(&started, wanted));
    }
}
