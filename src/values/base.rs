//! The properties of a base image, read from the tables.

use super::image::ImageRef;
use crate::facts::base_images::{
    Account, Compiler, Distribution, IMAGES, ImageRow, Pattern, Releases, Runtime, Starts, Tools,
};
use crate::facts::distributions::{DEBIAN_RELEASES, DISTRIBUTIONS, DistributionRow, TAGS, TagRow, WINDOWS};
use crate::facts::limits::APP_PORT_MIN;

/// A base image with its rows of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseImage {
    pub(super) reference: ImageRef,
    pub(super) row: Option<&'static ImageRow>,
    distribution: Option<Distribution>,
    account: Option<Account>,
}

impl BaseImage {
    /// Looks the image up.
    #[must_use]
    pub fn of(reference: ImageRef) -> Self {
        let row = IMAGES.iter().copied().flatten().find(|row| matches_pattern(&reference, row.pattern));
        Self { distribution: distribution(&reference, row), account: account(&reference, row), row, reference }
    }

    /// The image itself.
    #[must_use]
    pub fn reference(&self) -> &ImageRef {
        &self.reference
    }

    /// Whether its distribution is known, by its name or by its tag.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.distribution.is_some()
    }

    /// Whether it is an official image of Docker Hub, or a mirror of one.
    #[must_use]
    pub fn is_official(&self) -> bool {
        self.row.is_some_and(|row| matches!(row.pattern, Pattern::Official(_)))
    }

    /// Its distribution; an unknown image is assumed to be like Debian.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        self.distribution.unwrap_or(Distribution::Debian)
    }

    /// Whether it has a shell.
    #[must_use]
    pub fn has_shell(&self) -> bool {
        self.distribution_row().is_none_or(|row| row.has_shell)
    }

    /// The command that creates a user with a home; user id and login follow. None if it has no programs.
    #[must_use]
    pub fn make_user(&self) -> Option<&'static str> {
        self.distribution_row()?.make_user
    }

    /// The owner of UID 1000 in it.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        self.account
    }

    /// The owner of a user id in it, as far as known: images differ in user id 1000.
    pub(crate) fn account_of(&self, user_id: u32) -> Option<Account> {
        self.account.filter(|_| user_id == 1000)
    }

    /// Whether its owner of UID 1000 and the system's users are all its users.
    #[must_use]
    pub fn all_users_known(&self) -> bool {
        self.row.is_some_and(|row| row.all_users_known)
    }

    /// The language runtime in it.
    #[must_use]
    pub fn runtime(&self) -> Runtime {
        self.row.map_or(Runtime::None, |row| row.runtime)
    }

    /// Major and minor version of Python, if the tag of its official image names one.
    #[must_use]
    pub fn python_version(&self) -> Option<(u32, u32)> {
        let is_python = self.is_official() && self.runtime() == Runtime::Python;
        numbers(self.reference.tag().filter(|_| is_python)?)
    }

    /// What it starts without a command.
    #[must_use]
    pub fn starts(&self) -> Starts {
        self.row.map_or(Starts::Unknown, |row| row.starts)
    }

    /// Whether it starts as a user other than root.
    #[must_use]
    pub fn starts_unprivileged(&self) -> bool {
        self.row.is_some_and(|row| row.starts_unprivileged)
    }

    /// The port of its own configuration.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        let by_application = || self.application().map(|app| app.port);
        self.row.and_then(|row| row.port).or_else(by_application).filter(|port| *port >= APP_PORT_MIN)
    }

    /// Whether it has almost none of the usual command-line tools.
    #[must_use]
    pub fn has_few_tools(&self) -> bool {
        match self.row.map_or(Tools::Many, |row| row.tools) {
            Tools::Few => true,
            Tools::FewIfSlim => self.tag_words().any(|word| word == "slim"),
            Tools::Many => false,
        }
    }

    /// The compiler that it lacks, and that other images of its repository have.
    #[must_use]
    pub fn missing_compiler(&self) -> Option<Compiler> {
        let compiler = self.row?.compiler?;
        self.tag_words().any(|word| compiler.without.contains(&word)).then_some(compiler)
    }

    /// What to do instead, if it can no longer be pulled.
    #[must_use]
    pub fn vanished(&self) -> Option<&'static str> {
        let starts_with = |begin: &str| match begin {
            "latest" => self.reference.floats(),
            begin => self.reference.tag().is_some_and(|tag| tag.starts_with(begin)),
        };
        self.row?.vanished.iter().find(|row| starts_with(row.tag)).map(|row| row.help)
    }

    /// The release of its distribution, if that has left the mirrors, and whether it is one of Ubuntu. The name is the newest
    /// release that the image can be on.
    #[must_use]
    pub fn archived_release(&self) -> Option<(&'static str, bool)> {
        super::archived::release(&self.reference)
    }

    /// Whether its tag can move from one release of Debian to the next.
    #[must_use]
    pub fn moves_with_debian(&self) -> bool {
        let is_exact = self.tag_words().next().is_some_and(|word| word.split('.').count() >= 3);
        // Once the next patch is out, an exact version is no longer rebuilt
        let stays = self.tag_names_release() || is_exact || self.reference.as_str().contains('@');
        !stays && self.row.is_some_and(|row| matches!(row.releases, Releases::Moving(_)))
    }

    /// Whether the tag names a release of the distribution.
    fn tag_names_release(&self) -> bool {
        self.tag_words().any(|word| {
            let is_numbered = word.strip_prefix("alpine").is_some_and(|number| !number.is_empty());
            is_numbered || word == WINDOWS || DEBIAN_RELEASES.iter().any(|(name, _)| *name == word)
        })
    }

    pub(super) fn tag_words(&self) -> impl Iterator<Item = &str> {
        self.reference.tag().unwrap_or_default().split('-')
    }

    fn distribution_row(&self) -> Option<&'static DistributionRow> {
        DISTRIBUTIONS.iter().find(|row| row.distribution == self.distribution())
    }

    /// Warnings for users of the image.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let image = &self.reference;
        if !self.is_known() && self.application().is_none() && self.row.is_none() {
            warnings
                .push(format!("`{image}` is not a base image we know: taken to be like Debian, with UID 1000 free; an ENTRYPOINT of its own stays, and the command is appended to it"));
        } else if self.distribution_row().is_some_and(|row| !row.is_proven) {
            warnings.push(format!("no test of ours builds images like `{image}`"));
        }
        if image.floats() {
            warnings.push(format!(
                "`{image}` can be another image tomorrow: name a version, such as `{}:1.2`",
                image.repository()
            ));
        }
        warnings.extend(self.row.and_then(|row| row.warning).map(|warning| format!("`{image}`: {warning}")));
        warnings.extend(self.application_warnings());
        warnings
    }
}

