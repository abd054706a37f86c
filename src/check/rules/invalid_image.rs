//! A base image with an invalid name.
//!
//! ## What it does
//! Looks for capital letters in the name, and for placeholders such as `<username>`.
//!
//! ## Why it matters
//! The build stops: `invalid reference format: repository name must be lowercase`.
//!
//! ## Example
//! ```Dockerfile
//! FROM ghcr.io/Somebody/App:1.0
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Use instead
//! ```Dockerfile
//! FROM ghcr.io/somebody/app:1.0
//! CMD ["python", "-m", "http.server", "7860"]
//! ```
//!
//! ## Source
//! <https://docs.docker.com/reference/cli/docker/image/tag/>

use super::{Check, Finding, Fix, Group, Rule, in_dockerfile};
use crate::check::space::DOCKERFILE;
use crate::formats::dockerfile::Dockerfile;

pub(super) const RULE: Rule = Rule::new("invalid-image", Group::Broken, Check::Dockerfile(check));

fn check(dockerfile: &Dockerfile<'_>, found: &mut Vec<Finding>) {
    let names: Vec<String> = dockerfile
        .stages
        .iter()
        .filter_map(|stage| stage.from.name.as_ref())
        .map(|name| name.text.to_lowercase())
        .collect();
    for stage in &dockerfile.stages {
        let text = &*stage.from.image.text;
        if text.contains('$') || names.contains(&text.to_lowercase()) {
            continue;
        }
        let place = in_dockerfile(stage.from.image.range.clone());
        let (path, rest) =
            text.split_at(text.rfind([':', '@']).filter(|at| !text[*at..].contains('/')).unwrap_or(text.len()));
        if text.contains(['<', '>', '{', '}']) {
            let finding =
                Finding::new(place, format!("`{text}` is a placeholder")).label("not an image").help("name the image");
            found.push(finding);
        } else if path.chars().any(|char| char.is_ascii_uppercase()) {
            let lower = format!("{}{rest}", path.to_lowercase());
            let finding = Finding::new(place, "the name of an image must be in lower case")
                .label("refused")
                .help(format!("write `{lower}`"))
                .fix(Fix::safe(format!("write `{lower}`")).replace(DOCKERFILE, stage.from.image.range.clone(), lower));
            found.push(finding);
        }
    }
}
