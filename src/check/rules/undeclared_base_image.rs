//! A base image named by a variable that no `ARG` before the first `FROM` declares.
//!
//! ## What it does
//! Looks at the variables in `FROM`. Only an `ARG` before the first `FROM` reaches them; one in a stage does not. Those that builders
//! set, such as `BUILDPLATFORM`, and variables with a default, as in `${NAME:-3.13}`, are skipped.
//!
//! ## Why it matters
//! The build stops: `base name ($BASE) should not be blank`, or `invalid reference format`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:$PYTHON-slim-trixie
//! ARG PYTHON=3.13
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! ARG PYTHON=3.13
//! FROM python:$PYTHON-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::stages;
use crate::check::variables::{is_predefined, uses};
use crate::formats::dockerfile::{Dockerfile, Instruction, Step};

pub(super) const RULE: Rule = Rule::new("undeclared-base-image", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if dockerfile.problem.is_some() {
        return;
    }
    let declares = |step: &Step<'_>, name: &str| matches!(&step.instruction, Instruction::Arg(arguments) if arguments.iter().any(|argument| argument.name.text == name));
    let built = stages::built(dockerfile);
    for (_, stage) in dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]) {
        let image = &stage.from.image;
        for (name, _) in uses(&image.text, image.range.start, false) {
            if is_predefined(&name) || dockerfile.global_args.iter().any(|step| declares(step, &name)) {
                continue;
            }
            let finding =
                Finding::new(in_dockerfile(image.range.clone()), format!("no `ARG {name}` before the first `FROM`"))
                    .label(format!("`${name}` is empty"))
                    .help(format!("write `ARG {name}=value` before the first `FROM`"));
            let inside = dockerfile.steps().find(|step| declares(step, &name));
            found.push(inside.into_iter().fold(finding, |finding, step| {
                finding.related(in_dockerfile(step.keyword.clone()), "this one is only for its stage")
            }));
        }
    }
}
