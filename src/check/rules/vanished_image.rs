//! A base image that can no longer be pulled.
//!
//! ## What it does
//! Compares the base images with a table of removed ones: `nvidia/cuda` without a tag, and its old releases.
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

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Base, Dockerfile};

pub(super) const RULE: Rule = Rule::new("vanished-image", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
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
