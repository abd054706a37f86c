//! Shell syntax or a comment in a `COPY`.
//!
//! ## What it does
//! Looks for words such as `||`, `&&` and `2>/dev/null` among the paths of `COPY` and `ADD`, and for a comment behind them.
//!
//! ## Why it matters
//! They are treated as paths, and the build stops: `failed to calculate checksum of ref ...: "/||": not found`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user settings.json /home/user/ 2>/dev/null || true
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! COPY --chown=user settings.jso[n] /home/user/
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#copy>

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Dockerfile, Word};

pub(super) const RULE: Rule = Rule::new("shell-in-copy", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (step, copy) in dockerfile.copies() {
        let Some(word) = copy.shell_word() else { continue };
        if copy.comment().is_some_and(|comment| comment.range == word.range) {
            found.push(comment(dockerfile.text, &step.keyword, word));
            continue;
        }
        let finding =
            Finding::new(in_dockerfile(word.range.clone()), format!("`COPY` reads `{}` as a path", word.text))
                .label("no shell reads this")
                .help("remove it; a pattern such as `settings.jso[n]` may match nothing if there are other sources");
        found.push(finding);
    }
}

/// A comment behind the paths, each word of which is a path to Docker.
fn comment(text: &str, keyword: &Range<usize>, word: &Word<'_>) -> Finding {
    let written = text[word.range.start..].lines().next().unwrap_or_default().trim_end();
    let start = word.range.start;
    let before = text[..start].trim_end().len();
    let finding =
        Finding::new(in_dockerfile(start..start + written.len()), "a comment cannot follow the paths of `COPY`")
            .label("each word is read as a path")
            .help("move the comment to a line of its own");
    // What goes on in the next line has no place for it
    if written.ends_with(['\\', '`']) || text[keyword.end..start].contains('\n') {
        return finding;
    }
    let fix = Fix::safe("move the comment to a line of its own")
        .replace(DOCKERFILE, before..start + written.len(), "")
        .insert(DOCKERFILE, keyword.start, format!("{written}\n"));
    finding.fix(fix)
}
