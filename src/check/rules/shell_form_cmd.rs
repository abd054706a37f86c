//! A `CMD` or `ENTRYPOINT` in shell form.
//!
//! ## What it does
//! Looks for a command that is not a JSON array, unless `exec` gives the app the place of the shell.
//!
//! ## Why it matters
//! The shell is the first process, and it does not forward signals: the app is killed at the end of the grace period
//! instead of being stopped, and may lose what it was writing.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD python -m http.server 7860
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example>

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Command, CommandLine, Dockerfile, Form};

pub(super) const RULE: Rule = Rule::new("shell-form-cmd", Group::Risky, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (step, line) in [dockerfile.entrypoint(), dockerfile.cmd()].into_iter().flatten() {
        let Form::Shell(text) = line.form else { continue };
        let commands = line.commands();
        let is_exec = |command: &Command<'_>| command.words.first().is_some_and(|word| word.text == "exec");
        // What looks like JSON has a rule of its own
        if text.trim_start().starts_with('[') || commands.is_empty() || commands.iter().any(is_exec) {
            continue;
        }
        let mut finding =
            Finding::new(in_dockerfile(step.keyword.clone()), "the shell does not forward signals to the app")
                .label("shell form")
                .help(if commands.len() > 1 {
                    "write `[\"sh\", \"-c\", ...]`, with `exec` before the last program, or put it into a script"
                } else {
                    "write a JSON array, or begin the command with `exec`"
                });
        if let Some(array) = exec_form(line, text) {
            let fix = Fix::safe(format!("write `{array}`"));
            finding = finding.fix(fix.replace(DOCKERFILE, line.range.clone(), array));
        }
        found.push(finding);
    }
}

/// The same command as a JSON array, if there is nothing in it that a shell would do.
fn exec_form(line: &CommandLine<'_>, text: &str) -> Option<String> {
    let commands = line.commands();
    let [command] = &*commands else { return None };
    let plain = |char: char| char.is_ascii_alphanumeric() || "-_./:=,@+ ".contains(char);
    if !command.assignments.is_empty() || !text.chars().all(plain) || text.contains('~') {
        return None;
    }
    // A shell also runs a script without `#!`, which a JSON array cannot start
    let may_be_script = |word: &str| word.contains('/') || word.strip_suffix(".sh").is_some();
    if command.words.first().is_none_or(|word| BUILTINS.contains(&&*word.text) || may_be_script(&word.text)) {
        return None;
    }
    let words: Vec<String> = command.words.iter().map(|word| format!("\"{}\"", word.text)).collect();
    Some(format!("[{}]", words.join(", ")))
}

/// What only a shell can do.
const BUILTINS: [&str; 8] = ["cd", "set", "export", "source", ".", "ulimit", "umask", "exec"];
