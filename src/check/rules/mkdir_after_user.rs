//! A `mkdir` below a folder of root, by another user.
//!
//! ## What it does
//! Looks for `mkdir` in a `RUN` after a `USER` that is not root, in official images, at a path such as `/data/cache` or `/app/logs`,
//! if no line above it names its first folder. A command that may fail, as before `|| true`, is accepted.
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
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>; measured with BuildKit

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Command, Dockerfile, Step, Who};

pub(super) const RULE: Rule = Rule::new("mkdir-after-user", Group::Broken, Check::Dockerfile(check));

/// Folders at the root in which other users may create some, or of which this is not known.
const OPEN: [&str; 7] = ["dev", "home", "proc", "run", "sys", "tmp", "var"];

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let is_certain = dockerfile.base_image().is_some_and(|image| image.is_official() && image.is_known());
    if !is_certain {
        return;
    }
    for (step, run) in dockerfile.image_runs() {
        let Some(user) = step.before.user_range() else { continue };
        if !matches!(step.before.who(), Who::Uid(1..) | Who::Named(_)) {
            continue;
        }
        // A folder that any line above names may belong to the user
        let above = dockerfile.text.get(..run.line.range.start).unwrap_or_default();
        for command in &run.commands {
            let Some((range, path)) = refused(step, command, above) else { continue };
            let name = match step.before.who() {
                Who::Named(name) => name,
                Who::Uid(uid) => step.before.account_of(uid).map_or(uid.to_string(), |account| account.name.clone()),
                _ => continue,
            };
            let top = path.split('/').nth(1).unwrap_or_default();
            let finding = Finding::new(in_dockerfile(range), format!("`mkdir` is not allowed to create `{path}`"))
                .label(format!("`/{top}` is not a folder of `{name}`"))
                .related(in_dockerfile(user.clone()), "root until here")
                .help(format!("write `RUN mkdir -p {path} && chown {name} {path}` above `USER`"));
            found.push(finding);
        }
    }
}

/// The folder that a command certainly cannot create.
fn refused(step: &Step<'_>, command: &Command<'_>, above: &str) -> Option<(std::ops::Range<usize>, String)> {
    let has_sudo = command.words.iter().any(|word| matches!(&*word.text, "sudo" | "fakeroot" | "gosu"));
    if command.program() != Some("mkdir") || !command.must_succeed() || has_sudo {
        return None;
    }
    let words = command
        .argv()
        .iter()
        .skip(1)
        .filter(|word| word.text.starts_with('/') && !word.text.contains(['{', '*', '`', '(']));
    let mut paths = words.filter_map(|word| Some((word.range.clone(), step.before.absolute(&word.text)?)));
    paths.find(|(_, path)| {
        let top = path.split('/').nth(1).unwrap_or_default();
        !top.is_empty() && !OPEN.contains(&top) && !above.contains(&format!("/{top}"))
    })
}
