//! Finds a secret that is written into the image.
//!
//! ## What it does
//! Looks at `ENV` and `ARG` for values that begin as tokens do (`hf_`, `sk-`, `ghp_`), and at variables named like a secret that
//! have a value.
//!
//! ## Why it matters
//! Everybody can read the Dockerfile of a public Space and pull its image; the history of the repository keeps both.
//!
//! ## Example
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HF_TOKEN=hf_AbCdEfGhIjKlMnOpQrStUvWxYz
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! Set it as a secret in the settings of the Space; it is in the environment when the app runs.
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management>

use super::{Finding, Group, Rule, Space, in_dockerfile};
use crate::dockerfile::Instruction;
use crate::hub::environment::TOKEN_PREFIXES;

pub(super) const RULE: Rule =
    Rule { id: "secret-in-image", group: Group::Risky, source: include_str!("secret_in_image.rs"), check };

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some(dockerfile) = space.docker() else { return };
    for step in dockerfile.stages.iter().flat_map(|stage| &stage.steps) {
        let (Instruction::Env(assignments) | Instruction::Arg(assignments)) = &step.instruction else { continue };
        for assignment in assignments {
            let Some(value) = &assignment.value else { continue };
            let text = value.text.trim_matches(['"', '\'']);
            let is_secret = is_token(text) || (is_secret_name(&assignment.name.text) && is_meant(text));
            if !is_secret {
                continue;
            }
            let finding = Finding::new(
                in_dockerfile(value.range.clone()),
                format!("`{}` is written into the image", assignment.name.text),
            )
            .label("everybody can read this")
            .help("set it as a secret in the settings of the Space; if it was pushed, make a new one");
            found.push(finding);
        }
    }
}

fn is_token(text: &str) -> bool {
    let long =
        |rest: &str| rest.len() >= 16 && rest.chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char));
    TOKEN_PREFIXES.iter().filter_map(|prefix| text.strip_prefix(prefix)).any(long)
}

pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_uppercase();
    ["_TOKEN", "_SECRET", "_PASSWORD", "API_KEY", "SECRET_KEY"].iter().any(|end| name.ends_with(end))
        || name == "PASSWORD"
}

/// Whether a value may be a secret: not empty, no variable, no word that stands for one, no path.
fn is_meant(text: &str) -> bool {
    const STAND_INS: [&str; 12] = [
        "changeme",
        "change",
        "dummy",
        "placeholder",
        "example",
        "your",
        "xxx",
        "none",
        "null",
        "false",
        "true",
        "test",
    ];
    let lower = text.to_lowercase();
    text.len() >= 8 && !text.contains(['$', '/', '<', '{', ' ']) && !STAND_INS.iter().any(|word| lower.contains(word))
}
