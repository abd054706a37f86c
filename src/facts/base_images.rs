//! What is known about base images, in columns that do not depend on each other.
//!
//! A base image meets one row of each table: `node:22-alpine` is Alpine by its tag and has Node and the user `node` by
//! its name. Rows are tried in order, the first that matches counts.
//!
//! Sources: the images' own pages on Docker Hub and their Dockerfiles; that UID 1000 is taken in `node` and in Ubuntu
//! from 23.04 on was seen in failing Spaces (`useradd: UID 1000 is not unique`).

/// Which images a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// An official image or a mirror of it, as in `node` for `docker.io/library/node:22`, not for `bitnami/node`.
    Official(&'static str),
    /// The end of the repository's path, as in `nvidia/cuda`.
    Path(&'static str),
    /// A part of the path, as in `distroless`.
    Within(&'static str),
    /// A word of the tag, tags being split at `-`, or the beginning of one before a digit: `alpine` meets `alpine3.22`.
    Tag(&'static str),
    /// Both the repository's end and a word of the tag.
    PathAndTag(&'static str, &'static str),
}

/// A distribution, as far as a Dockerfile notices it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distribution {
    /// Debian and what is made from it, Ubuntu too: `apt-get`, `useradd`.
    Debian,
    /// Alpine: busybox's `adduser`.
    Alpine,
    /// Fedora, Red Hat, Rocky, Alma, Amazon Linux: `useradd`.
    Fedora,
    /// No shell and no package manager.
    Distroless,
}

/// A row of the table of distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DistributionRow {
    /// The images meant.
    pub pattern: Pattern,
    /// Their distribution.
    pub distribution: Distribution,
}

const fn on(distribution: Distribution, pattern: Pattern) -> DistributionRow {
    DistributionRow { pattern, distribution }
}

/// Operating system and package manager.
pub const DISTRIBUTIONS: &[DistributionRow] = &[
    on(Distribution::Distroless, Pattern::Within("distroless")),
    on(Distribution::Distroless, Pattern::Official("scratch")),
    on(Distribution::Alpine, Pattern::Official("alpine")),
    on(Distribution::Alpine, Pattern::Tag("alpine")),
    on(Distribution::Fedora, Pattern::Official("fedora")),
    on(Distribution::Fedora, Pattern::Official("rockylinux")),
    on(Distribution::Fedora, Pattern::Official("almalinux")),
    on(Distribution::Fedora, Pattern::Official("amazonlinux")),
    on(Distribution::Fedora, Pattern::Within("ubi8")),
    on(Distribution::Fedora, Pattern::Within("ubi9")),
    on(Distribution::Fedora, Pattern::Tag("rockylinux")),
    on(Distribution::Fedora, Pattern::Tag("ubi")),
    on(Distribution::Debian, Pattern::Tag("ubuntu")),
    on(Distribution::Debian, Pattern::Tag("trixie")),
    on(Distribution::Debian, Pattern::Tag("bookworm")),
    on(Distribution::Debian, Pattern::Tag("bullseye")),
    on(Distribution::Debian, Pattern::Tag("noble")),
    on(Distribution::Debian, Pattern::Tag("jammy")),
    on(Distribution::Debian, Pattern::Official("debian")),
    on(Distribution::Debian, Pattern::Official("ubuntu")),
    on(Distribution::Debian, Pattern::Official("python")),
    on(Distribution::Debian, Pattern::Official("node")),
    on(Distribution::Debian, Pattern::Official("golang")),
    on(Distribution::Debian, Pattern::Official("rust")),
    on(Distribution::Debian, Pattern::Official("ruby")),
    on(Distribution::Debian, Pattern::Official("php")),
    on(Distribution::Debian, Pattern::Official("openjdk")),
    on(Distribution::Debian, Pattern::Official("r-base")),
    on(Distribution::Debian, Pattern::Path("oven/bun")),
    on(Distribution::Debian, Pattern::Path("nvidia/cuda")),
    on(Distribution::Debian, Pattern::Path("pytorch/pytorch")),
    on(Distribution::Debian, Pattern::Path("nginxinc/nginx-unprivileged")),
    on(Distribution::Debian, Pattern::Official("nginx")),
];

/// An account that the image already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// Its login, also the name of its group.
    pub user: &'static str,
    /// Its home.
    pub home: &'static str,
}

