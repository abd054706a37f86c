//! A build argument without a default that a command needs.
//!
//! ## What it does
//! Looks for an `ARG` without a default whose variable names the base image, or what a command such as `pip install`, `git clone` or
//! `curl` fetches. Uses with a default of their own, as in `${NAME:-1.0}`, and lines with a condition are skipped.
//!
//! ## Why it matters
//! The Hub passes only the variables in the settings of the Space as build arguments. A copy of the Space, or a Space without that
//! variable, builds with an empty text: `Invalid requirement: ''`, `fatal: repository '' does not exist`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ARG SOURCE
//! RUN pip install --no-cache-dir "$SOURCE"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ARG SOURCE=fastapi
//! RUN pip install --no-cache-dir "$SOURCE"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#buildtime>

use std::ops::Range;

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::stages;
use crate::check::variables::{is_predefined, uses};
use crate::formats::dockerfile::{Assignment, Command, Dockerfile, Form, Instruction, Run, Step};

pub(super) const RULE: Rule = Rule::new("empty-build-argument", Group::Risky, Check::Dockerfile(check));

/// Parts of a line in which an empty text may be fine.
const CONDITIONS: [&str; 6] = ["if ", "[ ", "test ", "||", ":-", ":+"];

/// Programs that fail without what they fetch or install.
const FETCHES: [&str; 15] = [
    "pip", "pip3", "uv", "git", "curl", "wget", "npm", "pnpm", "yarn", "apt-get", "apk", "conda", "cargo", "go", "gem",
];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if dockerfile.problem.is_some() || !dockerfile.text.contains("ARG") {
        return;
    }
    let built = stages::built(dockerfile);
    let globals = || dockerfile.global_args.iter().flat_map(args);
    let has_default = |name: &str| globals().any(|arg| arg.name.text == name && arg.value.is_some());
    for (_, stage) in dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]) {
        let image = &stage.from.image;
        for (name, range) in uses(&image.text, image.range.start, false) {
            let empty = globals().find(|arg| arg.name.text == name && !has_default(&name));
            if let Some(arg) = empty.filter(|_| !is_predefined(&name) && breaks_image(&image.text, &name)) {
                found.push(finding(arg, in_range(range, &image.range), "needed for the base image"));
            }
        }
        for (index, step) in stage.steps.iter().enumerate() {
            let empty = args(step).filter(|arg| arg.value.is_none() && !has_default(&arg.name.text));
            for arg in empty.filter(|arg| !is_predefined(&arg.name.text) && !is_secret(&arg.name.text)) {
                let later = &stage.steps[index + 1..];
                let is_set = |step: &Step<'_>| step.before.sets_env(&arg.name.text);
                let needs =
                    later.iter().filter(|step| !is_set(step)).find_map(|step| needed_by(step.run()?, &arg.name.text));
                if let Some(command) = needs {
                    found.push(finding(arg, command.range(), "needed here"));
                }
            }
        }
    }
}

/// Whether no image has the name that is left without the variable: `python:3.12${SUFFIX}` is one without it.
fn breaks_image(image: &str, name: &str) -> bool {
    if [":-", ":+"].iter().any(|operator| image.contains(&format!("{name}{operator}"))) {
        return false;
    }
    let rest = image.replace(&format!("${{{name}}}"), "").replace(&format!("${name}"), "");
    rest.is_empty()
        || rest.starts_with(['/', ':', '-', '.', '@'])
        || rest.ends_with(['/', ':', '-', '.', '@'])
        || [":-", ":.", "//", "-@"].iter().any(|part| rest.contains(part))
}

fn in_range(range: Range<usize>, whole: &Range<usize>) -> Range<usize> {
    if range.end <= whole.end { range } else { whole.clone() }
}

fn finding(arg: &Assignment<'_>, needed: Range<usize>, label: &str) -> Finding {
    let name = &arg.name.text;
    Finding::new(
        in_dockerfile(arg.name.range.clone()),
        format!("`ARG {name}` is empty unless the settings of the Space have a variable `{name}`"),
    )
    .label("no default")
    .related(in_dockerfile(needed), label.to_owned())
    .help(format!("write a default, as in `ARG {name}=value`: the variable in the settings still overrides it"))
}

fn args<'s, 't>(step: &'s Step<'t>) -> impl Iterator<Item = &'s Assignment<'t>> {
    match &step.instruction {
        Instruction::Arg(assignments) => assignments.iter(),
        _ => [].iter(),
    }
}

/// Other rules are about secrets.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["TOKEN", "KEY", "SECRET", "PASS", "CREDENTIAL", "AUTH"].iter().any(|part| name.contains(part))
}

/// The command that fetches or installs what the variable names.
fn needed_by<'r, 't>(run: &'r Run<'t>, name: &str) -> Option<&'r Command<'t>> {
    let Form::Shell(text) = run.line.form else { return None };
    let sets = text.contains(&format!("{name}="));
    if sets || !text.contains(name) || CONDITIONS.iter().any(|part| text.contains(part)) {
        return None;
    }
    run.commands.iter().find(|command| {
        let fetches = command.program().is_some_and(|program| FETCHES.contains(&program));
        let mut words = command.argv().iter().skip(1);
        fetches && words.any(|word| is_value(&word.text, name))
    })
}

/// Whether nothing is left of a word without the variable, or a name without its version.
fn is_value(word: &str, name: &str) -> bool {
    let is_used = uses(word, 0, false).iter().any(|(used, _)| used == name);
    let rest = word.replace(&format!("${{{name}}}"), "").replace(&format!("${name}"), "");
    is_used
        && (rest.is_empty()
            || rest.ends_with("==")
            || rest.ends_with('@')
            || rest.ends_with('=')
            || rest.starts_with("http")
            || rest.starts_with("git+"))
        && !rest.starts_with("--")
}
