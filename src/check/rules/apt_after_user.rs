//! A package installation by a user other than root.
//!
//! ## What it does
//! Looks for `apt-get`, `apt`, `apk`, `dnf` and `yum` in a `RUN` after a `USER` that is not root, without `sudo`, and for
//! `playwright install --with-deps` and `playwright install-deps`, which run `apt-get`. A command that may fail, as before `|| true`,
//! is accepted.
//!
//! ## Why it matters
//! The build stops: `E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)`, or
//! `List directory /var/lib/apt/lists/partial is missing`, or, of Playwright, `Switching to root user to install dependencies...` and
//! `su: Authentication failure`.
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
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#permissions>,
//! <https://playwright.dev/docs/browsers#install-system-dependencies>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::{Command, Dockerfile, Who};

pub(super) const RULE: Rule = Rule::new("apt-after-user", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (step, run) in dockerfile.runs() {
        let is_user = match step.before.who() {
            Who::Uid(uid) => uid != 0,
            Who::Named(_) => true,
            Who::Root | Who::Unknown => false,
        };
        let Some(user) = step.before.user_range().filter(|_| is_user) else { continue };
        let as_user = |command: &&Command<'_>| {
            command.must_succeed()
                && !command.words.iter().any(|word| matches!(&*word.text, "sudo" | "gosu" | "fakeroot"))
        };
        let found_here = run.commands.iter().filter(as_user).find_map(|command| Some((command, installs(command)?)));
        let Some((command, (program, help))) = found_here else { continue };
        let finding = Finding::new(
            in_dockerfile(command.range()),
            format!("`{program}` runs as a user other than root, and cannot install"),
        )
        .label("needs root")
        .related(in_dockerfile(user), "root until here")
        .help(help);
        found.push(finding);
    }
}

/// The program of a command that installs packages of the system, and what to do.
fn installs(command: &Command<'_>) -> Option<(String, String)> {
    let argv = command.argv();
    let program = command.program()?;
    if matches!(program, "apt-get" | "apt" | "apk" | "dnf" | "yum") {
        let is_change = argv.iter().any(|word| matches!(&*word.text, "install" | "update" | "add" | "upgrade"));
        return is_change.then(|| (program.to_owned(), "move it above `USER`".to_owned()));
    }
    let is_runner =
        matches!(program, "npx" | "bunx" | "pnpm" | "yarn" | "uv" | "uvx" | "poetry") || program.starts_with("python");
    let is_playwright = |text: &str| matches!(text.rsplit('/').next(), Some("playwright" | "patchright"));
    let at = argv.iter().position(|word| is_playwright(word.text.split('@').next().unwrap_or_default()))?;
    let verb = argv.get(at + 1).map(|word| &*word.text);
    let with_packages = verb == Some("install-deps") || (verb == Some("install") && command.has("--with-deps"));
    if !(at == 0 || is_runner) || !with_packages || command.has("--dry-run") {
        return None;
    }
    let before: Vec<_> = argv[..=at].iter().map(|word| &*word.text).collect();
    let browsers =
        argv[at + 2..].iter().filter(|word| !word.text.starts_with('-')).map(|word| format!(" {}", word.text));
    let (before, browsers) = (before.join(" "), browsers.collect::<String>());
    let below = format!("`{before} install{browsers}`");
    Some((
        format!("{before} {}", verb.unwrap_or_default()),
        format!(
            "run `{before} install-deps{browsers}` above `USER`, where Playwright is installed as root, and {below} here"
        ),
    ))
}
