//! An image that exists on no registry.
//!
//! ## What it does
//! Looks for a base image without an owner, as in `FROM mytool`, that is not an official image of Docker Hub, for one on
//! `localhost`, and for the same in `COPY --from` and `RUN --mount=from=..`. The name of an earlier stage is not an image.
//!
//! ## Why it matters
//! An image that was built on your own computer does not exist for the Hub. The build stops: `pull access denied, repository does not
//! exist or may require authorization`.
//!
//! ## Example
//! ```Dockerfile
//! FROM mytool:latest
//! USER 1000
//! CMD ["mytool", "serve", "--port", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM ghcr.io/owner/mytool:1.0
//! USER 1000
//! CMD ["mytool", "serve", "--port", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/docker-hub/image-library/trusted-content/>;
//! <https://github.com/docker-library/official-images/tree/master/library>

use super::{Check, Finding, Group, Rule, in_dockerfile};
use crate::check::stages::{self, sources, stage_named};
use crate::facts::official_images::OFFICIAL_IMAGES;
use crate::formats::dockerfile::{Base, Dockerfile, Stage};
use crate::values::ImageRef;

pub(super) const RULE: Rule = Rule::new("unpublished-image", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    if dockerfile.problem.is_some() {
        return;
    }
    let built = stages::built(dockerfile);
    for (index, stage) in dockerfile.stages.iter().enumerate().filter(|(index, _)| built[*index]) {
        if let Base::Image(image) = &stage.base
            && is_unpublished(image.reference())
        {
            let message = format!("`{}` is not an image that the Hub can pull", image.reference());
            let finding = Finding::new(in_dockerfile(stage.from.image.range.clone()), message)
                .label("neither an official image of Docker Hub nor in a registry")
                .help(help(dockerfile, image.reference().name(), index));
            found.push(finding);
        }
        for source in sources(stage) {
            let name = &*source.text;
            let image = name.parse::<ImageRef>().ok().filter(|_| stage_named(dockerfile, index, name).is_none());
            let Some(image) = image.filter(is_unpublished) else { continue };
            let finding = Finding::new(
                in_dockerfile(source.range),
                format!("`{name}` is neither an earlier stage nor an image that the Hub can pull"),
            )
            .label("no stage before this one has this name")
            .help(help(dockerfile, image.name(), index));
            found.push(finding);
        }
    }
}

/// Whether Docker Hub would look for it among the official images, and it is not there.
fn is_unpublished(image: &ImageRef) -> bool {
    let is_of_this_computer =
        image.repository().starts_with("localhost/") || image.repository().starts_with("localhost:");
    is_of_this_computer || !image.repository().contains('/') && OFFICIAL_IMAGES.binary_search(&image.name()).is_err()
}

fn help(dockerfile: &Dockerfile<'_>, name: &str, index: usize) -> String {
    let is_named = |stage: &Stage<'_>| stage.from.name.as_ref().is_some_and(|own| own.text.eq_ignore_ascii_case(name));
    if name.parse::<u32>().is_ok() {
        return "write the name or the number of an earlier stage".to_owned();
    }
    if dockerfile.stages[index + 1..].iter().any(is_named) {
        return format!("move the stage `{name}` before this one");
    }
    if let Some(close) = OFFICIAL_IMAGES.iter().find(|known| is_close(known, name)) {
        return format!("write `{close}`, or the registry and owner of the image");
    }
    format!(
        "push it to a registry and write its whole name, as in `ghcr.io/owner/{name}:1.0`, or make it a stage of this file"
    )
}

/// Whether two letters that are exchanged, or one that is missing or too much, make the difference.
fn is_close(known: &str, name: &str) -> bool {
    let (known, name): (Vec<char>, Vec<char>) = (known.chars().collect(), name.chars().collect());
    if known.len() < 4 || known.len().abs_diff(name.len()) > 1 {
        return false;
    }
    let start = known.iter().zip(&name).take_while(|(a, b)| a == b).count();
    let (a, b) = (&known[start..], &name[start..]);
    let is_swapped = a.len() >= 2 && b.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
    let skip = |all: &[char]| all.get(1..).unwrap_or_default().to_vec();
    is_swapped || skip(a) == *b || *a == skip(b)
}
