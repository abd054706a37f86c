//! A Hub cache that is moved away from the preloaded files.
//!
//! ## What it does
//! Looks for `HF_HOME`, `HF_HUB_CACHE` or `HUGGINGFACE_HUB_CACHE` in the last stage while the README has `preload_from_hub`.
//!
//! ## Why it matters
//! Preloaded files are in `~/.cache/huggingface/hub`. If the cache is elsewhere, they are downloaded again at every
//! start.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub: [openai-community/gpt2]
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! ENV HF_HOME=/data/.huggingface
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! preload_from_hub: [openai-community/gpt2]
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-config-reference>, `preload_from_hub`

use super::{Check, Finding, Group, Rule, Scope, Space, Subject, in_dockerfile, in_readme};
use crate::check::metadata::list_of;
use crate::facts::environment::HUB_CACHES;
use crate::formats::dockerfile::Dockerfile;
use crate::formats::front_matter::Node;

pub(super) const RULE: Rule =
    Rule::new("moved-cache-with-preload", Group::Wasteful, Check::DockerfileAnd(&[Subject::FrontMatter], check))
        .of(Scope::SPACES);

fn check(dockerfile: &Dockerfile<'_>, space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some([first, ..]) = space.readme().and_then(|readme| list_of(readme, "preload_from_hub")) else { return };
    moved(dockerfile, first, found);
}

fn moved(dockerfile: &Dockerfile<'_>, first: &Node, found: &mut Vec<Finding>) {
    for (step, assignments) in dockerfile.image_envs() {
        for assignment in assignments {
            let Some((_, default)) = HUB_CACHES.iter().find(|(name, _)| *name == assignment.name.text) else {
                continue;
            };
            let Some(value) = assignment.value.as_ref().and_then(|value| step.before.expand(&value.text)) else {
                continue;
            };
            if value.trim_end_matches('/').ends_with(default) {
                continue;
            }
            let message = format!("`{}` moves the cache away from the preloaded files", assignment.name.text);
            let finding = Finding::new(in_dockerfile(assignment.name.range.clone()), message)
                .label("they are in ~/.cache/huggingface/hub")
                .related(in_readme(first.range.clone()), "preloaded here")
                .help("remove it, or preload nothing");
            found.push(finding);
        }
    }
}
