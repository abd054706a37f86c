//! A start command that pip installs outside of the `PATH`.
//!
//! ## What it does
//! Looks for `uvicorn`, `gunicorn`, `streamlit` and the like as the first word of the command, in a Python image whose
//! packages are all installed after a `USER` other than root, and which sets no `PATH`.
//!
//! ## Why it matters
//! pip then installs into `~/.local`: `WARNING: The script uvicorn is installed in '/home/user/.local/bin' which is not
//! on PATH`. The container does not start: `exec: "uvicorn": executable file not found in $PATH`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! WORKDIR /home/user/app
//! COPY --chown=user . ./
//! RUN pip install --requirement requirements.txt
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! COPY --chown=user . ./
//! RUN pip install --requirement requirements.txt
//! CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>,
//! <https://pip.pypa.io/en/stable/user_guide/#user-installs>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::facts::base_images::Runtime;
use crate::facts::servers::Package;
use crate::formats::dockerfile::{Command, Dockerfile, Instruction, Who};
use crate::values::server_named;

pub(super) const RULE: Rule = Rule::new("script-not-on-path", Group::Broken, Check::Dockerfile(check));

/// Programs that are scripts of Python packages, besides servers.
const SCRIPTS: [&str; 1] = ["celery"];

/// Whether pip installs a program as a script.
fn is_script(program: &str) -> bool {
    SCRIPTS.contains(&program)
        || server_named(program).is_some_and(|row| matches!(row.package, Package::Server(_) | Package::OfApp(_)))
}

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let (Some(stage), Some(image)) = (dockerfile.last_stage(), dockerfile.base_image()) else { return };
    let (None, Some((_, line))) = (dockerfile.entrypoint(), dockerfile.cmd()) else { return };
    let commands = line.commands();
    let [command] = &*commands else { return };
    let Some(word) = command.argv().first().filter(|word| is_script(&word.text)) else { return };
    let is_python = image.is_official() && image.runtime() == Runtime::Python;
    let sets_path = ["PATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX"].iter().any(|name| stage.end.sets_env(name));
    if !is_python || sets_path || !command.assignments.is_empty() {
        return;
    }
    let mut install = None;
    for step in dockerfile.image_steps() {
        match &step.instruction {
            Instruction::Run(run) => {
                for command in run.commands.iter().filter(|command| installs(command)) {
                    let (Who::Uid(1..) | Who::Named(_)) = step.before.who() else { return };
                    install.get_or_insert_with(|| command.range());
                }
                // Another way of installing, or of linking a script to where it is found
                if run.commands.iter().any(|command| !installs(command) && !is_harmless(command)) {
                    return;
                }
            }
            Instruction::Copy(copy) if copy.flag("from").is_some() => return,
            _ => {}
        }
    }
    let Some(install) = install else { return };
    let program = &word.text;
    let finding = Finding::new(in_dockerfile(word.range.clone()), format!("`{program}` is not on the `PATH`"))
        .label("not found")
        .related(in_dockerfile(install), "this installs it into ~/.local/bin")
        .help(format!("add `ENV PATH=/home/user/.local/bin:$PATH`, or start it with `python -m {program}`"));
    found.push(finding);
}

fn installs(command: &Command<'_>) -> bool {
    let argv = command.argv();
    let is_pip = match command.program() {
        Some("pip" | "pip3") => true,
        Some(program) if program.starts_with("python") => argv.iter().any(|word| word.text == "pip"),
        _ => false,
    };
    let elsewhere = ["-t", "--target", "--prefix", "--root"];
    is_pip
        && command.has("install")
        && !argv.iter().any(|word| elsewhere.iter().any(|option| word.text.split('=').next() == Some(option)))
}

fn is_harmless(command: &Command<'_>) -> bool {
    const HARMLESS: [&str; 12] = [
        "useradd", "adduser", "groupadd", "addgroup", "mkdir", "apt-get", "apt", "rm", "chown", "chmod", "echo", "true",
    ];
    command.program().is_none_or(|program| HARMLESS.contains(&program))
}
