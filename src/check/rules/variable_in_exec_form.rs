//! A variable in an exec form, which no shell expands.
//!
//! ## What it does
//! Looks for `$NAME` in `CMD` and `ENTRYPOINT` in exec form, unless the program is a shell.
//!
//! ## Why it matters
//! The program receives the text literally: `Error: Invalid value for '--port': '$PORT' is not a valid integer`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PORT=7860
//! CMD ["python", "-m", "http.server", "$PORT"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV PORT=7860
//! CMD ["sh", "-c", "exec python -m http.server $PORT"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#exec-form>

use super::{Cause, Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::{Dockerfile, Form, Word};

pub(super) const RULE: Rule =
    Rule::new("variable-in-exec-form", Group::Broken, Check::Dockerfile(check)).caused_by(Cause::WarnedCommand);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    // An ENTRYPOINT may be a script that fills the variables in
    if dockerfile.entrypoint().is_some() {
        return;
    }
    let Some((step, line)) = dockerfile.cmd() else { return };
    let Form::Exec(words) = &line.form else { return };
    let first = words.first().map_or("", |word| word.text.rsplit('/').next().unwrap_or_default());
    if matches!(first, "sh" | "bash" | "ash" | "dash" | "zsh" | "env") || first.contains(".sh") {
        return;
    }
    for word in words {
        let Some(name) = variable(word) else { continue };
        let mut finding =
            Finding::new(in_dockerfile(word.range.clone()), format!("`${name}` reaches the program literally"))
                .label("no shell reads this")
                .help("write the value, or `[\"sh\", \"-c\", \"exec ...\"]`");
        if let Some(value) =
            step.before.env(name).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()) && !value.is_empty())
        {
            let text = word.text.replace(&format!("${{{name}}}"), value).replace(&format!("${name}"), value);
            let has_quotes = dockerfile.text.get(word.range.clone()).is_some_and(|text| text.starts_with('"'));
            let text = if has_quotes { format!("\"{text}\"") } else { text };
            finding =
                finding.fix(Fix::with_care(format!("write `{value}`")).replace(DOCKERFILE, word.range.clone(), text));
        }
        found.push(finding);
    }
}

/// The name of the only variable in a word.
fn variable<'w>(word: &'w Word<'_>) -> Option<&'w str> {
    let (_, rest) = word.text.split_once('$')?;
    let rest = rest.strip_prefix('{').unwrap_or(rest);
    let length = rest
        .find(|char: char| !(char.is_ascii_uppercase() || char == '_' || char.is_ascii_digit()))
        .unwrap_or(rest.len());
    (length > 0).then(|| &rest[..length])
}
