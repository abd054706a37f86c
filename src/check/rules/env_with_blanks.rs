//! An `ENV` with spaces around `=`, or with a comment after its value.
//!
//! ## What it does
//! Looks for `ENV NAME = value` and for `ENV NAME=value # comment`.
//!
//! ## Why it matters
//! Docker reads the first in the legacy form, `ENV NAME value`: the value is `= 8000`. A comment needs a line of its
//! own, so the second stops the build: `Syntax error - can't find = in "#". Must be of the form: name=value`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV LOG_LEVEL = info
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV LOG_LEVEL=info
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#env>

use std::ops::Range;

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Assignment, Dockerfile};

pub(super) const RULE: Rule = Rule::new("env-with-blanks", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (step, assignments) in dockerfile.envs() {
        found.extend(comment_behind(dockerfile.text, &step.keyword, assignments));
        let [assignment] = assignments else { continue };
        let Some(value) = assignment.value.as_ref().filter(|value| value.text.starts_with('=')) else { continue };
        let bare = value.text.trim_start_matches('=').trim();
        let range = assignment.name.range.start..value.range.end;
        let mut finding = Finding::new(
            in_dockerfile(range.clone()),
            format!("the value of `{}` begins with `=`", assignment.name.text),
        )
        .label(format!("the value is `{}`", value.text))
        .help("remove the spaces around `=`");
        if !bare.is_empty() && !bare.contains([' ', '\t', '\\', '\n']) {
            let text = format!("{}={bare}", assignment.name.text);
            finding = finding.fix(Fix::safe(format!("write `{text}`")).replace(DOCKERFILE, range, text));
        }
        found.push(finding);
    }
}

/// A comment behind the last value of an `ENV` in the form with equals signs.
fn comment_behind(text: &str, keyword: &Range<usize>, assignments: &[Assignment<'_>]) -> Option<Finding> {
    let value = assignments.last()?.value.as_ref()?;
    let is_new_form = assignments.iter().all(|assignment| {
        let end = assignment.name.range.end;
        assignment.value.is_some() && text[end..].starts_with('=')
    });
    let rest = text[value.range.end..].lines().next()?;
    let comment = rest.trim();
    let word = comment.split_whitespace().next()?;
    if !is_new_form || !rest.starts_with([' ', '\t']) || !word.starts_with('#') || word.contains('=') {
        return None;
    }
    let start = value.range.end + rest.len() - rest.trim_start().len();
    let fix = Fix::safe("move the comment to a line of its own")
        .replace(DOCKERFILE, value.range.end..value.range.end + rest.trim_end().len(), "")
        .insert(DOCKERFILE, keyword.start, format!("{comment}\n"));
    let finding = Finding::new(in_dockerfile(start..start + comment.len()), "a comment cannot follow a value")
        .label("read as another variable, without `=`")
        .help("move the comment to a line of its own");
    Some(if comment.ends_with('\\') { finding } else { finding.fix(fix) })
}
