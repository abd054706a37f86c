//! What a base image is, read off the tables.

use super::image::ImageRef;
use crate::facts::base_images::{
    Account, DISTRIBUTIONS, Distribution, PARTICULARS, ParticularRow, Pattern, RUNTIMES, Runtime, UID_1000, UNPROVEN,
};

/// A base image with what the tables say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseImage {
    reference: ImageRef,
    distribution: Option<Distribution>,
    account: Option<Account>,
    runtime: Runtime,
    particular: Option<ParticularRow>,
}

impl BaseImage {
    /// Looks the image up.
    #[must_use]
    pub fn of(reference: ImageRef) -> Self {
        let meets = |pattern: &Pattern| matches_pattern(&reference, *pattern);
        Self {
            distribution: DISTRIBUTIONS.iter().find(|row| meets(&row.pattern)).map(|row| row.distribution),
            account: UID_1000.iter().find(|row| meets(&row.pattern)).and_then(|row| row.account),
            runtime: RUNTIMES.iter().find(|row| meets(&row.pattern)).map_or(Runtime::None, |row| row.runtime),
            particular: PARTICULARS.iter().find(|row| meets(&row.pattern)).copied(),
            reference,
        }
    }

    /// The image itself.
    #[must_use]
    pub fn reference(&self) -> &ImageRef {
        &self.reference
    }

    /// Whether it is one of the images that a pattern means.
    #[must_use]
    pub fn is(&self, pattern: Pattern) -> bool {
        matches_pattern(&self.reference, pattern)
    }

    /// Whether a table has a row for it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.distribution.is_some()
    }

    /// Its distribution; an unknown image is taken to be like Debian.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        self.distribution.unwrap_or(Distribution::Debian)
    }

    /// Who owns UID 1000 in it.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        self.account
    }

    /// The language runtime in it.
    #[must_use]
    pub fn runtime(&self) -> Runtime {
        self.runtime
    }

    /// Whether it starts as a user other than root.
    #[must_use]
    pub fn starts_unprivileged(&self) -> bool {
        self.particular.is_some_and(|row| row.starts_unprivileged)
    }

    /// The port that its own configuration serves.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.particular.and_then(|row| row.port)
    }

    /// What the person who chose it should know.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        let image = &self.reference;
        if !self.is_known() {
            cautions
                .push(format!("`{image}` is not a base image we know: taken to be like Debian, with UID 1000 free; an ENTRYPOINT of its own stays, and the command is appended to it"));
        } else if UNPROVEN.contains(&self.distribution()) {
            cautions.push(format!("images like `{image}` are unproven: no test of ours builds one"));
        }
        if image.floats() {
            cautions.push(format!(
                "`{image}` can be another image tomorrow: name a version, such as `{}:1.2`",
                image.repository()
            ));
        }
        cautions.extend(self.particular.and_then(|row| row.caution).map(|caution| format!("`{image}`: {caution}")));
        cautions
    }
}

/// The runtime of a name.
pub(crate) fn runtime_named(name: &str) -> Option<Runtime> {
    let all = [Runtime::Python, Runtime::Node, Runtime::Go, Runtime::Rust];
    all.into_iter().find(|runtime| runtime_name(*runtime) == name)
}

/// The name of a runtime, as conditions in templates compare it.
#[must_use]
pub(crate) fn runtime_name(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Python => "python",
        Runtime::Node => "node",
        Runtime::Go => "go",
        Runtime::Rust => "rust",
        Runtime::None => "none",
    }
}

fn matches_pattern(image: &ImageRef, pattern: Pattern) -> bool {
    match pattern {
        Pattern::Official(name) => image.path() == name || is_path_end(image.path(), &format!("library/{name}")),
        Pattern::Path(path) => is_path_end(image.path(), path),
        Pattern::Within(part) => image.path().split(['/', '-']).any(|word| word == part),
        Pattern::Tag(word) => has_tag_word(image, word),
        Pattern::PathAndTag(path, word) => is_path_end(image.path(), path) && has_tag_word(image, word),
    }
}

fn is_path_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// Whether a tag has a word, or begins a word with it before a version: `alpine` is in `22-alpine3.22`.
fn has_tag_word(image: &ImageRef, word: &str) -> bool {
    let digit_after = |rest: &str| rest.starts_with(|char: char| char.is_ascii_digit());
    image.tag().is_some_and(|tag| {
        tag.split('-').any(|part| {
            part.strip_prefix(word).is_some_and(|rest| {
                rest.is_empty() || (!word.ends_with(|char: char| char.is_ascii_digit()) && digit_after(rest))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(text: &str) -> BaseImage {
        BaseImage::of(text.parse().unwrap())
    }

    #[test]
    fn columns_are_independent() {
        let alpine_node = image("node:22-alpine3.22");
        assert_eq!(alpine_node.distribution(), Distribution::Alpine);
        assert_eq!(alpine_node.account().map(|account| account.user), Some("node"));
        assert_eq!(alpine_node.runtime(), Runtime::Node);
    }

    #[test]
    fn ubuntu_owns_uid_1000_from_23_04_on() {
        let owner = |text: &str| image(text).account().map(|account| account.user);
        assert_eq!(owner("ubuntu:24.04"), Some("ubuntu"));
        assert_eq!(owner("ubuntu"), Some("ubuntu"));
        assert_eq!(owner("ubuntu:22.04"), None);
        assert_eq!(owner("ubuntu:jammy-20250404"), None);
        assert_eq!(owner("ubuntu:rolling"), Some("ubuntu"));
        assert_eq!(owner("bitnami/node:22"), None, "not the official image");
        assert_eq!(owner("nvidia/cuda:12.8.1-runtime-ubuntu24.04"), Some("ubuntu"));
        assert_eq!(owner("nvidia/cuda:12.8.1-runtime-ubuntu22.04"), None);
        assert_eq!(owner("nvidia/cuda:12.8.1-runtime-rockylinux9"), None);
        assert_eq!(image("nvidia/cuda:12.8.1-runtime-rockylinux9").distribution(), Distribution::Fedora);
    }

    #[test]
    fn registries_and_mirrors_change_nothing() {
        assert_eq!(image("public.ecr.aws/docker/library/python:3.13-slim").runtime(), Runtime::Python);
        assert_eq!(image("gcr.io/distroless/python3-debian12").distribution(), Distribution::Distroless);
        assert_eq!(image("gcr.io/distroless/python3-debian12").runtime(), Runtime::None);
    }

    #[test]
    fn an_unknown_image_is_said_to_be_one() {
        let cautions = image("ghcr.io/owner/tool:1").cautions();
        assert_eq!(cautions.len(), 1);
        assert!(cautions[0].contains("taken to be like Debian"), "{cautions:?}");
        assert!(image("python:3.13-slim").cautions().is_empty());
    }
}
