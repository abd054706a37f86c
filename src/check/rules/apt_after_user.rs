//! A package installation by a user other than root.
//!
//! ## What it does
//! Looks for `apt-get`, `apt`, `apk`, `dnf` and `yum` in a `RUN` after a `USER` that is not root, without `sudo`.
//!
//! ## Why it matters
//! The build stops: `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)`, or
//! `List directory /var/lib/apt/lists/partial is missing`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd -m -u 1000 user
//! USER user
//! RUN apt-get update && apt-get install -y git
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN apt-get update && apt-get install -y git
//! RUN useradd -m -u 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Dockerfile, Who};

pub(super) const RULE: Rule = Rule::new("apt-after-user", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (step, run) in dockerfile.runs() {
        let is_user = match step.before.who() {
            Who::Uid(uid) => uid != 0,
            Who::Named(_) => true,
            Who::Root | Who::Unknown => false,
        };
        let Some(user) = step.before.user_range().filter(|_| is_user) else { continue };
        let installs = run.commands.iter().find(|command| {
            matches!(command.program(), Some("apt-get" | "apt" | "apk" | "dnf" | "yum"))
                && command.argv().iter().any(|word| matches!(&*word.text, "install" | "update" | "add" | "upgrade"))
                && !command.words.iter().any(|word| word.text == "sudo")
        });
        let Some(command) = installs else { continue };
        let program = command.program().unwrap_or_default();
        let finding = Finding::new(
            in_dockerfile(command.range()),
            format!("`{program}` runs as a user other than root, and cannot install"),
        )
        .label("needs root")
        .related(in_dockerfile(user), "root until here")
        .help("move it above `USER`");
        found.push(finding);
    }
}
