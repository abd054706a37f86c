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

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::facts::base_images::{Pattern, VANISHED};
use crate::formats::dockerfile::{Base, Command, Dockerfile};
use crate::values::BaseImage;

pub(super) const RULE: Rule = Rule::new("vanished-package", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let Some(release) = debian_release(image) else { continue };
        let installs =
            |command: &&Command<'_>| matches!(command.program(), Some("apt-get" | "apt")) && command.has("install");
        for command in stage.runs().flat_map(|(_, run)| &run.commands).filter(installs) {
            for word in command.argv() {
                let Some(row) = VANISHED.iter().find(|row| row.package == word.text && release >= row.since) else {
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

/// The number of the Debian release under an official image, if the tag says it or has moved to the newest by itself.
fn debian_release(image: &BaseImage) -> Option<u8> {
    let tag = image.reference().tag().unwrap_or_default();
    let has = |word: &str| tag.split('-').any(|part| part == word);
    let official = |name: &'static str| image.is(Pattern::Official(name));
    if !["python", "node", "debian", "golang", "rust"].iter().any(|name| official(name)) {
        return None;
    }
    match () {
        () if has("trixie") => Some(13),
        () if has("bookworm") => Some(12),
        () if has("bullseye") => Some(11),
        // Newer Pythons have no image without a release that is older than Debian 13
        () if official("python") && tag.split('-').all(|part| part == "slim" || is_version(part)) => {
            let minor = tag.split(['.', '-']).nth(1)?.parse::<u8>().ok()?;
            (tag.starts_with("3.") && minor >= 10).then_some(13)
        }
        () => None,
    }
}

fn is_version(part: &str) -> bool {
    part.split('.').count() == 2 && part.chars().all(|char| char.is_ascii_digit() || char == '.')
}
