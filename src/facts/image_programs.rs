//! Programs that official images certainly lack, and what brings them.
//!
//! Sources: the Dockerfiles of <https://github.com/docker-library>, <https://github.com/nodejs/docker-node> and
//! <https://github.com/adoptium/containers>. Images that are not slim are built on `buildpack-deps`, which has git, curl, wget and unzip.

use super::base_images::Distribution;

/// Which tags of an image a row describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Variant {
    /// Those on Alpine.
    Alpine,
    /// Those on Debian or Ubuntu with the word `slim`.
    Slim,
    /// The others on Debian or Ubuntu.
    Full,
}

/// What an official image lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImagePrograms {
    /// Its name.
    pub image: &'static str,
    /// Its tags.
    pub variant: Variant,
    /// The programs that it lacks.
    pub lacks: &'static [&'static str],
}

const fn row(image: &'static str, variant: Variant, lacks: &'static [&'static str]) -> ImagePrograms {
    ImagePrograms { image, variant, lacks }
}

const BARE: &[&str] = &["sudo", "git", "curl", "wget", "unzip", "npm", "npx", "node", "mvn", "gradle", "python"];

/// The images. Busybox, in Alpine, has its own `wget` and `unzip`.
pub const IMAGE_PROGRAMS: &[ImagePrograms] = &[
    row("alpine", Variant::Alpine, &["sudo", "git", "curl", "npm", "npx", "node", "mvn", "gradle", "python"]),
    row("debian", Variant::Slim, BARE),
    row("debian", Variant::Full, BARE),
    row("ubuntu", Variant::Full, BARE),
    row("python", Variant::Alpine, &["sudo", "git", "curl", "npm", "npx", "node", "mvn", "gradle"]),
    row("python", Variant::Slim, &["sudo", "git", "curl", "wget", "unzip", "npm", "npx", "node", "mvn", "gradle"]),
    row("python", Variant::Full, &["sudo", "npm", "npx", "node", "mvn", "gradle"]),
    row("node", Variant::Alpine, &["sudo", "git", "curl", "mvn", "gradle", "python"]),
    row("node", Variant::Slim, &["sudo", "git", "curl", "wget", "unzip", "mvn", "gradle", "python"]),
    row("node", Variant::Full, &["sudo", "mvn", "gradle"]),
    row("golang", Variant::Full, &["sudo", "npm", "npx", "node", "mvn", "gradle"]),
    row("rust", Variant::Slim, &["sudo", "git", "curl", "unzip", "npm", "npx", "node", "mvn", "gradle"]),
    row("rust", Variant::Full, &["sudo", "npm", "npx", "node", "mvn", "gradle"]),
    row("eclipse-temurin", Variant::Alpine, &["sudo", "git", "npm", "npx", "node", "mvn", "gradle"]),
    row("eclipse-temurin", Variant::Full, &["sudo", "git", "npm", "npx", "node", "mvn", "gradle"]),
];

/// Package managers of other distributions, which no official image has: by the distribution of the image.
pub const FOREIGN_MANAGERS: &[(Distribution, &[&str])] = &[
    (Distribution::Alpine, &["apt-get", "apt", "yum", "dnf", "microdnf"]),
    (Distribution::Debian, &["apk", "yum", "dnf", "microdnf"]),
];

/// Parts of commands and paths by which a program may come into an image.
pub const BROUGHT_BY: &[(&str, &[&str])] = &[
    ("apt-get", &["apt", "dpkg"]),
    ("apt", &["apt", "dpkg"]),
    ("apk", &["apk"]),
    ("yum", &["yum", "dnf"]),
    ("dnf", &["dnf"]),
    ("microdnf", &["dnf"]),
    ("sudo", &["sudo"]),
    ("git", &["git"]),
    ("curl", &["curl"]),
    ("wget", &["wget"]),
    ("unzip", &["unzip"]),
    ("npm", &["node", "npm", "nvm", "bun"]),
    ("npx", &["node", "npm", "npx", "nvm", "bun"]),
    ("node", &["node", "npm", "nvm", "bun"]),
    ("mvn", &["maven", "mvn"]),
    ("gradle", &["gradle"]),
    (
        "python",
        &[
            "python-is-python3",
            "/python",
            "venv",
            "virtualenv",
            "conda",
            "alternatives",
            "pypy",
            "python2",
            "pyenv",
            "uv ",
        ],
    ),
];

/// Debian packages that bring one of these programs though their names do not say so, among those of
/// [`BRINGING`](super::debian_packages::BRINGING) and [`BRING_NOTHING`](super::debian_alone::BRING_NOTHING). Measured on 2026-11-28 in the
/// package lists of Debian 12 and 13, with `Depends` and `Recommends`.
pub const BRINGING_PROGRAMS: &[(&str, &[&str])] = &[
    ("gettext", &["curl"]),
    ("git-lfs", &["git"]),
    ("libgtk2.0-dev", &["curl"]),
    ("libreoffice", &["unzip"]),
    ("libvips-dev", &["curl"]),
    ("npm", &["git", "node", "npx"]),
    ("r-base-core", &["unzip"]),
    ("ruby", &["unzip"]),
    ("zip", &["unzip"]),
];

/// The package to install for a program, by package manager.
pub const PACKAGE_OF: &[(&str, &str, &str)] = &[
    ("git", "git", "git"),
    ("curl", "curl", "curl"),
    ("wget", "wget", "wget"),
    ("unzip", "unzip", "unzip"),
    ("npm", "nodejs npm", "npm"),
    ("npx", "nodejs npm", "npm"),
    ("node", "nodejs", "nodejs"),
    ("mvn", "maven", "maven"),
    ("gradle", "gradle", "gradle"),
    ("python", "python-is-python3", "python3"),
];
