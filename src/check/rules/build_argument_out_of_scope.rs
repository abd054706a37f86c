//! A build argument that is used where it has no value.
//!
//! ## What it does
//! Looks for variables of an `ARG` in a stage that does not declare it: an `ARG` before the first `FROM`, or in another stage, does not
//! reach into this one, and none reaches the command that a shell runs when the container starts. Variables that an `ENV` or the
//! command itself sets, or that have a default as in `${NAME:-1.0}`, are skipped, and so are stages on unknown images, which may
//! set them.
//!
//! ## Why it matters
//! The variable is empty: `pip install torch==` and `WORKDIR /opt/` instead of what was meant.
//!
//! ## Example
//! ```Dockerfile
//! ARG GRADIO=6.31.0
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN pip install --no-cache-dir "gradio==$GRADIO"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! ARG GRADIO=6.31.0
//! FROM python:3.13-slim-trixie
//! ARG GRADIO
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN pip install --no-cache-dir "gradio==$GRADIO"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact>

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::stages;
use crate::check::variables::{is_predefined, uses};
use crate::formats::dockerfile::{Base, Dockerfile, Form, Instruction, Step, Word};
use crate::order;

pub(super) const RULE: Rule = Rule::new("build-argument-out-of-scope", Group::Risky, Check::Dockerfile(check));

/// What images of languages set themselves, often under the name of an `ARG` for their tag.
const OF_IMAGES: [&str; 12] = [
    "PYTHON_VERSION",
    "NODE_VERSION",
    "YARN_VERSION",
    "GOLANG_VERSION",
    "RUST_VERSION",
    "RUBY_VERSION",
    "PHP_VERSION",
    "JAVA_VERSION",
    "GRADLE_VERSION",
    "CUDA_VERSION",
    "BUN_VERSION",
    "DENO_VERSION",
];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if dockerfile.problem.is_some() || !dockerfile.text.contains("ARG") {
        return;
    }
    let declared: BTreeSet<String> =
        order::set(dockerfile.global_args.iter().chain(dockerfile.steps()).flat_map(names));
    if declared.is_empty() {
        return;
    }
    at_start(dockerfile, &declared, found);
    let built = stages::built(dockerfile);
    for (index, stage) in dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]) {
        if !is_on_known_image(dockerfile, index) {
            continue;
        }
        let mut here: BTreeSet<String> = BTreeSet::new();
        for step in &stage.steps {
            for (name, range) in used(dockerfile, step) {
                let is_known = !declared.contains(&name) || here.contains(&name) || step.before.sets_env(&name);
                if is_known || is_predefined(&name) || OF_IMAGES.contains(&&*name) {
                    continue;
                }
                found.push(finding(dockerfile, &name, range));
                here.insert(name);
            }
            here.extend(names(step));
        }
    }
}

/// Variables of an `ARG` in the text that a shell runs when the container starts. `PORT` may come from elsewhere.
fn at_start(dockerfile: &Dockerfile<'_>, declared: &BTreeSet<String>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage().filter(|_| is_on_known_image(dockerfile, dockerfile.stages.len() - 1))
    else {
        return;
    };
    for (_, line) in dockerfile.entrypoint().into_iter().chain(dockerfile.cmd()) {
        let (text, range) = match &line.form {
            Form::Shell(text) => (*text, &line.range),
            Form::Exec(words) => match &words[..] {
                [shell, flag, script, ..] if shell.text.ends_with("sh") && flag.text.ends_with('c') => {
                    (&*script.text, &script.range)
                }
                _ => continue,
            },
        };
        for (name, _) in uses(text, range.start, true) {
            let is_set = stage.end.sets_env(&name) || text.contains(&format!("{name}=")) || text.contains("read ");
            if !declared.contains(&name)
                || is_set
                || name == "PORT"
                || is_predefined(&name)
                || OF_IMAGES.contains(&&*name)
            {
                continue;
            }
            let message = format!("`{name}` is empty when the container starts: an `ARG` ends with the build");
            let help =
                format!("write `ENV {name}=value`, or create the variable `{name}` in the settings of the Space");
            found.push(Finding::new(in_dockerfile(range.clone()), message).label(format!("uses `${name}`")).help(help));
        }
    }
}

fn finding(dockerfile: &Dockerfile<'_>, name: &str, range: Range<usize>) -> Finding {
    let finding = Finding::new(in_dockerfile(range), format!("`{name}` has no value in this stage"))
        .label("empty: the `ARG` is outside of the stage")
        .help(format!(
            "write `ARG {name}` after the `FROM` of this stage, with its default if it is not before the first `FROM`"
        ));
    let declares = |step: &&Step<'_>| names(step).any(|other| other == name);
    let place = dockerfile.global_args.iter().chain(dockerfile.steps()).find(declares);
    place
        .into_iter()
        .fold(finding, |finding, step| finding.related(in_dockerfile(step.keyword.clone()), "declared here"))
}

/// The names that an `ARG` declares.
fn names<'s>(step: &'s Step<'_>) -> impl Iterator<Item = String> + 's {
    let assignments = match &step.instruction {
        Instruction::Arg(assignments) => &assignments[..],
        _ => &[],
    };
    assignments.iter().map(|assignment| assignment.name.text.to_string())
}

/// The variables that a step uses without a default, each with its place. What the shell sets itself is left out.
fn used(dockerfile: &Dockerfile<'_>, step: &Step<'_>) -> Vec<(String, Range<usize>)> {
    match &step.instruction {
        Instruction::Run(run) => {
            let Form::Shell(text) = run.line.form else { return Vec::new() };
            let is_set = |name: &str| {
                let reads = text.contains("read ") && text.contains(name);
                reads || text.contains(&format!("{name}=")) || text.contains(&format!("for {name} "))
            };
            uses(text, run.line.range.start, true).into_iter().filter(|(name, _)| !is_set(name)).collect()
        }
        Instruction::Env(assignments) | Instruction::Arg(assignments) => {
            let values = assignments.iter().filter_map(|assignment| assignment.value.as_ref());
            // As written: a backslash and single quotes hide a dollar, and the value has neither
            let written = |value: &Word<'_>| dockerfile.text.get(value.range.clone()).map(str::to_owned);
            let values = values.filter_map(|value| Some((written(value)?, value.range.start)));
            values.flat_map(|(text, start)| uses(&text, start, true)).collect()
        }
        Instruction::Expose(words) => words.iter().flat_map(|word| uses(&word.text, word.range.start, false)).collect(),
        Instruction::Workdir(word) | Instruction::User(word) => uses(&word.text, word.range.start, false),
        Instruction::Copy(copy) => {
            let words = copy.sources.iter().chain([&copy.destination]);
            words.flat_map(|word| uses(&word.text, word.range.start, false)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether the image at the beginning of the stage's lineage is known, so that it sets no variables but those above.
fn is_on_known_image(dockerfile: &Dockerfile<'_>, mut index: usize) -> bool {
    loop {
        match &dockerfile.stages[index].base {
            Base::Stage(base) => index = *base,
            Base::Image(image) => return image.is_known() && image.application().is_none(),
            Base::Unknown => return false,
        }
    }
}
