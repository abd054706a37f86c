//! A line that Docker cannot parse.
//!
//! ## What it does
//! Parses the Dockerfile as Docker does. Reports unknown instructions, instructions without arguments or before the
//! first `FROM`, a marker that is left of a merge conflict (`conflict-markers` reports a whole one), and a file without any
//! instruction.
//!
//! ## Why it matters
//! The build stops at once: `dockerfile parse error on line 7: unknown instruction: PORT=7860`. The usual causes are a
//! lost line break, and shell syntax outside of `RUN`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! PORT=7860
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PORT=7860
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;
use crate::values::nearest;

pub(super) const RULE: Rule = Rule::new("dockerfile-syntax", Group::Refused, Check::Dockerfile(check)).of_syntax();

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if is_without_instructions(dockerfile.text) {
        let help = "write the instructions, beginning with `FROM`";
        found.push(Finding::new(in_dockerfile(0..0), "the Dockerfile has no instructions").help(help));
        return;
    }
    let Some(problem) = &dockerfile.problem else { return };
    // The parser is stricter than Docker in places; only what Docker certainly refuses is reported
    let line = dockerfile.text.get(problem.at.clone()).unwrap_or_default();
    let word = line.split_whitespace().next().unwrap_or_default();
    let is_instruction = INSTRUCTIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
    let before_from = problem.message.contains("expected FROM") && is_instruction;
    if word.is_empty() || (is_instruction && !before_from && line.split_whitespace().nth(1).is_some()) {
        return;
    }
    let is_conflict = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| word.starts_with(mark));
    let belongs_above =
        "end the line above with a backslash if this belongs to it, or begin this one with an instruction";
    let meant = nearest(word, INSTRUCTIONS).filter(|_| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let (message, help) = if is_conflict {
        ("marker of a merge conflict".to_owned(), "keep the lines that count, and remove the marker".to_owned())
    } else if before_from {
        let message = format!("`{}` comes before the first `FROM`", word.to_uppercase());
        (message, "move it below a `FROM`: only `ARG` may come before the first one".to_owned())
    } else if is_instruction {
        (format!("`{}` has no arguments", word.to_uppercase()), belongs_above.to_owned())
    } else {
        let word: String = word.chars().take(40).collect();
        let help = meant.map_or_else(
            || belongs_above.to_owned(),
            |meant| format!("write `{meant}` if that is what is meant; otherwise {belongs_above}"),
        );
        (format!("unknown instruction `{word}`"), help)
    };
    let finding = Finding::new(in_dockerfile(problem.at.clone()), message).label("the build stops here").help(help);
    found.push(finding);
}

/// Whether a file has only blank lines and comments.
/// Source: `parser.Parse` of <https://github.com/moby/buildkit>, which answers "file with no instructions".
fn is_without_instructions(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'))
}

const INSTRUCTIONS: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];
