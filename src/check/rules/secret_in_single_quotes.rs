//! A secret in single quotes, which the shell does not expand.
//!
//! ## What it does
//! Looks for `$(cat /run/secrets/...)` between single quotes in a `RUN`. Text that is passed to another shell, as in
//! `sh -c '...'`, is skipped.
//!
//! ## Why it matters
//! Nothing is expanded between single quotes: the server receives the text `$(cat /run/secrets/TOKEN)` and answers `401
//! Unauthorized`. An example in the Hub's own documentation has this fault.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN --mount=type=secret,id=TOKEN,mode=0444,required=true curl --header 'authorization: Bearer $(cat /run/secrets/TOKEN)' https://example.com
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN --mount=type=secret,id=TOKEN,mode=0444,required=true curl --header "authorization: Bearer $(cat /run/secrets/TOKEN)" https://example.com
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html>

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Command, Dockerfile};

pub(super) const RULE: Rule = Rule::new("secret-in-single-quotes", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (_, run) in dockerfile.runs() {
        let text = run.line.text();
        // Here-documents have quotes of their own
        if text.contains("<<") {
            continue;
        }
        for range in single_quoted(text) {
            let inside = &text[range.clone()];
            let reads = ["$(cat /run/secrets/", "$(</run/secrets/", "$(< /run/secrets/"]
                .iter()
                .any(|read| inside.contains(read));
            let place = range.start + run.line.range.start..range.end + run.line.range.start;
            let command = run.commands.iter().find(|command| {
                let range = command.range();
                range.start <= place.start && place.end <= range.end
            });
            let expands = command.and_then(Command::program).is_none_or(|program| {
                matches!(
                    program,
                    "sh" | "bash"
                        | "ash"
                        | "dash"
                        | "zsh"
                        | "eval"
                        | "su"
                        | "xargs"
                        | "runuser"
                        | "gosu"
                        | "echo"
                        | "printf"
                )
            });
            if !reads || expands {
                continue;
            }
            let mut finding =
                Finding::new(in_dockerfile(place.clone()), "the shell expands nothing between single quotes")
                    .label("used literally")
                    .help("use double quotes");
            if !inside.contains(['"', '\\', '`']) && inside.matches('$').count() == 1 {
                finding = finding.fix(Fix::safe("use double quotes").replace(
                    DOCKERFILE,
                    place,
                    format!("\"{}\"", &inside[1..inside.len() - 1]),
                ));
            }
            found.push(finding);
        }
    }
}

/// The parts of a shell text in single quotes, quotes included.
fn single_quoted(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut chars = text.char_indices();
    let mut in_double = false;
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            '"' => in_double = !in_double,
            '\'' if !in_double => {
                let Some((end, _)) = chars.find(|(_, char)| *char == '\'') else { break };
                parts.push(at..end + 1);
            }
            _ => {}
        }
    }
    parts
}
