//! An image in which Dev Mode does not work.
//!
//! ## What it does
//! Runs if Dev Mode seems to be wanted: the code is in `/app`, or `.spaces-new.toml` says `dev_mode = true`. Checks the
//! last stage for code in `/app`, a `CMD`, and the packages `bash`, `curl`, `wget`, `procps`, `git` and `git-lfs`. What
//! the base image contains is known for the official Python, Node and Debian; for any other, only `git-lfs` is
//! required. `dev_mode = false` in `.spaces-new.toml` turns this off.
//!
//! ## Why it matters
//! Dev Mode restarts the Space with an editor in it, and fails without these.
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

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile};
use crate::check::config::CONFIG;
use crate::facts::environment::DEV_MODE_PACKAGES;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::own_file::{OwnFile, Value};
use crate::values::BaseImage;

pub(super) const RULE: Rule =
    Rule::new("unfit-for-dev-mode", Group::Pedantic, Check::DockerfileAnd(&[Subject::Settings], check))
        .of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let (Some(stage), Some(image)) = (dockerfile.last_stage(), dockerfile.base_image()) else { return };
    let is_in_app = stage.end.workdir().map(|folder| folder == "/app" || folder.starts_with("/app/"));
    // What an unknown image contains is not known
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

/// Whether the settings beside the Space ask for Dev Mode; none if they do not mention it.
fn wanted(space: &Space<'_>) -> Option<bool> {
    match OwnFile::read(space.repo().text(CONFIG)?).ok()?.get("dev_mode")? {
        Value::Boolean(wanted) => Some(*wanted),
        _ => None,
    }
}

/// The packages that neither the base nor the build brings.
fn packages(dockerfile: &Dockerfile<'_>, image: &BaseImage) -> Vec<&'static str> {
    let bare = image.has_few_tools();
    // Each image of Debian has bash
    let asked = DEV_MODE_PACKAGES
        .iter()
        .copied()
        .filter(|package| if bare { *package != "bash" } else { *package == "git-lfs" });
    let mentioned = |package: &&str| {
        let mut commands = dockerfile.image_runs().flat_map(|(_, run)| &run.commands);
        commands.any(|command| command.argv().iter().skip(1).any(|word| word.text == *package))
    };
    asked.filter(|package| !mentioned(package)).collect()
}
