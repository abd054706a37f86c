//! Files put into `/data` at build time, where storage may be mounted.
//!
//! ## What it does
//! Looks for a `COPY` into `/data` and for folders created below it.
//!
//! ## Why it matters
//! What the build puts into `/data` is hidden once storage is mounted there, and folders that the app relies on are
//! missing: `unable to open database file`. Without storage nothing goes wrong, so this is a matter of care.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! RUN mkdir -p /data/cache
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["sh", "-c", "mkdir -p \"${DATA:-$HOME/data}/cache\" && exec python app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-storage>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Instruction};

pub(super) const RULE: Rule =
    Rule::new("data-filled-at-build", Group::Pedantic, Check::Dockerfile(check)).of(Scope::SPACES);

const DATA: &str = "/data";

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for step in dockerfile.image_steps() {
        let below = |path: &str| {
            step.before
                .absolute(path)
                .is_some_and(|path| path.strip_prefix(DATA).is_some_and(|rest| rest.starts_with('/')))
        };
        let range = match &step.instruction {
            Instruction::Copy(copy) => {
                let path = &copy.destination.text;
                let into = below(path) || step.before.absolute(path).is_some_and(|path| path == DATA);
                into.then(|| copy.destination.range.clone())
            }
            Instruction::Run(run) => {
                let made = run.commands.iter().filter(|command| command.program() == Some("mkdir"));
                made.flat_map(|command| command.argv())
                    .skip(1)
                    .find(|word| below(&word.text))
                    .map(|word| word.range.clone())
            }
            _ => None,
        };
        let Some(range) = range else { continue };
        let finding = Finding::new(in_dockerfile(range), "storage mounted at /data hides this")
            .label("only exists at build time")
            .help("create it when the app starts, and fall back to the home folder if /data is not writable");
        found.push(finding);
    }
}