/// The distribution: no tag makes an image less distroless, and otherwise the tag is more specific than the name.
fn distribution(image: &ImageRef, row: Option<&ImageRow>) -> Option<Distribution> {
    let of_image = row.and_then(|row| row.distribution);
    if of_image == Some(Distribution::Distroless) {
        return of_image;
    }
    let of_tag = TAGS.iter().find_map(|row| row.distribution.filter(|_| has_tag_word(image, row.word)));
    of_tag.or(of_image)
}

/// The owner of UID 1000.
fn account(image: &ImageRef, row: Option<&ImageRow>) -> Option<Account> {
    let by_tag = |tags: &[TagRow]| tags.iter().find_map(|row| row.account.filter(|_| has_tag_word(image, row.word)));
    let own_tag = row.and_then(|row| by_tag(row.tags));
    let of_image = || row.filter(|row| is_since(image, row.account_since)).and_then(|row| row.account).map(Some);
    own_tag.or_else(of_image).or_else(|| by_tag(TAGS)).flatten()
}

/// Whether the first word of the tag is one of these, or the same number with a higher one after the dot.
fn is_since(image: &ImageRef, words: &[&str]) -> bool {
    let Some(first) = image.tag().and_then(|tag| tag.split('-').next()).filter(|first| *first != "latest") else {
        return true;
    };
    let is_later =
        |word: &&str| numbers(word).zip(numbers(first)).is_some_and(|(from, own)| own.0 == from.0 && own > from);
    words.is_empty() || words.iter().any(|word| *word == first || (word.starts_with("0.") && is_later(word)))
}

