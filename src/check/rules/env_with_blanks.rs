//! Finds an `ENV` with blanks around its equals sign.
//!
//! ## What it does
//! Looks for `ENV NAME = value`.
//!
//! ## Why it matters
//! Docker reads it in the old form, `ENV NAME value`: the value is `= 8000`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV LOG_LEVEL = info
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV LOG_LEVEL=info
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#env>

use super::{Finding, Fix, Group, Rule, Space, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::dockerfile::Instruction;

pub(super) const RULE: Rule =
    Rule { id: "env-with-blanks", group: Group::Broken, source: include_str!("env_with_blanks.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    for step in dockerfile.stages.iter().flat_map(|stage| &stage.steps) {
        let Instruction::Env(assignments) = &step.instruction else { continue };
        let [assignment] = &**assignments else { continue };
        let Some(value) = assignment.value.as_ref().filter(|value| value.text.starts_with('=')) else { continue };
        let bare = value.text.trim_start_matches('=').trim();
        let range = assignment.name.range.start..value.range.end;
        let mut finding = Finding::new(
            in_dockerfile(range.clone()),
            format!("the value of `{}` begins with `=`", assignment.name.text),
        )
        .label(format!("the value is `{}`", value.text))
        .help("write it without blanks around the equals sign");
        if !bare.is_empty() && !bare.contains([' ', '\t', '\\', '\n']) {
            let text = format!("{}={bare}", assignment.name.text);
            finding = finding.fix(Fix::safe(format!("write `{text}`")).replace(DOCKERFILE, range, text));
        }
        found.push(finding);
    }
}
