//! A Debian package that is not in the release of the base image.
//!
//! ## What it does
//! Compares the packages of `apt-get install` with a table of removed ones, for official images whose tag names the
//! release or, as that of `python:3.13-slim`, moved to Debian 13 by itself.
//!
//! ## Why it matters
//! The build stops: `E: Package 'libgl1-mesa-glx' has no installation candidate`, or `E: Unable to locate package
//! software-properties-common`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends libgl1-mesa-glx
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y --no-install-recommends libgl1
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://tracker.debian.org/pkg/mesa>, <https://tracker.debian.org/pkg/software-properties>

use super::{Cause, Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::facts::distributions::VANISHED_PACKAGES;
use crate::formats::dockerfile::{Base, Command, Dockerfile};

pub(super) const RULE: Rule =
    Rule::new("vanished-package", Group::Broken, Check::Dockerfile(check)).caused_by(Cause::Apt);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let Some(release) = image.debian_release() else { continue };
        let installs =
            |command: &&Command<'_>| matches!(command.program(), Some("apt-get" | "apt")) && command.has("install");
        for command in stage.runs().flat_map(|(_, run)| &run.commands).filter(installs) {
            for word in command.argv() {
                let Some(row) = VANISHED_PACKAGES.iter().find(|row| row.package == word.text && release >= row.since)
                else {
                    continue;
                };
                let mut finding = Finding::new(
                    in_dockerfile(word.range.clone()),
                    format!("Debian {release} has no package `{}`", row.package),
                )
                .label(format!("gone since Debian {}", row.since))
                .related(in_dockerfile(stage.from.image.range.clone()), format!("this is Debian {release}"));
                finding = match row.instead {
                    Some(other) => finding
                        .help(format!("install `{other}`"))
                        .fix(Fix::safe(format!("write `{other}`")).replace(DOCKERFILE, word.range.clone(), other)),
                    None => finding.help("remove it: nothing in a container needs it"),
                };
                found.push(finding);
            }
        }
    }
}
