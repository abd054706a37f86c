//! A Debian package that is not in the release of the base image.
//!
//! ## What it does
//! Compares the packages of `apt-get install` with tables of missing ones, for official images whose tag names the release of Debian
//! or Ubuntu or, as that of `python:3.13-slim`, moved to Debian 13 by itself: `libgl1-mesa-glx`, `openjdk-17-jre`, `netcat`. Where a
//! step adds another source of packages, nothing is reported.
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
//! <https://tracker.debian.org>, <https://packages.debian.org>, <https://packages.ubuntu.com>

use super::{Cause, Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::facts::vanished_packages::{Instead, VANISHED_FROM_UBUNTU, VANISHED_PACKAGES};
use crate::formats::dockerfile::{Base, Command, Dockerfile, Instruction, Stage};
use crate::values::BaseImage;

pub(super) const RULE: Rule =
    Rule::new("vanished-package", Group::Broken, Check::Dockerfile(check)).caused_by(Cause::Apt);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let Some(release) = Release::of(image).filter(|_| !adds_packages(stage)) else { continue };
        let installs =
            |command: &&Command<'_>| matches!(command.program(), Some("apt-get" | "apt")) && command.has("install");
        let must_succeed = |command: &&Command<'_>| installs(command) && command.must_succeed();
        for command in stage.runs().flat_map(|(_, run)| &run.commands).filter(must_succeed) {
            for word in command.argv() {
                let Some(instead) = release.replacement(&word.text) else { continue };
                let finding = Finding::new(
                    in_dockerfile(word.range.clone()),
                    format!("{} has no package `{}`", release.name(), word.text),
                )
                .label("not in this release")
                .related(in_dockerfile(stage.from.image.range.clone()), format!("this is {}", release.name()));
                found.push(match instead {
                    Instead::Renamed(other) => finding
                        .help(format!("install `{other}`"))
                        .fix(Fix::safe(format!("write `{other}`")).replace(DOCKERFILE, word.range.clone(), other)),
                    Instead::Similar(other) => {
                        finding.help(format!("install `{other}`, or take an image of a release that has it"))
                    }
                    Instead::Needless => finding.help("remove it: nothing in a container needs it"),
                    Instead::Unknown => finding
                        .help("remove it, install what has replaced it, or take an image of a release that has it"),
                });
            }
        }
    }
}

/// The release of a base image.
enum Release {
    Debian(u8),
    /// This one or a newer one.
    Ubuntu((u32, u32)),
}

impl Release {
    fn of(image: &BaseImage) -> Option<Self> {
        image.debian_release().map(Self::Debian).or_else(|| image.ubuntu_release().map(Self::Ubuntu))
    }

    fn name(&self) -> String {
        match self {
            Self::Debian(release) => format!("Debian {release}"),
            Self::Ubuntu((year, month)) => format!("Ubuntu {year}.{month:02}"),
        }
    }

    /// What replaces a package that it lacks.
    fn replacement(&self, package: &str) -> Option<Instead> {
        match self {
            Self::Debian(release) => {
                let row = VANISHED_PACKAGES.iter().find(|row| row.package == package);
                row.filter(|row| row.is_missing_in(*release)).map(|row| row.instead)
            }
            Self::Ubuntu(release) => {
                let row = VANISHED_FROM_UBUNTU.iter().find(|row| row.package == package);
                row.filter(|row| *release >= row.since).map(|row| row.instead)
            }
        }
    }
}

/// Whether packages may come from elsewhere than the release itself.
fn adds_packages(stage: &Stage<'_>) -> bool {
    const SIGNS: [&str; 6] = ["/etc/apt", "add-apt-repository", "dpkg", "extrepo", ".deb", "--target-release"];
    stage.steps.iter().any(|step| match &step.instruction {
        Instruction::Run(run) => SIGNS.iter().any(|sign| run.line.text().contains(sign)),
        Instruction::Copy(copy) => copy.destination.text.starts_with("/etc"),
        _ => false,
    })
}
