//! Packages of a release of Debian or Ubuntu that has left the mirrors.
//!
//! ## What it does
//! Looks for `apt-get update` and `apt-get install` on an image whose release is archived: Debian 10 (buster) and older, and releases
//! of Ubuntu that had nine months of support. The tag names the release, or the version: `python:3.8.0` and `node:14` were last
//! built on such a release. A Dockerfile that changes the sources of apt is skipped.
//!
//! ## Why it matters
//! The build stops: `E: The repository '... buster Release' does not have a Release file.`
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.7-slim-buster
//! RUN apt-get update && apt-get install -y --no-install-recommends git
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.7-slim-bookworm
//! RUN apt-get update && apt-get install -y --no-install-recommends git
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://www.debian.org/distrib/archive>; <https://help.ubuntu.com/community/EOLUpgrades>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::stages;
use crate::formats::dockerfile::{Base, Command, Dockerfile, Form, Run, Stage};

pub(super) const RULE: Rule = Rule::new("archived-release", Group::Broken, Check::Dockerfile(check));

/// What a file with other sources of packages mentions.
const OTHER_SOURCES: [&str; 8] = [
    "archive.debian.org",
    "snapshot.debian.org",
    "old-releases",
    "sources.list",
    ".sources",
    "/etc/apt",
    "archive.kernel.org",
    "freexian",
];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if dockerfile.problem.is_some() || OTHER_SOURCES.iter().any(|part| dockerfile.text.contains(part)) {
        return;
    }
    let built = stages::built(dockerfile);
    for (index, stage) in dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]) {
        let Some((root, image)) = origin(dockerfile, index) else { continue };
        let Some((release, is_ubuntu)) = image.archived_release() else { continue };
        let Some(command) = stage.runs().find_map(|(_, run)| uses_mirrors(run)) else { continue };
        let distribution = if is_ubuntu { "Ubuntu" } else { "Debian" };
        let reference = image.reference();
        let message = format!("the mirrors of {distribution} no longer have the packages for `{reference}`");
        let newer = if is_ubuntu { "`ubuntu:24.04`" } else { "`bookworm` or `trixie`" };
        let help =
            format!("use an image on a release with packages, such as one with {newer} in its tag, or a newer version");
        let finding = Finding::new(in_dockerfile(command.range()), message)
            .label("fails: `does not have a Release file`")
            .related(in_dockerfile(root.from.image.range.clone()), format!("{distribution} `{release}` or older"))
            .help(help.replace("`ubuntu:24.04` in its tag", "Ubuntu 24.04"));
        found.push(finding);
    }
}

/// The image at the beginning of a stage's lineage, and the stage that names it.
fn origin<'d, 't>(
    dockerfile: &'d Dockerfile<'t>,
    mut index: usize,
) -> Option<(&'d Stage<'t>, &'d crate::values::BaseImage)> {
    loop {
        let stage = &dockerfile.stages[index];
        match &stage.base {
            Base::Stage(base) => index = *base,
            Base::Image(image) => return Some((stage, image)),
            Base::Unknown => return None,
        }
    }
}

/// The first command that reads the lists of packages, unless the line goes on without it.
fn uses_mirrors<'r, 't>(run: &'r Run<'t>) -> Option<&'r Command<'t>> {
    const ACTIONS: [&str; 4] = ["update", "install", "upgrade", "dist-upgrade"];
    let Form::Shell(text) = run.line.form else { return None };
    if text.contains("||") || text.contains("if ") || text.contains(".deb") {
        return None;
    }
    run.commands.iter().find(|command| {
        matches!(command.program(), Some("apt-get" | "apt")) && ACTIONS.iter().any(|action| command.has(action))
    })
}
