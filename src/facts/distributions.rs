//! Distributions: how a Dockerfile differs on each, and the words of tags that name one.

use super::base_images::{Account, Distribution, UBUNTU};

/// A row of the table of distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DistributionRow {
    /// The distribution.
    pub distribution: Distribution,
    /// Its package manager.
    pub package_manager: Option<&'static str>,
    /// Whether it has a shell to run commands.
    pub has_shell: bool,
    /// The command that creates a user with a home; user id and login follow.
    pub make_user: Option<&'static str>,
    /// Whether a container test builds our images on it.
    pub is_proven: bool,
}

/// The distributions.
pub const DISTRIBUTIONS: &[DistributionRow] = &[
    DistributionRow {
        distribution: Distribution::Debian,
        package_manager: Some("apt-get"),
        has_shell: true,
        make_user: Some("useradd --create-home --uid"),
        is_proven: true,
    },
    DistributionRow {
        distribution: Distribution::Alpine,
        package_manager: Some("apk"),
        has_shell: true,
        make_user: Some("adduser -D -u"),
        is_proven: true,
    },
    DistributionRow {
        distribution: Distribution::Fedora,
        package_manager: Some("dnf"),
        has_shell: true,
        make_user: Some("useradd --create-home --uid"),
        is_proven: false,
    },
    DistributionRow {
        distribution: Distribution::Distroless,
        package_manager: None,
        has_shell: false,
        make_user: None,
        is_proven: true,
    },
];

/// The meaning of a word of a tag; tags are split at `-`. A word that does not end in a digit also matches before
/// one: `alpine` matches `alpine3.22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TagRow {
    /// The word.
    pub word: &'static str,
    /// The distribution that it names.
    pub distribution: Option<Distribution>,
    /// Who owns UID 1000: the inner none is nobody, the outer one means that the word does not reveal it.
    pub account: Option<Option<Account>>,
}

impl TagRow {
    const fn on(distribution: Distribution, word: &'static str) -> Self {
        Self { word, distribution: Some(distribution), account: None }
    }

    /// UID 1000 is free.
    pub(super) const fn free(word: &'static str) -> Self {
        Self { word, distribution: None, account: Some(None) }
    }

    /// UID 1000 has an owner.
    pub(super) const fn owned(word: &'static str, account: Account) -> Self {
        Self { word, distribution: None, account: Some(Some(account)) }
    }

    const fn with_user(distribution: Distribution, word: &'static str, account: Account) -> Self {
        Self { word, distribution: Some(distribution), account: Some(Some(account)) }
    }
}

/// Words with the same meaning in the tags of all images. Ubuntu has a user of its own since 23.04.
pub const TAGS: &[TagRow] = &[
    TagRow::on(Distribution::Alpine, "alpine"),
    TagRow::on(Distribution::Fedora, "rockylinux"),
    TagRow::on(Distribution::Fedora, "ubi"),
    TagRow::with_user(Distribution::Debian, "ubuntu24.04", UBUNTU),
    TagRow::with_user(Distribution::Debian, "ubuntu26.04", UBUNTU),
    TagRow::on(Distribution::Debian, "ubuntu"),
    TagRow::on(Distribution::Debian, "trixie"),
    TagRow::on(Distribution::Debian, "bookworm"),
    TagRow::on(Distribution::Debian, "bullseye"),
    TagRow::with_user(Distribution::Debian, "noble", UBUNTU),
    TagRow::on(Distribution::Debian, "jammy"),
];

/// Releases of Debian by the words of official tags, newest first.
/// Source: <https://www.debian.org/releases/>.
pub const DEBIAN_RELEASES: &[(&str, u8)] = &[("trixie", 13), ("bookworm", 12), ("bullseye", 11), ("buster", 10)];

/// Releases of Ubuntu that `latest` has been on, by number and name. Source: <https://hub.docker.com/_/ubuntu>.
pub const UBUNTU_LONG_TERM: &[((u32, u32), &str)] = &[((20, 4), "focal"), ((22, 4), "jammy"), ((24, 4), "noble")];

/// The first Debian whose own Python refuses packages of pip. Source: <https://peps.python.org/pep-0668/>, and
/// `/usr/lib/python3.11/EXTERNALLY-MANAGED` of Debian 12.
pub const DEBIAN_MANAGED_SINCE: u8 = 12;

/// Releases of Ubuntu whose own Python refuses packages of pip, by number and name.
pub const UBUNTU_MANAGED: &[(&str, &str)] = &[
    ("23.04", "lunar"),
    ("23.10", "mantic"),
    ("24.04", "noble"),
    ("24.10", "oracular"),
    ("25.04", "plucky"),
    ("25.10", "questing"),
    ("26.04", "resolute"),
];

/// The word in tags of Windows images, which is followed by a release of Windows.
pub const WINDOWS: &str = "windowsservercore";

/// Users that exist in every Debian or Alpine image.
/// Source: `/etc/passwd` of `debian:trixie` and `alpine:3.22`.
pub const SYSTEM_USERS: &[&str] = &[
    "backup", "bin", "daemon", "games", "guest", "irc", "list", "lp", "mail", "man", "news", "nobody", "ntp",
    "operator", "proxy", "root", "sync", "sys", "uucp", "www-data",
];
