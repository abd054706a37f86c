//! References to container images.

use std::str::FromStr;

use super::value::{Invalid, excerpt};

/// A reference to a base image: `[registry/]path[:tag][@digest]`.
///
/// The grammar is that of the distribution project, which excludes everything that a Dockerfile could misread.
/// Source: <https://github.com/distribution/reference>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRef {
    text: String,
    /// The length of the part before tag and digest.
    repository: usize,
    path: String,
    tag: Option<String>,
    digest: bool,
}

impl ImageRef {
    /// The whole reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path without registry, tag and digest, such as `library/node`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path, such as `node`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The tag, if one is given.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The reference without tag and digest, such as `ghcr.io/owner/tool`.
    #[must_use]
    pub fn repository(&self) -> &str {
        &self.text[..self.repository]
    }

    /// Whether the reference can mean another image later: no digest, and no tag or `latest`.
    #[must_use]
    pub fn floats(&self) -> bool {
        self.path != "scratch" && !self.digest && self.tag().is_none_or(|tag| tag == "latest")
    }
}

impl std::fmt::Display for ImageRef {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.text)
    }
}

impl FromStr for ImageRef {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let bad = |why: &str| Invalid::new(format!("`{}` {why}", excerpt(text))).hint("write it as `node:22-slim`");
        if text.contains(['<', '>', '{', '}', '$']) {
            return Err(bad("contains a placeholder"));
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) if is_digest(digest) => (rest, true),
            Some(_) => return Err(bad("has no valid digest after `@`")),
            None => (text, false),
        };
        let slash = rest.rfind('/').map_or(0, |at| at + 1);
        let (path, tag) = match rest[slash..].split_once(':') {
            Some((last, tag)) => (&rest[..slash + last.len()], Some(tag)),
            None => (rest, None),
        };
        if tag.is_some_and(|tag| !is_tag(tag)) {
            return Err(bad("has no valid tag after `:`"));
        }
        let repository = path.len();
        let path = without_registry(path).ok_or_else(|| bad("names no valid registry"))?;
        if path.chars().any(|char| char.is_ascii_uppercase()) {
            let error = bad("has a capital letter, which no repository name can have");
            return Err(error.hint(format!("did you mean `{}`?", excerpt(&text.to_lowercase()))));
        }
        if path.is_empty() || !path.split('/').all(is_path_part) {
            return Err(bad("is not an image reference"));
        }
        Ok(Self { text: text.to_owned(), repository, path: path.to_owned(), tag: tag.map(str::to_owned), digest })
    }
}

/// The path after the registry. The first part is a registry when it has a dot or a port, or is `localhost`.
fn without_registry(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => {
            let (host, port) = first.split_once(':').unwrap_or((first, "0"));
            let host_char = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-');
            let valid = !host.is_empty() && host.chars().all(host_char) && port.parse::<u16>().is_ok();
            valid.then_some(rest)
        }
        _ => Some(path),
    }
}

/// Lower-case letters and digits, with single `.`, `_`, `__` or any run of `-` between them.
fn is_path_part(part: &str) -> bool {
    let word = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
    part.starts_with(word)
        && part.ends_with(word)
        && part.chars().all(|char| word(char) || matches!(char, '.' | '_' | '-'))
        && !["..", "___", "._", "_.", ".-", "-.", "_-", "-_"].iter().any(|run| part.contains(run))
}

fn is_tag(tag: &str) -> bool {
    tag.len() <= 128
        && tag.starts_with(|char: char| char.is_ascii_alphanumeric() || char == '_')
        && tag.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | '-'))
}

fn is_digest(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|hex| {
        hex.len() == 64 && hex.chars().all(|char| char.is_ascii_digit() || matches!(char, 'a'..='f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_apart() {
        for (text, path, tag) in [
            ("node", "node", None),
            ("node:22-slim", "node", Some("22-slim")),
            ("nvidia/cuda:12.8.1-runtime-ubuntu24.04", "nvidia/cuda", Some("12.8.1-runtime-ubuntu24.04")),
            ("docker.io/library/node:22", "library/node", Some("22")),
            ("localhost:5000/a/b", "a/b", None),
            ("ghcr.io/owner/my-app:v1", "owner/my-app", Some("v1")),
        ] {
            let image: ImageRef = text.parse().unwrap();
            assert_eq!((image.path(), image.tag()), (path, tag));
        }
    }

    #[test]
    fn a_reference_floats_without_tag_and_digest() {
        let digest = format!("node@sha256:{}", "0".repeat(64));
        assert!("node".parse::<ImageRef>().unwrap().floats());
        let latest: ImageRef = "test:latest".parse().unwrap();
        assert!(latest.floats());
        assert_eq!(latest.repository(), "test");
        assert!(!"scratch".parse::<ImageRef>().unwrap().floats());
        assert!(!"node:22".parse::<ImageRef>().unwrap().floats());
        assert!(!digest.parse::<ImageRef>().unwrap().floats());
    }

    #[test]
    fn what_no_builder_takes_is_refused() {
        for text in [
            "",
            "Node",
            "node:",
            "node:-x",
            "ghcr.io/<user>/x",
            "a b",
            "a//b",
            "/a",
            "a/",
            "node@sha256:1",
            "$BASE",
            "a\nb",
        ] {
            assert!(text.parse::<ImageRef>().is_err(), "{text:?}");
        }
        let error = "ghcr.io/Owner/App".parse::<ImageRef>().unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean `ghcr.io/owner/app`?"));
    }
}
