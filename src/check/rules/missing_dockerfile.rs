//! A Docker Space without a `Dockerfile` at its root.
//!
//! ## What it does
//! Looks for a file `Dockerfile`, in exactly that spelling. A link that leads out of the repository, or to a file that
//! is not in it, does not count.
//!
//! ## Why it matters
//! The page of the Space says "No application file". No key of the front matter names another file.
//!
//! ## Example
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//! ```!Dockerfile
//! ```
//!
//! ## Use instead
//! ```README.md
//! ---
//! sdk: docker
//! ---
//! ```
//! ```Dockerfile
//! FROM python:3.13-slim-trixie
//! RUN useradd --create-home --uid 1000 user
//! USER user
//! EXPOSE 7860
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://huggingface.co/docs/hub/spaces-sdks-docker>

use super::{Check, Finding, Group, Place, Rule, Space, SpaceSdk, Subject, in_readme};
use crate::check::space::DOCKERFILE;

pub(super) const RULE: Rule =
    Rule::new("missing-dockerfile", Group::Broken, Check::Views(&[Subject::FrontMatter, Subject::Files], check))
        .only_in(&[SpaceSdk::Docker]);

fn check(space: &Space<'_>, found: &mut Vec<Finding>) {
    let Some((_, node)) = space.text_of("sdk") else { return };
    if space.repo().get(DOCKERFILE).is_some() {
        if space.repo().is_lost_link(DOCKERFILE) {
            let message = "`Dockerfile` is a link to a file that is not in this repository";
            let finding = Finding::new(Place::file(DOCKERFILE), message)
                .help("git pushes only the link: replace it with the file itself");
            found.push(finding);
        }
        return;
    }
    if space.repo().may_have(DOCKERFILE) {
        return;
    }
    let similar = space.repo().files().find(|file| {
        let name = file.name().to_lowercase();
        name == "dockerfile"
            || name.starts_with("dockerfile.")
            || name.ends_with(".dockerfile")
            || name == "containerfile"
    });
    let help = match similar {
        Some(file) => format!("the Hub builds the file `Dockerfile` at the root: move `{}` there", file.path()),
        None => "add a file `Dockerfile` at the root, or choose another `sdk`".to_owned(),
    };
    let finding = Finding::new(in_readme(node.range.clone()), "there is no `Dockerfile` at the root")
        .label("this Space is built from one")
        .help(help);
    found.push(finding);
}
