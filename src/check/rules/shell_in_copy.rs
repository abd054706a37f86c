//! Finds shell syntax in a `COPY`, which no shell reads.
//!
//! ## What it does
//! Looks for words such as `||`, `&&` and `2>/dev/null` among the paths of `COPY` and `ADD`.
//!
//! ## Why it matters
//! They are taken for files, and the build stops: `failed to calculate checksum of ref ...: "/||": not found`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user settings.json /home/user/ 2>/dev/null || true
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user settings.jso[n] /home/user/
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#copy>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Instruction};

pub(super) const RULE: Rule = Rule::new("shell-in-copy", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for step in dockerfile.stages.iter().flat_map(|stage| &stage.steps) {
        let Instruction::Copy(copy) = &step.instruction else { continue };
        let Some(word) = copy.shell_word() else { continue };
        let finding = Finding::new(in_dockerfile(word.range.clone()), format!("`{}` is a path to `COPY`", word.text))
            .label("no shell reads this")
            .help("take it out; a pattern, as in `settings.jso[n]`, may match nothing beside other sources");
        found.push(finding);
    }
}
