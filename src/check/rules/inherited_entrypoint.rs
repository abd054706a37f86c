//! A `CMD` that the entrypoint of the base image takes as its arguments.
//!
//! ## What it does
//! Looks for a `CMD` without an `ENTRYPOINT` on an image that is known to have an entrypoint, `ollama/ollama`, if its
//! first word is not a command of that program.
//!
//! ## Why it matters
//! Docker appends the `CMD` to the `ENTRYPOINT` of the image: `Error: unknown command "sh" for "ollama"`.
//!
//! ## Example
//! ```Dockerfile
//! FROM ollama/ollama:0.12.6
//! COPY start.sh ./
//! CMD ["sh", "start.sh"]
//! ```
//! ```start.sh
//! ollama serve
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM ollama/ollama:0.12.6
//! COPY start.sh ./
//! ENTRYPOINT ["sh", "start.sh"]
//! ```
//! ```start.sh
//! ollama serve
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact>; the image's own Dockerfile,
//! <https://github.com/ollama/ollama/blob/main/Dockerfile>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::facts::base_images::Starts;
use crate::formats::dockerfile::{Dockerfile, Form};

pub(super) const RULE: Rule = Rule::new("inherited-entrypoint", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let (Some(image), None, Some((_, line))) = (dockerfile.base_image(), dockerfile.entrypoint(), dockerfile.cmd())
    else {
        return;
    };
    let Starts::Entrypoint { program, verbs } = image.starts() else { return };
    let first = match &line.form {
        Form::Exec(words) => words.first().map(|word| word.text.to_string()),
        // A shell is started for it
        Form::Shell(_) => Some("/bin/sh".to_owned()),
    };
    let Some(first) = first.filter(|first| !verbs.contains(&first.as_str()) && !first.starts_with('-')) else {
        return;
    };
    let message = format!("`{program}` receives `{first}` as its argument");
    let finding = Finding::new(in_dockerfile(line.range.clone()), message)
        .label("appended to the ENTRYPOINT of the base image")
        .help("write it as `ENTRYPOINT`, which replaces that of the image");
    found.push(finding);
}
