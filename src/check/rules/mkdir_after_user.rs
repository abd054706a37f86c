//! A `mkdir` below a folder of root, by another user.
//!
//! ## What it does
//! Looks for `mkdir` in a `RUN` after a `USER` that is not root, in official images, at a path such as `/data/cache` or `/app/logs`,
//! if no step above it names its first folder. A command that may fail, as before `|| true`, is accepted.
//!
//! ## Why it matters
//! The build stops: `mkdir: cannot create directory '/data': Permission denied`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN mkdir -p /models/cache
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! RUN mkdir -p /models/cache && chown -R user:user /models
//! USER user
//! CMD ["python", "app.py"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>; measured with `BuildKit`

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Command, Dockerfile, Instruction, Step, Who};

pub(super) const RULE: Rule = Rule::new("mkdir-after-user", Group::Broken, Check::Dockerfile(check));

/// Folders at the root in which other users may create some, or of which this is not known.
const OPEN: [&str; 7] = ["dev", "home", "proc", "run", "sys", "tmp", "var"];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let is_certain = dockerfile.base_image().is_some_and(|image| image.is_official() && image.is_known());
    if !is_certain || !dockerfile.text.contains("mkdir") {
        return;
    }
    let mut known = Known::default();
    for step in dockerfile.image_steps() {
        if let (Some(run), Some(user)) = (step.run(), step.before.user_range()) {
            let name = match step.before.who() {
                Who::Named(name) => Some(name),
                Who::Uid(uid @ 1..) => {
                    Some(step.before.account_of(uid).map_or_else(|| uid.to_string(), |account| account.name.clone()))
                }
                _ => None,
            };
            if let Some(name) = name.filter(|_| !known.is_unclear) {
                for (range, path) in run.commands.iter().filter_map(|command| known.refused(step, command)) {
                    found.push(finding(range, &path, &name).related(in_dockerfile(user.clone()), "root until here"));
                }
            }
        }
        known.add(step);
    }
}

fn finding(range: Range<usize>, path: &str, name: &str) -> Finding {
    let top = top(path);
    Finding::new(in_dockerfile(range), format!("`mkdir` is not allowed to create `{path}`"))
        .label(format!("`/{top}` is not a folder of `{name}`"))
        .help(format!("write `RUN mkdir -p {path} && chown {name} {path}` above `USER`"))
}

/// The first folder of a path.
fn top(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

/// The folders at the root that the steps so far name, and so may have made or given to the user.
#[derive(Default)]
struct Known {
    names: BTreeSet<String>,
    /// Whether a step names one that is unknown.
    is_unclear: bool,
}

impl Known {
    fn add(&mut self, step: &Step<'_>) {
        match &step.instruction {
            Instruction::Workdir(word) => self.add_path(step.before.absolute_in_instruction(&word.text)),
            Instruction::Copy(copy) => self.add_path(step.before.absolute_in_instruction(&copy.destination.text)),
            Instruction::Run(run) => {
                let text = run.line.text();
                for (at, _) in text.match_indices('/') {
                    let rest = &text[at + 1..];
                    let is_name = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.');
                    self.names.insert(rest.split(|char| !is_name(char)).next().unwrap_or_default().to_owned());
                }
                for word in
                    run.commands.iter().flat_map(|command| &command.words).filter(|word| word.text.contains('$'))
                {
                    self.add_path(step.before.absolute(&word.text));
                }
            }
            _ => {}
        }
    }

    fn add_path(&mut self, path: Option<String>) {
        match path {
            Some(path) => self.names.extend([top(&path).to_owned()]),
            None => self.is_unclear = true,
        }
    }

    /// The folder that a command certainly cannot create.
    fn refused(&self, step: &Step<'_>, command: &Command<'_>) -> Option<(Range<usize>, String)> {
        let has_sudo = command.words.iter().any(|word| matches!(&*word.text, "sudo" | "fakeroot" | "gosu"));
        if command.program() != Some("mkdir") || !command.must_succeed() || has_sudo {
            return None;
        }
        let words = command.argv().iter().skip(1);
        let plain = words.filter(|word| word.text.starts_with(['/', '$']) && !word.text.contains(['*', '`', '(', '~']));
        let mut paths = plain.filter_map(|word| Some((word.range.clone(), step.before.absolute(&word.text)?)));
        paths.find(|(_, path)| {
            let top = top(path);
            let is_plain = top.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.'));
            is_plain && !top.is_empty() && !OPEN.contains(&top) && !self.names.contains(top)
        })
    }
}
