//! The Python of a Space.

use super::diagnostic::Place;
use super::space::{Space, SpaceSdk, in_dockerfile, in_readme};

/// Major and minor version, and where it is said; none if it is not certain.
pub(super) fn python_version(space: &Space<'_>) -> Option<((u32, u32), Place)> {
    match space.sdk() {
        SpaceSdk::Gradio => {
            let node = space.readme()?.value("python_version")?;
            Some((minor(node.as_str()?)?, in_readme(node.range.clone())))
        }
        SpaceSdk::Docker => {
            let dockerfile = space.docker()?;
            let version = dockerfile.base_image()?.python_version()?;
            let from = &dockerfile.lineage().first()?.from;
            Some((version, in_dockerfile(from.image.range.clone())))
        }
        _ => None,
    }
}

/// `3.13`, `3.13.1`, `3.13-slim`.
fn minor(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(['.', '-']).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
