//! A build step that reads a file which no step before it has copied.
//!
//! ## What it does
//! Takes the file that a `RUN` names, as in `pip install -r requirements.txt`, `chmod +x start.sh` or `python build.py`, and the
//! `package.json` that `npm ci` and `npm run` read, and follows the steps before it. Reports the file if none of them can have
//! brought it. A file that the base image may have, or that an earlier command may make, is not reported.
//!
//! ## Why it matters
//! Docker runs the steps from top to bottom. What is copied later is not there yet, and the build stops:
//! `Could not open requirements file: [Errno 2] No such file or directory`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! RUN pip install --no-cache-dir -r requirements.txt
//! COPY --chown=user:user . ./
//! CMD ["python", "app.py"]
//! ```
//! ```requirements.txt
//! fastapi==0.165.0
//! ```
//! ```app.py
//! print("hello")
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PATH=/home/user/.local/bin:$PATH
//! WORKDIR /home/user/app
//! COPY --chown=user:user requirements.txt ./
//! RUN pip install --no-cache-dir -r requirements.txt
//! COPY --chown=user:user . ./
//! CMD ["python", "app.py"]
//! ```
//! ```requirements.txt
//! fastapi==0.165.0
//! ```
//! ```app.py
//! print("hello")
//! ```
//!
//! ## Source
//! <https://docs.docker.com/get-started/docker-concepts/building-images/writing-a-dockerfile/>; measured with pip 23.2 and npm 11.19

use std::ops::Range;

use super::{Check, Finding, Group, Rule, Scope, Space, Subject};
use crate::app::image::contents::ImageFiles;
use crate::app::start::read_files::{Read, read_by};
use crate::check::space::in_dockerfile;
use crate::check::stages;
use crate::formats::dockerfile::{Dockerfile, Instruction, Run, Step};

pub(super) const RULE: Rule =
    Rule::new("file-read-before-copy", Group::Broken, Check::DockerfileAnd(&[Subject::Files], check))
        .of(Scope::EveryTarget);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let files = ImageFiles::of(space.repo(), dockerfile);
    let built = stages::built(dockerfile);
    let needed = dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]);
    for (index, stage) in needed {
        for (at, step) in stage.steps.iter().enumerate() {
            let Instruction::Run(run) = &step.instruction else { continue };
            if let Some((range, read)) = lacking(run, step, (index, at), &files) {
                found.push(finding(range, &read, space));
                // What follows does not run
                return;
            }
        }
    }
}

/// The first file that a step reads and that is certainly not there.
fn lacking(
    run: &Run<'_>,
    step: &Step<'_>,
    at: (usize, usize),
    files: &ImageFiles<'_, '_, '_>,
) -> Option<(Range<usize>, Read)> {
    const EMPTY: [&str; 4] = ["type=cache", "type=secret", "type=ssh", "type=tmpfs"];
    // A mount of files may bring it
    let brings = |value: &str| !EMPTY.iter().any(|kind| value.contains(kind));
    let mut mounts = run.flags.iter().filter(|flag| flag.name == "mount");
    if mounts.any(|mount| mount.value.as_ref().is_none_or(|value| brings(&value.text))) {
        return None;
    }
    read_by(run).into_iter().find_map(|(range, read)| {
        let path = step.before.absolute(&read.path)?;
        files.lacks_before(at, &path).then_some((range, read))
    })
}

fn finding(range: Range<usize>, read: &Read, space: &Space<'_>) -> Finding {
    let Read { path, program } = read;
    let plain = path.trim_start_matches("./");
    let help = if space.repo().get(plain).is_some() {
        format!("copy `{plain}` into this folder before this step")
    } else {
        format!("add `{plain}` to the repository, and copy it into this folder before this step")
    };
    let message = format!("`{program}` reads `{path}`, and no step before this one brings it into the image");
    Finding::new(in_dockerfile(range), message).label("not in the image yet").help(help)
}
