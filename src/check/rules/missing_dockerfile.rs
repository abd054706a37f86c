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
use crate::check::sources::plain_sources;
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::Dockerfile;
use crate::repo::{File, Repo};

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
    let help = match (space.repo().other_case(DOCKERFILE), similar(space.repo())) {
        (Some(other), _) => format!("run `git mv {other} Dockerfile`: the name must be spelled exactly so"),
        (None, Some(file)) => way_from(space.repo(), file),
        (None, None) => "add a file `Dockerfile` at the root, or choose another `sdk`".to_owned(),
    };
    let finding = Finding::new(in_readme(node.range.clone()), "there is no `Dockerfile` at the root")
        .label("this Space is built from one")
        .help(help);
    found.push(finding);
}

/// The file that was meant, those near the root first.
fn similar(repo: &Repo) -> Option<&File> {
    let named = repo.files().filter(|file| {
        let name = file.name().to_lowercase();
        name == "dockerfile"
            || name.starts_with("dockerfile.")
            || name.ends_with(".dockerfile")
            || name == "containerfile"
    });
    named.min_by_key(|file| file.path().matches('/').count())
}

/// How to build with a Dockerfile that is elsewhere.
fn way_from(repo: &Repo, file: &File) -> String {
    let path = file.path();
    let Some((folder, _)) = path.rsplit_once('/') else {
        return format!("the Hub builds the file `Dockerfile` at the root: rename `{path}`");
    };
    let is_space = repo
        .text(&format!("{folder}/README.md"))
        .is_some_and(|text| text.starts_with("---") && text.contains("\nsdk:"));
    if is_space {
        return format!(
            "`{folder}` is a Space by itself: push only that folder, as with `git subtree push --prefix {folder} REMOTE main`, and \
             remove `sdk` here"
        );
    }
    let dockerfile = file.text().map(Dockerfile::read);
    let sources = dockerfile.as_ref().map(plain_sources).unwrap_or_default();
    let has = |path: &str| repo.get(path).is_some() || repo.has_folder(path);
    let is_relative = sources.iter().any(|source| !has(&source.path) && has(&format!("{folder}/{}", source.path)));
    let also = if is_relative { format!(", and write its sources as `{folder}/..`") } else { String::new() };
    format!("the Hub builds the file `Dockerfile` at the root, with the root as its context: move `{path}` there{also}")
}
