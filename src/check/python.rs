//! The Python of a Space.

use super::diagnostic::Place;
use super::space::{Space, SpaceSdk, in_dockerfile, in_readme};
use crate::values::pep440;

/// Major and minor version, and its place; none if it is not certain.
pub(super) fn python_version(space: &Space<'_>) -> Option<((u64, u64), Place)> {
    match space.sdk() {
        SpaceSdk::Gradio => {
            let node = space.readme()?.value("python_version")?;
            Some((minor(node.as_str()?)?, in_readme(node.range.clone())))
        }
        SpaceSdk::Docker => {
            let dockerfile = space.docker()?;
            let (major, minor) = dockerfile.base_image()?.python_version()?;
            let version = (major.into(), minor.into());
            let from = &dockerfile.lineage().first()?.from;
            Some((version, in_dockerfile(from.image.range.clone())))
        }
        _ => None,
    }
}

/// `3.13`, `3.13.1`, `3.13-slim`.
fn minor(text: &str) -> Option<(u64, u64)> {
    let version = pep440::version(text.split('-').next()?)?;
    match version.release() {
        [major, minor, ..] => Some((*major, *minor)),
        _ => None,
    }
}
