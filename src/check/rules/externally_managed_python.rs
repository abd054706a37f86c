//! `pip install` into the Python of a Debian or Ubuntu that refuses it.
//!
//! ## What it does
//! Looks for `pip install` on Debian 12 or newer and Ubuntu 23.04 or newer where pip is that of `python3-pip`, without a virtual
//! environment and without `--break-system-packages`.
//!
//! ## Why it matters
//! The build stops: `error: externally-managed-environment`.
//!
//! ## Example
//! ```Dockerfile
//! FROM ubuntu:24.04
//! RUN apt-get update && apt-get install -y python3-pip && rm -rf /var/lib/apt/lists/*
//! WORKDIR /home/ubuntu/app
//! COPY --chown=ubuntu requirements.txt ./
//! RUN pip install -r requirements.txt
//! COPY --chown=ubuntu . ./
//! USER ubuntu
//! CMD ["python3", "-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM ubuntu:24.04
//! RUN apt-get update && apt-get install -y python3-venv && rm -rf /var/lib/apt/lists/*
//! WORKDIR /home/ubuntu/app
//! RUN python3 -m venv /opt/venv
//! ENV PATH=/opt/venv/bin:$PATH
//! COPY --chown=ubuntu requirements.txt ./
//! RUN pip install -r requirements.txt
//! COPY --chown=ubuntu . ./
//! USER ubuntu
//! CMD ["python", "-m", "uvicorn", "app:app", "--host", "0.0.0.0", "--port", "7860"]
//! ```
//!
//! ## Source
//! <https://peps.python.org/pep-0668/>, <https://salsa.debian.org/cpython-team/python3/-/blob/master/debian/README.venv>

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::app::image::packages::{installed, lineage};
use crate::app::image::pip_command::arguments;
use crate::check::space::DOCKERFILE;
use crate::facts::base_images::Runtime;
use crate::facts::distributions::{DEBIAN_MANAGED_SINCE, UBUNTU_MANAGED};
use crate::formats::dockerfile::{Command, Copy, Dockerfile, Run, Step};
use crate::values::BaseImage;

pub(super) const RULE: Rule = Rule::new("externally-managed-python", Group::Broken, Check::Dockerfile(check));

/// Words that show another Python, or the permission.
const ELSEWHERE: [&str; 18] = [
    "venv",
    "virtualenv",
    "conda",
    "mamba",
    "pyenv",
    "EXTERNALLY-MANAGED",
    "get-pip",
    "break-system-packages",
    "BREAK_SYSTEM_PACKAGES",
    "pip.conf",
    "uv python",
    "deadsnakes",
    "altinstall",
    "Python-3",
    "pixi",
    "pipx",
    "PYTHONHOME",
    "PIP_",
];

/// Options that install elsewhere.
const OPTIONS: [&str; 7] = ["-t", "--target", "--prefix", "--root", "--python", "--dry-run", "--break-system-packages"];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if !dockerfile.text.contains("pip") || ELSEWHERE.iter().any(|word| dockerfile.text.contains(word)) {
        return;
    }
    for (index, stage) in dockerfile.stages.iter().enumerate() {
        let (stages, image) = lineage(dockerfile, index);
        if !image.is_some_and(is_managed) {
            continue;
        }
        let mut has_pip = false;
        let copies = |stage: &crate::formats::dockerfile::Stage<'_>| {
            stage.steps.iter().filter_map(Step::copy).any(brings_python)
        };
        if stages.iter().any(|stage| copies(stage)) {
            continue;
        }
        let inherited = stages.iter().take(stages.len().saturating_sub(1)).flat_map(|stage| stage.runs());
        for (_, run) in inherited {
            has_pip |= installs_pip(run);
        }
        for (_, run) in stage.runs() {
            has_pip |= installs_pip(run);
            let refused = run.commands.iter().find(|command| is_refused(command));
            let may_fail = run.line.text().contains("||") || run.line.text().contains("if ");
            let Some(command) = refused.filter(|_| has_pip && !may_fail) else { continue };
            found.push(finding(command, stage.from.image.range.clone()));
            break;
        }
    }
}

fn finding(command: &Command<'_>, image: std::ops::Range<usize>) -> Finding {
    let finding = Finding::new(
        in_dockerfile(command.range()),
        "the Python of this image is externally managed: pip refuses to install into it",
    )
    .label("stops with `externally-managed-environment`")
    .related(in_dockerfile(image), "has an externally managed Python")
    .help("create a virtual environment with `python3 -m venv`, or set `ENV PIP_BREAK_SYSTEM_PACKAGES=1` above it");
    let Some(install) = command.argv().iter().find(|word| word.text == "install") else { return finding };
    let fix = Fix::with_care("add `--break-system-packages`");
    finding.fix(fix.insert(DOCKERFILE, install.range.end, " --break-system-packages"))
}

/// Whether the image's own Python refuses packages of pip.
fn is_managed(image: &BaseImage) -> bool {
    if image.runtime() == Runtime::Python {
        return false;
    }
    let tag = image.reference().tag().unwrap_or("latest");
    let has_word = |words: &[&str]| tag.split('-').any(|word| words.contains(&word));
    let repository = image.reference().repository().to_owned();
    let is_named = |name: &str| image.is_official() && repository.rsplit('/').next() == Some(name);
    let is_ubuntu = if is_named("ubuntu") {
        tag == "latest" || UBUNTU_MANAGED.iter().any(|(number, name)| tag.starts_with(number) || has_word(&[name]))
    } else {
        UBUNTU_MANAGED.iter().any(|(number, _)| has_word(&[&format!("ubuntu{number}")]))
    };
    let is_debian = image.debian_release().is_some_and(|release| release >= DEBIAN_MANAGED_SINCE);
    let number = tag.split(['-', '.']).next().and_then(|number| number.parse::<u8>().ok());
    let is_numbered = number.is_some_and(|number| number >= DEBIAN_MANAGED_SINCE);
    let is_newest = matches!(tag, "latest" | "stable" | "stable-slim");
    is_ubuntu || is_debian || (is_named("debian") && (is_numbered || is_newest))
}

fn installs_pip(run: &Run<'_>) -> bool {
    run.commands.iter().any(|command| {
        matches!(command.program(), Some("apt-get" | "apt")) && installed(command).any(|word| word == "python3-pip")
    })
}

fn is_refused(command: &Command<'_>) -> bool {
    let program = command.argv().first().map_or("", |word| &*word.text);
    let is_of_system = !program.contains('/') || program.starts_with("/usr/bin/");
    let is_uv = command.program() == Some("uv");
    let is_elsewhere = |word: &str| {
        OPTIONS
            .iter()
            .any(|option| word == *option || word.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')))
    };
    is_of_system
        && !is_uv
        && command.assignments.is_empty()
        && arguments(command).is_some_and(|words| !words.iter().any(|word| is_elsewhere(&word.text)))
}

/// Whether files of another image may be a Python.
fn brings_python(copy: &Copy<'_>) -> bool {
    copy.flag("from").is_some_and(|from| !from.text.contains("/uv:") && !from.text.ends_with("/uv"))
}
