//! A base image whose tag moves to other content.
//!
//! ## What it does
//! Looks for a base without a tag or with `latest`, and for an official Python image whose tag names neither a release
//! of Debian or Alpine nor an exact version.
//!
//! ## Why it matters
//! A Space is built again at each push and each factory rebuild. `python:3.13-slim` moved to the next Debian by itself,
//! and packages were gone: `E: Package 'libgl1-mesa-glx' has no installation candidate`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://hub.docker.com/_/python>: "simple tags" and "shared tags"

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::facts::distributions::DEBIAN_RELEASES;
use crate::formats::dockerfile::{Base, Dockerfile};

pub(super) const RULE: Rule = Rule::new("floating-base", Group::Pedantic, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let reference = image.reference();
        let (message, help) = if reference.floats() {
            (format!("`{reference}` may be another image at the next build"), "use a tag with a version".to_owned())
        } else if image.moves_with_debian() {
            let (name, tag) = (reference.name(), reference.tag().unwrap_or_default());
            let newest = DEBIAN_RELEASES.first().map_or("", |(word, _)| *word);
            (
                format!("`{reference}` moves to the next Debian by itself"),
                format!("use a tag with the release: `{name}:{tag}-{newest}`"),
            )
        } else {
            continue;
        };
        let finding = Finding::new(in_dockerfile(stage.from.image.range.clone()), message)
            .label("no release in its tag")
            .help(help);
        found.push(finding);
    }
}