/// `3.13`, `3.13.1`, `3.13-slim`.
pub(super) fn numbers(tag: &str) -> Option<(u32, u32)> {
    let mut numbers = tag.split(['.', '-']).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// `3.13`, not `3` and not `3.13.1`.
pub(super) fn is_minor_version(word: &str) -> bool {
    word.split('.').count() == 2 && word.chars().all(|char| char.is_ascii_digit() || char == '.')
}

/// The runtime with a name.
pub(crate) fn runtime_named(name: &str) -> Option<Runtime> {
    let all = [Runtime::Python, Runtime::Node, Runtime::Go, Runtime::Rust];
    all.into_iter().find(|runtime| runtime_name(*runtime) == name)
}

/// The name of a runtime, as conditions in templates use it.
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
    }
}

fn is_path_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// Whether a tag has a word, or begins a word with it before a version: `alpine` is in `22-alpine3.22`.
pub(super) fn has_tag_word(image: &ImageRef, word: &str) -> bool {
    let digit_after = |rest: &str| rest.starts_with(|char: char| char.is_ascii_digit());
    image.tag().is_some_and(|tag| {
        tag.split(['-', '_']).any(|part| {
            part.strip_prefix(word).is_some_and(|rest| {
                let ends_in_digit = word.ends_with(|char: char| char.is_ascii_digit());
                rest.is_empty() || if ends_in_digit { rest.starts_with('.') } else { digit_after(rest) }
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
        let warnings = image("ghcr.io/owner/tool:1").warnings();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("taken to be like Debian"), "{warnings:?}");
        assert!(image("python:3.13-slim").warnings().is_empty());
    }

    #[test]
    fn a_tag_word_of_one_image_counts_before_that_of_all() {
        let owner = |text: &str| image(text).account().map(|account| account.user);
        assert_eq!(owner("mcr.microsoft.com/playwright:v1.50.0-jammy"), Some("pwuser"));
        assert_eq!(owner("mcr.microsoft.com/playwright/python:v1.50.0-noble"), Some("ubuntu"));
        assert!(!image("mcr.microsoft.com/playwright:v1.50.0-focal").is_known());
        assert_eq!(owner("tool/app:1-noble"), Some("ubuntu"));
        assert_eq!(image("gcr.io/distroless/nodejs22-debian12:latest-alpine").distribution(), Distribution::Distroless);
    }

    #[test]
    fn the_release_of_debian_is_named_or_the_newest() {
        for (text, release, moves) in [
            ("python:3.13-slim-bookworm", Some(12), false),
            ("python:3.13-slim", Some(13), true),
            ("python:3.9-slim", None, true),
            ("python:3.13.1", None, false),
            ("python:3.13-alpine3.22", None, false),
            ("python:3.13-alpine", None, true),
            ("node:22-trixie", Some(13), false),
            ("node:22", None, false),
            ("ruby:3-trixie", None, false),
            ("debian:12.8-slim", Some(12), false),
            ("debian:stable-slim", None, false),
        ] {
            assert_eq!((image(text).debian_release(), image(text).moves_with_debian()), (release, moves), "{text}");
        }
    }

    #[test]
    fn columns_that_depend_on_the_tag_are_read_with_it() {
        assert!(image("nvidia/cuda").vanished().is_some() && image("nvidia/cuda:9.2-devel").vanished().is_some());
        assert!(image("nvidia/cuda:12.8.1-base-ubuntu22.04").vanished().is_none());
        assert!(image("nvidia/cuda:12.8.1-base-ubuntu22.04").missing_compiler().is_some());
        assert!(image("nvidia/cuda:12.8.1-devel-ubuntu22.04").missing_compiler().is_none());
        assert!(image("node:22-slim").has_few_tools() && !image("node:22").has_few_tools());
        assert_eq!(image("python:3.13-slim").python_version(), Some((3, 13)));
        assert_eq!(image("pytorch/pytorch:2.8.0-runtime").python_version(), None);
    }

    #[test]
    fn every_row_can_be_reached() {
        for row in IMAGES.iter().copied().flatten() {
            let (Pattern::Official(name) | Pattern::Path(name) | Pattern::Within(name)) = row.pattern;
            assert_eq!(image(name).row.map(|found| found.pattern), Some(row.pattern), "an earlier row hides it");
        }
    }
}