/// A row of the table of who owns UID 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccountRow {
    /// The images meant.
    pub pattern: Pattern,
    /// Who owns UID 1000 there; none if the number is free.
    pub account: Option<Account>,
}

const NODE: Option<Account> = Some(Account { user: "node", home: "/home/node" });
const BUN: Option<Account> = Some(Account { user: "bun", home: "/home/bun" });
const PLAYWRIGHT: Option<Account> = Some(Account { user: "pwuser", home: "/home/pwuser" });
const UBUNTU: Option<Account> = Some(Account { user: "ubuntu", home: "/home/ubuntu" });

const fn owned(account: Option<Account>, pattern: Pattern) -> AccountRow {
    AccountRow { pattern, account }
}

/// Who owns UID 1000. An image in no row has the number free. Ubuntu has had its user since 23.04, so older releases
/// are the exception. Playwright's images make the first user of theirs.
pub const UID_1000: &[AccountRow] = &[
    owned(NODE, Pattern::Official("node")),
    owned(BUN, Pattern::Path("oven/bun")),
    owned(PLAYWRIGHT, Pattern::PathAndTag("playwright", "jammy")),
    owned(PLAYWRIGHT, Pattern::PathAndTag("playwright", "focal")),
    owned(PLAYWRIGHT, Pattern::PathAndTag("playwright/python", "jammy")),
    owned(PLAYWRIGHT, Pattern::PathAndTag("playwright/python", "focal")),
    owned(None, Pattern::PathAndTag("ubuntu", "16.04")),
    owned(None, Pattern::PathAndTag("ubuntu", "18.04")),
    owned(None, Pattern::PathAndTag("ubuntu", "20.04")),
    owned(None, Pattern::PathAndTag("ubuntu", "22.04")),
    owned(None, Pattern::PathAndTag("ubuntu", "22.10")),
    owned(None, Pattern::PathAndTag("ubuntu", "xenial")),
    owned(None, Pattern::PathAndTag("ubuntu", "bionic")),
    owned(None, Pattern::PathAndTag("ubuntu", "focal")),
    owned(None, Pattern::PathAndTag("ubuntu", "jammy")),
    owned(None, Pattern::PathAndTag("ubuntu", "kinetic")),
    owned(UBUNTU, Pattern::Official("ubuntu")),
    owned(UBUNTU, Pattern::Tag("noble")),
    owned(UBUNTU, Pattern::Tag("ubuntu24.04")),
    owned(UBUNTU, Pattern::Tag("ubuntu26.04")),
];

/// A language runtime that a base image brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// Python with pip.
    Python,
    /// Node with npm.
    Node,
    /// Go, in the image that builds.
    Go,
    /// Rust, in the image that builds.
    Rust,
    /// None that a starter app is written for.
    None,
}

/// A row of the table of runtimes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuntimeRow {
    /// The images meant.
    pub pattern: Pattern,
    /// The runtime in them.
    pub runtime: Runtime,
}

/// Language runtimes with a starter app. Distroless images have none: nothing can be installed in them.
pub const RUNTIMES: &[RuntimeRow] = &[
    RuntimeRow { pattern: Pattern::Within("distroless"), runtime: Runtime::None },
    RuntimeRow { pattern: Pattern::Official("python"), runtime: Runtime::Python },
    RuntimeRow { pattern: Pattern::Path("pytorch/pytorch"), runtime: Runtime::Python },
    RuntimeRow { pattern: Pattern::Official("node"), runtime: Runtime::Node },
];

/// A row of the table of images that templates start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuntimeImage {
    /// What the app is written for.
    pub runtime: Runtime,
    /// The image that runs the app.
    pub image: &'static str,
    /// The image with the compiler, which builds it.
    pub builder: Option<&'static str>,
}

/// Images for apps that chose none. Python's has its version in its name: see [`crate::facts::python`]. A compiler stands
/// on the Debian release of the image that runs what it made, so that both have the same C library.
/// Sources: the images' pages on Docker Hub.
pub const RUNTIME_IMAGES: &[RuntimeImage] = &[
    RuntimeImage { runtime: Runtime::Node, image: "node:22-slim", builder: None },
    RuntimeImage { runtime: Runtime::Go, image: "debian:trixie-slim", builder: Some("golang:1.26-trixie") },
    RuntimeImage { runtime: Runtime::Rust, image: "debian:trixie-slim", builder: Some("rust:1-trixie") },
];

