//! The release of Debian or Ubuntu that a base image is on, as far as its tag reveals it.

use super::base::{BaseImage, has_tag_word, is_minor_version, numbers};
use crate::facts::base_images::{Pattern, Releases};
use crate::facts::distributions::{DEBIAN_RELEASES, UBUNTU_LONG_TERM};

impl BaseImage {
    /// The Debian release of the image, if its tag names one, or has moved to the newest by itself.
    #[must_use]
    pub fn debian_release(&self) -> Option<u8> {
        let releases = self.row?.releases;
        let named = DEBIAN_RELEASES.iter().find(|(name, _)| self.tag_words().any(|word| word == *name));
        match (releases, named) {
            (Releases::Named, None) if matches!(self.row?.pattern, Pattern::Official("debian")) => {
                self.tag_words().next()?.split('.').next()?.parse().ok()
            }
            (Releases::Unknown, _) | (Releases::Named, None) => None,
            (_, Some((_, release))) => Some(*release),
            (Releases::Moving(since), None) => {
                let is_plain = self.tag_words().all(|word| word == "slim" || is_minor_version(word));
                let version = numbers(self.reference.tag()?).filter(|version| is_plain && *version >= since);
                version.and_then(|_| DEBIAN_RELEASES.first()).map(|(_, release)| *release)
            }
        }
    }

    /// The release of Ubuntu that the image is on, or an older one: that of a tag that moves.
    pub(crate) fn ubuntu_release(&self) -> Option<(u32, u32)> {
        let by_word = |words: &[((u32, u32), &str)]| {
            let mut words = words.iter();
            words.find(|(_, word)| has_tag_word(&self.reference, word)).map(|(release, _)| *release)
        };
        match self.row?.pattern {
            Pattern::Official("ubuntu") if self.reference.floats() => UBUNTU_LONG_TERM.last().map(|row| row.0),
            Pattern::Official("ubuntu") => numbers(self.reference.tag()?).or_else(|| by_word(UBUNTU_LONG_TERM)),
            Pattern::Path("nvidia/cuda") => {
                let tag = self.reference.tag()?;
                numbers(tag.split('-').find_map(|word| word.strip_prefix("ubuntu"))?)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(text: &str) -> BaseImage {
        BaseImage::of(text.parse().unwrap())
    }

    #[test]
    fn the_release_of_ubuntu_is_named_or_a_lower_bound() {
        for (text, release) in [
            ("ubuntu:24.04", Some((24, 4))),
            ("ubuntu:jammy-20250404", Some((22, 4))),
            ("ubuntu", Some((24, 4))),
            ("ubuntu:rolling", None),
            ("nvidia/cuda:12.8.1-runtime-ubuntu22.04", Some((22, 4))),
            ("debian:12", None),
        ] {
            assert_eq!(image(text).ubuntu_release(), release, "{text}");
        }
    }
}
