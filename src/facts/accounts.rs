//! Users of images that are known by their names.

/// Numbers of users that exist in every Debian and Alpine image under the same name, and of `nobody`. Only names whose number is not
/// 1000 in any of them are here; the number is Debian's.
/// Source: `/etc/passwd` of `debian:trixie` and `alpine:3.22`.
pub const SYSTEM_IDS: &[(&str, u32)] = &[
    ("bin", 2),
    ("daemon", 1),
    ("games", 5),
    ("mail", 8),
    ("news", 9),
    ("nobody", 65534),
    ("sync", 4),
    ("uucp", 10),
    ("www-data", 33),
];

/// The user of images without root, and its number.
/// Sources: <https://github.com/GoogleContainerTools/distroless/blob/main/common/variables.bzl>,
/// <https://edu.chainguard.dev/chainguard/chainguard-images/about/getting-started-distroless/>.
pub const NONROOT: (&str, u32) = ("nonroot", 65532);

/// Words in the paths of images that have it.
pub const NONROOT_IMAGES: &[&str] = &["cgr", "chainguard", "distroless", "wolfi"];
