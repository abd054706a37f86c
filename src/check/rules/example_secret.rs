//! `SECRET_EXAMPLE`, copied from the documentation.
//!
//! ## What it does
//! Looks for a mount of the secret `SECRET_EXAMPLE`.
//!
//! ## Why it matters
//! No Space has a secret of that name: `ERROR: secret SECRET_EXAMPLE: not found`.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! RUN --mount=type=secret,id=SECRET_EXAMPLE,mode=0444,required=true git clone $(cat /run/secrets/SECRET_EXAMPLE)
//! CMD ["python", "-m", "http.server", "7860"]
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
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management>

use super::{Check, Finding, Group, Rule, Scope, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new("example-secret", Group::Risky, Check::Dockerfile(check)).of(Scope::SPACES);

const EXAMPLE: &str = "SECRET_EXAMPLE";

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (_, run) in dockerfile.runs() {
        let values = run.flags.iter().filter(|flag| flag.name == "mount").filter_map(|flag| flag.value.as_ref());
        for value in values.filter(|value| value.text.split(',').any(|part| part == format!("id={EXAMPLE}"))) {
            let finding = Finding::new(
                in_dockerfile(value.range.clone()),
                format!("`{EXAMPLE}` is an example from the documentation"),
            )
            .label("not a secret of this Space")
            .help("remove the `RUN`, or name a secret of this Space");
            found.push(finding);
        }
    }
}
