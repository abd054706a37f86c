//! A `CMD` or `ENTRYPOINT` in brackets that is not valid JSON.
//!
//! ## What it does
//! Looks at `CMD` and `ENTRYPOINT` that begin with a bracket for single quotes, missing quotes or commas, and
//! typographic quotes.
//!
//! ## Why it matters
//! Docker treats it as text and passes it to a shell: `/bin/sh: 1: [uvicorn,: not found`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ['python', '-m', 'http.server', '7860']
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
//! <https://docs.docker.com/reference/dockerfile/#exec-form>

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Dockerfile, Form};

pub(super) const RULE: Rule = Rule::new("invalid-exec-form", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (_, line) in [dockerfile.entrypoint(), dockerfile.cmd()].into_iter().flatten() {
        let Form::Shell(text) = line.form else { continue };
        let text = text.trim();
        // `[ -f x ]` is a test, and a shell knows it
        if !text.starts_with('[') || text.starts_with("[ -") || text.starts_with("[[") {
            continue;
        }
        let mut finding = Finding::new(in_dockerfile(line.range.clone()), "invalid JSON, so a shell runs it as text")
            .label("not a JSON array")
            .help("put double quotes around each word and commas between them, all on one line");
        if let Some(array) = corrected(text) {
            let fix = Fix::safe(format!("write `{array}`"));
            finding = finding.fix(fix.replace(DOCKERFILE, line.range.clone(), array));
        }
        found.push(finding);
    }
}

/// The array that was meant, if other quotes and a comma too many are all that is wrong.
fn corrected(text: &str) -> Option<String> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?.trim().trim_end_matches(',');
    let words = inside.split(',').map(|word| {
        let word = word.trim();
        let bare = ['\'', '"', '\u{201c}', '\u{2018}'].iter().find_map(|quote| {
            let close = match quote {
                '\u{201c}' => '\u{201d}',
                '\u{2018}' => '\u{2019}',
                same => *same,
            };
            word.strip_prefix(*quote)?.strip_suffix(close)
        })?;
        let plain = !bare.is_empty() && !bare.contains(['"', '\\', '\'', '\u{201c}', '\u{201d}', '\n']);
        plain.then(|| format!("\"{bare}\""))
    });
    Some(format!("[{}]", words.collect::<Option<Vec<_>>>()?.join(", ")))
}
