//! A real key written into the image.
//!
//! ## What it does
//! Looks at `ENV` and `ARG` for values in the form of a key: they begin as those of Hugging Face, OpenAI, GitHub,
//! GitLab, Slack, Google and AWS do (`hf_`, `sk-`, `ghp_`, `AKIA`), and continue as no word does. A value that only may
//! be a secret is left to `secret-in-image`.
//!
//! ## Why it matters
//! Everyone can read the Dockerfile of a public Space and pull its image; the history of the repository keeps both.
//! Programs search pushed files for such keys and use them.
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
        let finding = Finding::new(
            in_dockerfile(range),
            format!("`{name}` contains a key that begins with `{begins}`"),
        )
        .label("everyone can read this")
        .help("replace the key, which is public once it is pushed, and set the new one as a secret in the settings");
        found.push(finding);
    }
}
