//! Finds a base image that can no longer be pulled.
//!
//! ## What it does
//! Compares the bases with a table of images that are gone: `nvidia/cuda` without a tag, and its old releases.
//!
//! ## Why it matters
//! The build stops: `docker.io/nvidia/cuda:latest: not found`, or `manifest unknown`.
//!
//! ## Example
//! ```Dockerfile
//! FROM nvidia/cuda
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["./serve"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["./serve"]
//! ```
//!
//! ## Source
//! <https://hub.docker.com/r/nvidia/cuda>

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::formats::dockerfile::Base;

pub(super) const RULE: Rule =
    Rule { id: "vanished-image", group: Group::Broken, source: include_str!("vanished_image.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let reference = image.reference();
        let on_docker_hub = !reference.repository().contains('.') || reference.repository().starts_with("docker.io/");
        let Some(help) = image.vanished().filter(|_| on_docker_hub) else { continue };
        let finding = Finding::new(
            in_dockerfile(stage.from.image.range.clone()),
            format!("`{reference}` can no longer be pulled"),
        )
        .label("gone")
        .help(help);
        found.push(finding);
    }
}
