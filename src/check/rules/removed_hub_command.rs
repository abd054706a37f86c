//! A workflow that runs `huggingface-cli`, which new versions do not have.
//!
//! ## What it does
//! Looks in `.github/workflows/` for a job that installs `huggingface_hub` without a version, and nothing that may hold it
//! back, and then runs `huggingface-cli`.
//!
//! ## Why it matters
//! From 1.0, `huggingface_hub` has the command `hf` only. The job fails with `huggingface-cli: command not found`, and the
//! Space keeps its old files.
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

use super::{Check, Finding, Group, Rule, Space, Subject};
use crate::check::workflows::{Deploy, deploys};
use crate::formats::dockerfile::{Command, CommandLine};
use crate::formats::workflow::line_in;

pub(super) const RULE: Rule = Rule::new("removed-hub-command", Group::Risky, Check::Views(&[Subject::Files], check));

const OLD: &str = "huggingface-cli";

/// Packages that leave the version of `huggingface_hub` open.
const OPEN: [&str; 7] = ["pip", "setuptools", "wheel", "hf_xet", "hf-xet", "hf_transfer", "hf-transfer"];

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    for deploy in deploys(space) {
        if deploy.mentions(&[OLD]) && !has_old_python(&deploy) {
            found.extend(finding(space, &deploy));
        }
    }
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
