//! Finds a real key that is written into the image.
//!
//! ## What it does
//! Looks at `ENV` and `ARG` for values in the form of a key: they begin as those of Hugging Face, OpenAI, GitHub, GitLab, Slack,
//! Google and AWS do (`hf_`, `sk-`, `ghp_`, `AKIA`), and go on as no word does. What only may be a secret is left to
//! `secret-in-image`.
//!
//! ## Why it matters
//! Everybody can read the Dockerfile of a public Space and pull its image; the history of the repository keeps both. Programs
//! search what is pushed for such keys and use them.
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

use super::secret_in_image::values;
use super::{Cause, Check, Finding, Group, Rule, in_dockerfile};
use crate::formats::dockerfile::Dockerfile;
use crate::values::real_token;

pub(super) const RULE: Rule =
    Rule::new("key-in-image", Group::Broken, Check::Dockerfile(check)).caused_by(Cause::Variables);

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    for (name, value, range) in values(dockerfile) {
        let Some(token) = real_token(value) else { continue };
        let begins: String = token.chars().take(4).collect();
        let finding =
            Finding::new(in_dockerfile(range), format!("`{name}` has a key in it that begins with `{begins}`"))
                .label("everybody can read this")
                .help(
                    "make a new key, since this one is known once it is pushed, and set it as a secret in the settings",
                );
        found.push(finding);
    }
}
