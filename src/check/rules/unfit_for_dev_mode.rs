//! Finds an image in which Dev Mode does not work.
//!
//! ## What it does
//! Where Dev Mode seems to be wanted, because the code is in `/app` or `.spaces-new.toml` says `dev_mode = true`, looks at the
//! last stage for what it asks: code in `/app`, a `CMD`, and `bash`, `curl`, `wget`, `procps`, `git` and `git-lfs` installed.
//! What the base image brings is known for the official Python, Node and Debian; of any other, `git-lfs` alone is asked. With
//! `dev_mode = false` in `.spaces-new.toml` nothing is said.
//!
//! ## Why it matters
//! Dev Mode starts the Space anew with an editor in it, and fails without these.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /app
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y bash curl wget procps git git-lfs
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! COPY --chown=user . ./
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-dev-mode>

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::check::config::CONFIG;
use crate::facts::base_images::Pattern;
use crate::facts::environment::DEV_MODE_PACKAGES;
use crate::formats::dockerfile::{Dockerfile, Instruction};
use crate::formats::own_file::{OwnFile, Value};
use crate::values::BaseImage;

pub(super) const RULE: Rule =
    Rule { id: "unfit-for-dev-mode", group: Group::Pedantic, source: include_str!("unfit_for_dev_mode.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    let (Some(stage), Some(image)) = (dockerfile.last_stage(), dockerfile.base_image()) else { return };
    let is_in_app = stage.end.workdir().map(|folder| folder == "/app" || folder.starts_with("/app/"));
    // What is in an image of no table cannot be told
    if !image.is_known() || !wanted(space).unwrap_or(is_in_app == Some(true)) {
        return;
    }
    let mut missing = Vec::new();
    if is_in_app == Some(false) {
        missing.push("a `WORKDIR` in /app".to_owned());
    }
    let unpackaged = packages(dockerfile, image);
    if !unpackaged.is_empty() {
        missing.push(format!("the packages {}", unpackaged.join(", ")));
    }
    if missing.is_empty() {
        return;
    }
    let finding = Finding::new(in_dockerfile(stage.from.image.range.clone()), "Dev Mode does not work in this image")
        .label(format!("without {}", missing.join(" and without ")))
        .help("put the code into /app, as UID 1000, and install what is missing");
    found.push(finding);
}

/// Whether the settings beside the Space ask for Dev Mode; none if they say nothing of it.
fn wanted(space: &Space<'_>) -> Option<bool> {
    match OwnFile::read(space.repo().text(CONFIG)?).ok()?.get("dev_mode")? {
        Value::Boolean(wanted) => Some(*wanted),
        _ => None,
    }
}

/// The packages that neither the base nor the build brings.
fn packages(dockerfile: &Dockerfile<'_>, image: &BaseImage) -> Vec<&'static str> {
    let slim = image.reference().tag().is_some_and(|tag| tag.split('-').any(|word| word == "slim"));
    let bare = image.is(Pattern::Official("debian"))
        || (slim && ["python", "node"].iter().any(|name| image.is(Pattern::Official(name))));
    // Each image of Debian has bash
    let asked = DEV_MODE_PACKAGES
        .iter()
        .copied()
        .filter(|package| if bare { *package != "bash" } else { *package == "git-lfs" });
    let mentioned = |package: &&str| {
        dockerfile.image_steps().any(|step| match &step.instruction {
            Instruction::Run(run) => {
                run.commands.iter().any(|command| command.argv().iter().skip(1).any(|word| word.text == *package))
            }
            _ => false,
        })
    };
    asked.filter(|package| !mentioned(package)).collect()
}