/// What else is particular about an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParticularRow {
    /// The images meant.
    pub pattern: Pattern,
    /// The image starts as a user other than root.
    pub starts_unprivileged: bool,
    /// The port that its own configuration serves.
    pub port: Option<u16>,
    /// What the person who chose it should know.
    pub caution: Option<&'static str>,
}

/// Images with a configuration of their own.
/// Source: <https://github.com/nginx/docker-nginx-unprivileged>.
pub const PARTICULARS: &[ParticularRow] = &[
    ParticularRow {
        pattern: Pattern::Path("nginxinc/nginx-unprivileged"),
        starts_unprivileged: true,
        port: Some(8080),
        caution: Some("it serves /usr/share/nginx/html as it comes: bring a configuration for the app's folder"),
    },
    ParticularRow {
        pattern: Pattern::Official("nginx"),
        starts_unprivileged: false,
        port: None,
        caution: Some("its stock configuration needs root and port 80; `nginxinc/nginx-unprivileged` needs neither"),
    },
    ParticularRow {
        pattern: Pattern::Within("distroless"),
        starts_unprivileged: false,
        port: None,
        caution: Some("it may have an ENTRYPOINT of its own, to which the command is then appended"),
    },
];

/// Distributions that no container test builds. Images on them are said to be unproven.
pub const UNPROVEN: &[Distribution] = &[Distribution::Fedora];

/// Users that every Debian or Alpine brings.
/// Source: `/etc/passwd` of `debian:trixie` and `alpine:3.22`.
pub const SYSTEM_USERS: &[&str] = &[
    "backup", "bin", "daemon", "games", "guest", "irc", "list", "lp", "mail", "man", "news", "nobody", "ntp",
    "operator", "proxy", "root", "sync", "sys", "uucp", "www-data",
];

/// A package that Debian no longer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vanished {
    /// Its name.
    pub package: &'static str,
    /// The first release without it.
    pub since: u8,
    /// What to install for it.
    pub instead: Option<&'static str>,
}

/// Packages that builds of Spaces still ask for. Source: <https://tracker.debian.org>.
pub const VANISHED: &[Vanished] = &[
    Vanished { package: "libgl1-mesa-glx", since: 13, instead: Some("libgl1") },
    Vanished { package: "software-properties-common", since: 13, instead: None },
];

/// An image that starts a program of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entrypoint {
    /// The images meant.
    pub pattern: Pattern,
    /// The program, to which a `CMD` is appended.
    pub program: &'static str,
    /// Its commands.
    pub verbs: &'static [&'static str],
}

/// Images with an `ENTRYPOINT` that people forget.
/// Source: <https://github.com/ollama/ollama/blob/main/Dockerfile> and the help text of the program.
pub const ENTRYPOINTS: &[Entrypoint] = &[Entrypoint {
    pattern: Pattern::Path("ollama/ollama"),
    program: "ollama",
    verbs: &["serve", "start", "run", "pull", "push", "create", "show", "list", "ls", "ps", "cp", "rm", "stop", "help"],
}];

/// An image that can no longer be pulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct VanishedImage {
    /// The images meant.
    pub pattern: Pattern,
    /// How its tags begin; `latest` is also an image without a tag.
    pub tag: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Images that builds of Spaces still ask for. Sources: the page of the image on Docker Hub, which says that `latest` is gone, and
/// <https://gitlab.com/nvidia/container-images/cuda/blob/master/doc/support-policy.md>; a build that failed with
/// `nvidia/cuda:9.2-devel-ubuntu18.04: not found`.
pub const VANISHED_IMAGES: &[VanishedImage] = &[
    VanishedImage { pattern: Pattern::Path("nvidia/cuda"), tag: "latest", help: NAME_A_RELEASE },
    VanishedImage { pattern: Pattern::Path("nvidia/cuda"), tag: "9.", help: NAME_A_RELEASE },
];

const NAME_A_RELEASE: &str =
    "name a release with all three numbers, as in `nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04`";
