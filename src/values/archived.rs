//! Whether the packages of an image's release have left the mirrors.

use super::image::ImageRef;
use crate::facts::archived_releases::{ArchivedRelease, DEBIAN, ERAS, LAST_MAJORS, NEUTRAL, NODE_NAMES, UBUNTU};
use crate::facts::official_images::OFFICIAL_IMAGES;

/// The newest archived release that the image can be on, and whether it is one of Ubuntu.
pub(super) fn release(image: &ImageRef) -> Option<(&'static str, bool)> {
    let words: Vec<&str> = image.tag()?.split('-').collect();
    let own = named(&words, UBUNTU, image.name() == "ubuntu" && is_official(image));
    let built_on =
        || UBUNTU.iter().find(|row| words.iter().any(|word| word.strip_prefix("ubuntu") == Some(row.number)));
    if let Some(row) = own.filter(|_| is_official(image)).or_else(built_on) {
        return Some((row.name, true));
    }
    if !is_official(image) && !image.as_str().starts_with("mcr.microsoft.com/") {
        return None;
    }
    let is_debian = image.name() == "debian" && is_official(image);
    if let Some(row) = named(&words, DEBIAN, is_debian) {
        return Some((row.name, false));
    }
    unnamed(image, &words).filter(|_| is_official(image)).map(|name| (name, false))
}

/// An official image of Docker Hub, or a mirror of one.
fn is_official(image: &ImageRef) -> bool {
    let path = image.path();
    let has_owner =
        path.contains('/') && !path.starts_with("library/") && !path.ends_with(&format!("library/{}", image.name()));
    let on_hub = !image.repository().split('/').next().unwrap_or_default().contains('.');
    !has_owner && (on_hub || path.contains("library/")) && OFFICIAL_IMAGES.contains(&image.name())
}

/// The release that a word names. In tags of the distribution's own image, that is the number too.
fn named(words: &[&str], releases: &'static [ArchivedRelease], is_own: bool) -> Option<&'static ArchivedRelease> {
    let has_number = |number: &str| {
        words
            .first()
            .is_some_and(|word| word.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    releases.iter().find(|row| words.contains(&row.name) || (is_own && has_number(row.number)))
}

/// The release of a version that names none.
fn unnamed(image: &ImageRef, words: &[&str]) -> Option<&'static str> {
    let (version, rest) = words.split_first()?;
    if !rest.iter().all(|word| NEUTRAL.contains(word)) {
        return None;
    }
    if image.name() == "node" && NODE_NAMES.contains(version) {
        return Some("buster");
    }
    let numbers: Vec<u32> = version.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let major = *numbers.first()?;
    if let Some((.., name)) = LAST_MAJORS.iter().find(|(of, last, _)| *of == image.name() && major <= *last) {
        return Some(name);
    }
    let minor = (major, *numbers.get(1)?);
    let era = ERAS.iter().find(|era| {
        let fits = era.patch.is_none_or(|last| numbers.get(2).is_some_and(|patch| *patch <= last));
        era.image == image.name() && (era.minors.0..=era.minors.1).contains(&minor) && fits
    });
    era.map(|era| era.release)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_named_or_follows_from_the_version() {
        for (text, expected) in [
            ("debian:buster", Some("buster")),
            ("debian:10.13-slim", Some("buster")),
            ("debian:12", None),
            ("python:3.8.0", Some("buster")),
            ("python:3.8.11", None),
            ("python:3.8", None),
            ("python:3.7-slim-buster", Some("buster")),
            ("python:3.8.0-alpine", None),
            ("python:2", Some("buster")),
            ("python:2.7-alpine", None),
            ("node:12", Some("buster")),
            ("node:16-slim", Some("buster")),
            ("node:16-bullseye", None),
            ("node:16-alpine3.15", None),
            ("node:18", None),
            ("node:fermium-slim", Some("buster")),
            ("node:hydrogen", None),
            ("node", None),
            ("docker.io/library/node:14.2.0", Some("buster")),
            ("bitnami/node:12", None),
            ("ghcr.io/owner/debian:buster", None),
            ("ubuntu:22.10", Some("kinetic")),
            ("ubuntu:20.04", None),
            ("ubuntu:bionic", None),
            ("nvidia/cuda:11.8.0-base-ubuntu20.04", None),
            ("mcr.microsoft.com/dotnet/aspnet:3.1-buster-slim", Some("buster")),
            ("golang:1.14", Some("buster")),
            ("golang:1.16", None),
            ("php:7.2-apache", Some("buster")),
        ] {
            let image: ImageRef = text.parse().unwrap();
            assert_eq!(release(&image).map(|(name, _)| name), expected, "{text}");
        }
    }
}
