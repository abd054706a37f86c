//! A `chown -R` that stores files a second time.
//!
//! ## What it does
//! Looks for `chown -R` after a `COPY`, in a `RUN` of the last stage that creates none of those files itself. A folder
//! that contains nothing but a few small files copied by name is skipped.
//!
//! ## Why it matters
//! Every file whose owner changes is stored again in the new layer: the image contains it twice, and every push of it
//! takes longer.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! COPY . .
//! RUN chown -R user:user /app
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! WORKDIR /app
//! COPY --chown=user:user . .
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, Space, Subject, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Instruction, Stage};
use crate::repo::Repo;

pub(super) const RULE: Rule =
    Rule::new("recursive-chown", Group::Wasteful, Check::DockerfileAnd(&[Subject::Files], check));

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(stage) = dockerfile.last_stage() else { return };
    let mut copied: Vec<String> = Vec::new();
    let fresh = until_something_large(space.repo(), stage);
    for (index, step) in stage.steps.iter().enumerate() {
        match &step.instruction {
            Instruction::Copy(copy) => copied.extend(step.before.absolute(&copy.destination.text)),
            Instruction::Run(run) => {
                for command in &run.commands {
                    let recursive = command.has("--recursive")
                        || command.argv().iter().skip(1).any(|word| {
                            word.text.starts_with('-') && !word.text.starts_with("--") && word.text.contains('R')
                        });
                    if command.program() != Some("chown") || !recursive {
                        continue;
                    }
                    let folders = command.argv().iter().skip(2).filter(|word| !word.text.starts_with('-'));
                    let paths = folders.filter_map(|word| step.before.absolute(&word.text)).collect::<Vec<_>>();
                    let holds = |folder: &str| {
                        copied.iter().any(|path| {
                            path == folder || path.starts_with(&format!("{}/", folder.trim_end_matches('/')))
                        })
                    };
                    if index < fresh || !paths.iter().any(|path| holds(path)) {
                        continue;
                    }
                    let finding = Finding::new(
                        in_dockerfile(command.range()),
                        "the files in this folder are stored a second time",
                    )
                    .label("a new layer with all of them")
                    .help("copy them with `--chown`, and change the owner of empty folders only");
                    found.push(finding);
                }
            }
            _ => {}
        }
    }
}

/// Small enough that storing it twice does not matter.
const SMALL: u64 = 1 << 20;

/// The first step after which the folders of the app may hold more than a few small files: one that copies a folder, a
/// pattern or another stage's files, or runs a program that may make some.
fn until_something_large(repo: &Repo, stage: &Stage<'_>) -> usize {
    let mut total = 0;
    let large = stage.steps.iter().position(|step| match &step.instruction {
        Instruction::Copy(copy) => {
            let sizes = copy.sources.iter().map(|source| repo.get(source.text.trim_start_matches("./")));
            let size = sizes.map(|file| file.map_or(SMALL, crate::repo::File::size)).sum::<u64>();
            total += if copy.flag("from").is_some() { SMALL } else { size };
            total >= SMALL
        }
        Instruction::Run(run) => {
            run.commands.iter().any(|command| command.program().is_none_or(|program| !MAKES_NOTHING.contains(&program)))
        }
        _ => false,
    });
    large.unwrap_or(stage.steps.len())
}

/// Programs that put no files into the folder that they run in.
const MAKES_NOTHING: [&str; 20] = [
    "apt-get", "apt", "apk", "pip", "pip3", "mkdir", "chown", "chmod", "rm", "useradd", "adduser", "groupadd",
    "addgroup", "usermod", "echo", "touch", "true", "ln", "set", "cd",
];
