//! A file that the Dockerfile copies and `.dockerignore` excludes.
//!
//! ## What it does
//! Compares the sources of `COPY` and `ADD` that name one file or folder with the patterns of `.dockerignore`, and also
//! the file that `pip install --requirement` reads after a `COPY` of a pattern such as `requirements*.txt`.
//!
//! ## Why it matters
//! The build stops: `failed to calculate checksum of ref ...: "/requirements.txt": not found`. A pattern without a
//! match copies nothing, and the build stops where the file is read.
//!
//! ## Example
//! ```.dockerignore
//! *.txt
//! ```
//!
//! ## Use instead
//! ```.dockerignore
//! *.txt
//! !requirements.txt
//! ```
//!
//! ## Source
//! <https://docs.docker.com/build/concepts/context/#dockerignore-files>

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::check::sources::{plain_sources, wanted_of_patterns};
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("dockerignored-source", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check));

const IGNORE: &str = ".dockerignore";

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(ignored) = space.repo().text(IGNORE) else { return };
    for source in plain_sources(dockerfile) {
        found.extend(finding(space, ignored, &source.path, source.range));
    }
    for wanted in wanted_of_patterns(dockerfile, space.repo()) {
        let finding = finding(space, ignored, &wanted.path, wanted.pattern);
        found.extend(finding.map(|finding| finding.related(in_dockerfile(wanted.read), "read here")));
    }
}

fn finding(space: &Space<'_>, ignored: &str, path: &str, copied: Range<usize>) -> Option<Finding> {
    space.repo().get(path)?;
    let line = space.dockerignore().keeps_out(path)?;
    let start = space.repo().line_starts(IGNORE)?.get(line).copied()?;
    let text = ignored[start..].lines().next().unwrap_or_default();
    let gap = if ignored.ends_with('\n') { "" } else { "\n" };
    let fix = Fix::safe(format!("add `!{path}` to {IGNORE}"));
    let finding = Finding::new(in_dockerfile(copied), format!("`{path}` is excluded from the build"))
        .label("copied here")
        .related(Place::bytes(IGNORE, start..start + text.trim_end().len()), "excluded here")
        .help(format!("add `!{path}` to {IGNORE}"))
        .fix(fix.insert(IGNORE, ignored.len(), format!("{gap}!{path}\n")));
    Some(finding)
}
