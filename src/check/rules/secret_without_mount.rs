//! A build command that reads a secret which it does not mount.
//!
//! ## What it does
//! Compares the paths under `/run/secrets/` in a `RUN` with the secrets that it mounts.
//!
//! ## Why it matters
//! The build stops: `cat: /run/secrets/HF_TOKEN: No such file or directory`. A mount lasts for its own `RUN` only.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN pip install --no-cache-dir "pkg @ https://$(cat /run/secrets/TOKEN)@example.com/pkg.tar.gz"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN --mount=type=secret,id=TOKEN,mode=0444,required=true \
//!     pip install --no-cache-dir "pkg @ https://$(cat /run/secrets/TOKEN)@example.com/pkg.tar.gz"
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule =
    Rule::new("secret-without-mount", Group::Broken, Check::Dockerfile(check)).of(Scope::SPACES);

const FOLDER: &str = "/run/secrets/";

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (_, run) in dockerfile.runs() {
        let text = run.line.text();
        let mounts: Vec<&str> = run
            .flags
            .iter()
            .filter(|flag| flag.name == "mount")
            .filter_map(|flag| flag.value.as_ref())
            .map(|value| &*value.text)
            .collect();
        for (at, _) in text.match_indices(FOLDER) {
            let rest = &text[at + FOLDER.len()..];
            let length =
                rest.find(|char: char| !(char.is_ascii_alphanumeric() || "_-.".contains(char))).unwrap_or(rest.len());
            let name = &rest[..length];
            let mounted = |mount: &&str| {
                let part = |key: &str| mount.split(',').find_map(|part| part.strip_prefix(key));
                part("id=") == Some(name)
                    || part("target=")
                        .or(part("dst="))
                        .or(part("destination="))
                        .is_some_and(|target| target.ends_with(name))
            };
            if name.is_empty() || mounts.iter().any(mounted) || is_tested(text) {
                continue;
            }
            let start = run.line.range.start + at;
            let finding = Finding::new(
                in_dockerfile(start..start + FOLDER.len() + length),
                format!("the secret `{name}` is not mounted"),
            )
            .label("missing in this `RUN`")
            .help(format!("begin the `RUN` with `--mount=type=secret,id={name},mode=0444,required=true`"));
            found.push(finding);
        }
    }
}

/// Whether the command looks first, or goes on without.
fn is_tested(text: &str) -> bool {
    text.contains("[ -") || text.contains("test -") || text.contains("||") || text.contains("2>")
}
