//! A workflow or an image that runs `huggingface-cli`, which new versions do not have.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a job, and in the Dockerfile and the scripts that it starts, for `huggingface-cli` after
//! an installation of `huggingface_hub` from 1.0 on, or without a version, if nothing may hold it back.
//!
//! ## Why it matters
//! From 1.0, `huggingface_hub` has the command `hf` only. The job or the build fails with `huggingface-cli: command not
//! found`, and the Space keeps its old files.
//!
//! ## Example
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!       - run: pip install -U "huggingface_hub[cli]"
//!       - run: huggingface-cli upload user/demo . --repo-type space
//! ```
//!
//! ## Use instead
//! ```.github/workflows/sync.yml
//! on: {push: {branches: [main]}}
//! jobs:
//!   sync:
//!     runs-on: ubuntu-latest
//!     steps:
//!       - uses: actions/checkout@v4
//!       - run: pip install -U huggingface_hub
//!       - run: hf upload user/demo . --repo-type space
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/huggingface_hub/guides/cli>; measured: 0.36.0 installs `huggingface-cli`, 1.0.0 to 2.4.0 do not.

use super::{Check, Finding, Group, Place, Rule, Space, Subject, in_dockerfile};
use crate::app::image::contents::ImageFiles;
use crate::app::image::pip::{Item, What};
use crate::app::image::pip_command::arguments;
use crate::app::start::startup::executed;
use crate::check::space::in_spot;
use crate::check::workflows::{Deploy, GITLAB};
use crate::facts::base_images::Runtime;
use crate::formats::dockerfile::{Base, Command, CommandLine, Dockerfile, Run, Stage};
use crate::formats::workflow::line_in;

pub(super) const RULE: Rule = Rule::new(
    "removed-hub-command",
    Group::Risky,
    Check::Views(&[Subject::Files, Subject::Dockerfile, Subject::Requirements], check),
);

const OLD: &str = "huggingface-cli";
const HUB: &str = "huggingface-hub";

/// Packages that leave the version of `huggingface_hub` open.
const OPEN: [&str; 7] = ["pip", "setuptools", "wheel", "hf_xet", "hf-xet", "hf_transfer", "hf-transfer"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for deploy in space.deploys() {
        // The image of the job may have an old Python
        if deploy.path != GITLAB && deploy.mentions(&[OLD]) && !has_old_python(deploy) {
            found.extend(finding(space, deploy));
        }
    }
    if let Some(dockerfile) = space.dockerfile() {
        found.extend(in_image(space, dockerfile));
    }
}

/// The first command of the image that certainly is not there.
fn in_image(space: &Space<'_>, dockerfile: &Dockerfile<'_>) -> Option<Finding> {
    let is_script = |name: &str| name.rsplit('.').next() == Some("sh");
    let in_scripts = || {
        let mut scripts = space.repo().files().filter(|file| is_script(file.name()) && file.size() < 64 * 1024);
        scripts.any(|file| file.text().is_some_and(|text| text.contains(OLD)))
    };
    if !dockerfile.text.contains("install") || !(dockerfile.text.contains(OLD) || in_scripts()) {
        return None;
    }
    let stage = dockerfile.last_stage().filter(|stage| has_new_python(stage))?;
    // Another environment may have another version
    if ["venv", "conda", "uvx", "pipx", "uv tool"].iter().any(|word| dockerfile.text.contains(word)) {
        return None;
    }
    let last = dockerfile.stages.len() - 1;
    for (at, step) in stage.steps.iter().enumerate() {
        let Some(run) = step.run().filter(|run| run.line.text().contains(OLD)) else { continue };
        let Some(command) = first_old(run) else { continue };
        return is_new(space, last, at).then(|| not_there(in_dockerfile(command)));
    }
    let commands = executed(&ImageFiles::of(space.repo(), dockerfile));
    let command = commands.iter().find(|command| command.program() == OLD)?;
    is_new(space, last, usize::MAX).then(|| not_there(in_spot(&command.spot())))
}

fn not_there(place: Place) -> Finding {
    Finding::new(place, format!("the installed `huggingface_hub` has no `{OLD}`"))
        .label("command not found")
        .help("run `hf` instead, such as `hf download`, or `hf auth login`")
}

