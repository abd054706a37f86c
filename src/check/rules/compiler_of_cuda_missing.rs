//! `nvcc` in an image without the CUDA compiler.
//!
//! ## What it does
//! Looks for `nvcc` in a `RUN` on a `base` or `runtime` image of `nvidia/cuda` or `pytorch/pytorch`, unless something
//! with `nvcc` or `toolkit` in its name is installed.
//!
//! ## Why it matters
//! The build stops: `nvcc: not found`. Tags with `-base-` and `-runtime` have the libraries only.
//!
//! ## Example
//! ```Dockerfile
//! FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04
//! RUN nvcc -o kernel kernel.cu
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["./kernel"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM nvidia/cuda:12.8.1-devel-ubuntu22.04
//! RUN nvcc -o kernel kernel.cu
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["./kernel"]
//! ```
//!
//! ## Source
//! <https://hub.docker.com/r/nvidia/cuda>: what `base`, `runtime` and `devel` contain

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Base, Command, Dockerfile};

pub(super) const RULE: Rule = Rule::new("compiler-of-cuda-missing", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for stage in &dockerfile.stages {
        let Base::Image(image) = &stage.base else { continue };
        let Some(compiler) = image.missing_compiler() else { continue };
        for (_, run) in stage.runs() {
            if run.line.text().contains("toolkit") || installs(&run.commands, compiler.program) {
                break;
            }
            let is_it = |command: &&Command<'_>| command.program() == Some(compiler.program);
            let Some(command) = run.commands.iter().find(is_it) else { continue };
            let message = format!("this image has no `{}`", compiler.program);
            let finding = Finding::new(in_dockerfile(command.range()), message)
                .label("not found")
                .related(in_dockerfile(stage.from.image.range.clone()), "an image without the compiler")
                .help(format!("use the same image with `{}` in its tag", compiler.with));
            found.push(finding);
        }
    }
}

fn installs(commands: &[Command<'_>], program: &str) -> bool {
    commands.iter().any(|command| command.argv().iter().skip(1).any(|word| word.text.contains(program)))
}
