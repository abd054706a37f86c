//! An `ARG` for a secret, which is empty at build time on the Hub.
//!
//! ## What it does
//! Looks for an `ARG` without a value that is named like a token, a password or a key, and that a `RUN` of the same
//! stage uses.
//!
//! ## Why it matters
//! The variables of the settings are build arguments, the secrets are not: the command gets an empty value, and `401
//! Unauthorized` or an incomplete build follows. A build argument would also be readable in the history of the image.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ARG HF_TOKEN
//! RUN python fetch.py --token "$HF_TOKEN"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN --mount=type=secret,id=HF_TOKEN,mode=0444,required=true python fetch.py --token "$(cat /run/secrets/HF_TOKEN)"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management>

use super::secret_in_image::is_secret_name;
use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Instruction, Run, Step};

pub(super) const RULE: Rule = Rule::new("secret-as-argument", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

/// Whether a command uses a variable that it does not mount.
fn uses(run: &Run<'_>, name: &str) -> bool {
    let text = run.line.text();
    let is_mounted = run.flags.iter().filter_map(|flag| flag.value.as_ref()).any(|value| value.text.contains(name));
    !is_mounted && (text.contains(&format!("${name}")) || text.contains(&format!("${{{name}")))
}

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        for (at, step) in stage.steps.iter().enumerate() {
            let Instruction::Arg(assignments) = &step.instruction else { continue };
            for name in
                assignments.iter().filter(|assignment| assignment.value.is_none()).map(|assignment| &assignment.name)
            {
                let uses = |step: &&Step<'_>| step.run().is_some_and(|run| uses(run, &name.text));
                let Some(reader) = stage.steps[at..].iter().find(uses).filter(|_| is_secret_name(&name.text)) else {
                    continue;
                };
                let message = format!("`{}` is empty at build time on the Hub", name.text);
                let finding = Finding::new(in_dockerfile(name.range.clone()), message)
                    .label("secrets are not build arguments")
                    .related(in_dockerfile(reader.keyword.clone()), "used here")
                    .help(format!(
                        "mount it: `RUN --mount=type=secret,id={0},mode=0444,required=true`, and read `/run/secrets/{0}`",
                        name.text
                    ));
                found.push(finding);
            }
        }
    }
}