/// Whether a stage begins with an image of Python that the newest version supports.
fn has_new_python(stage: &Stage<'_>) -> bool {
    let Base::Image(image) = &stage.base else { return false };
    image.is_official()
        && image.runtime() == Runtime::Python
        && image.python_version().is_some_and(|python| python >= (3, 9))
}

/// The first such command of a `RUN`, if it certainly runs, and nothing is installed after it.
fn first_old(run: &Run<'_>) -> Option<std::ops::Range<usize>> {
    let at = run.commands.iter().position(|command| command.program() == Some(OLD))?;
    let installs_later = run.commands[at..].iter().any(|command| arguments(command).is_some());
    let command = &run.commands[at];
    (command.must_succeed() && !installs_later).then(|| command.range())
}

/// Whether the steps of a stage up to one certainly leave a version without the command.
fn is_new(space: &Space<'_>, stage: usize, last: usize) -> bool {
    let commands = space.installed().commands.iter();
    let commands: Vec<_> =
        commands.filter(|install| install.at.is_some_and(|(of, at)| of == stage && at <= last)).collect();
    let is_open = |item: &Item| match &item.what {
        What::Package(package) => package.name == HUB || OPEN.contains(&&*package.name),
        What::Place(_) | What::Editable(_) => false,
    };
    let hub = |item: &&Item| matches!(&item.what, What::Package(package) if package.name == HUB);
    let mut are_open = true;
    let mut is_new = false;
    for command in commands {
        let all_open = command.items.iter().all(is_open);
        are_open &= all_open;
        let versions = command.items.iter().find(hub).and_then(Item::package).map(|package| &package.versions);
        is_new = match versions {
            Some(versions) if versions.lie_in(&[1], &[]) => true,
            Some(versions) => versions.takes_newest() && are_open,
            // It may ask for an older one
            None => is_new && all_open,
        };
    }
    is_new
}

/// Whether the job sets up a Python that the newest version does not support, or an unknown one.
fn has_old_python(deploy: &Deploy<'_>) -> bool {
    let versions = deploy.job.steps.iter().filter_map(|step| step.input("python-version"));
    let is_new = |text: &str| {
        let minor = text.strip_prefix("3.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
        matches!(text, "3" | "3.x") || minor.is_some_and(|minor| minor >= 9)
    };
    let mut versions = versions.map(|version| version.text.as_str());
    versions.any(|text| !is_new(text))
}

fn finding(space: &Space<'_>, deploy: &Deploy<'_>) -> Option<Finding> {
    let mut is_newest = false;
    for (_, run) in deploy.runs() {
        // A command that may fail, or may not run
        if ["||", "if ", "command -v", "venv", "conda"].iter().any(|text| run.text.contains(text)) {
            return None;
        }
        let line = CommandLine::of_shell(&run.text);
        for command in line.commands() {
            if let Some(packages) = installed(&command) {
                is_newest |= newest(&packages)?;
            } else if command.program() == Some(OLD) && is_newest {
                let text = space.repo().text(deploy.path)?;
                let written = run.text.get(command.range()).unwrap_or(OLD);
                let at = line_in(text, &run.range, written);
                let finding = Finding::new(deploy.place(at), format!("the newest `huggingface_hub` has no `{OLD}`"))
                    .label("command not found")
                    .help("run `hf` instead, such as `hf upload` or `hf auth login`");
                return Some(finding);
            }
        }
    }
    None
}

/// The words after `pip install`.
fn installed<'c>(command: &'c Command<'_>) -> Option<Vec<&'c str>> {
    let words: Vec<&str> = command.argv().iter().map(|word| &*word.text).collect();
    match &*words {
        ["pip" | "pip3", "install", rest @ ..] | ["python" | "python3", "-m", "pip", "install", rest @ ..] => {
            Some(rest.to_vec())
        }
        _ => None,
    }
}

/// Whether an installation brings the newest `huggingface_hub`. None if something may hold it back.
fn newest(packages: &[&str]) -> Option<bool> {
    let mut is_newest = false;
    for word in packages {
        match *word {
            "-U" | "--upgrade" | "-q" | "--quiet" | "--no-cache-dir" | "--user" | "--break-system-packages" => {}
            "huggingface_hub" | "huggingface-hub" | "huggingface_hub[cli]" | "huggingface-hub[cli]" => is_newest = true,
            other => OPEN.contains(&other).then_some(())?,
        }
    }
    Some(is_newest)
}
