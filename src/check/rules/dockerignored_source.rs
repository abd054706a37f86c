//! Finds a file that the Dockerfile copies and `.dockerignore` keeps out.
//!
//! ## What it does
//! Compares the sources of `COPY` and `ADD` that name one file or folder with the patterns of `.dockerignore`.
//!
//! ## Why it matters
//! The build stops: `failed to calculate checksum of ref ...: "/requirements.txt": not found`.
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

use super::{Finding, Fix, Group, Place, Rule, Space, in_dockerfile};
use crate::check::sources::plain_sources;

pub(super) const RULE: Rule =
    Rule { id: "dockerignored-source", group: Group::Broken, source: include_str!("dockerignored_source.rs"), check };

const IGNORE: &str = ".dockerignore";

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let (Some(dockerfile), Some(ignored)) = (space.docker(), space.repo().text(IGNORE)) else { return };
    for source in plain_sources(dockerfile) {
        let path = &source.path;
        if space.repo().get(path).is_none() {
            continue;
        }
        let Some(line) = space.dockerignore().keeps_out(path) else { continue };
        let start: usize = ignored.split_inclusive('\n').take(line).map(str::len).sum();
        let text = ignored[start..].lines().next().unwrap_or_default();
        let gap = if ignored.ends_with('\n') { "" } else { "\n" };
        let finding = Finding::new(in_dockerfile(source.range.clone()), format!("`{path}` does not reach the build"))
            .label("copied here")
            .related(Place::bytes(IGNORE, start..start + text.trim_end().len()), "kept out here")
            .help(format!("let it in: add `!{path}` to {IGNORE}"))
            .fix(Fix::safe(format!("add `!{path}` to {IGNORE}")).insert(
                IGNORE,
                ignored.len(),
                format!("{gap}!{path}\n"),
            ));
        found.push(finding);
    }
}
