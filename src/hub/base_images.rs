//! What is known about base images, in columns that do not depend on each other.
//!
//! A base image meets one row of each table: `node:22-alpine` is Alpine by its tag and has Node and the user `node` by
//! its name. Rows are tried in order, the first that matches counts.
//!
//! Sources: the images' own pages on Docker Hub and their Dockerfiles; that UID 1000 is taken in `node` and in Ubuntu
//! from 23.04 on was seen in failing Spaces (`useradd: UID 1000 is not unique`).

/// Which images a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// The last part of the repository, as in `node` for `docker.io/library/node:22`.
    Name(&'static str),
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
    on(Distribution::Distroless, Pattern::Name("scratch")),
    on(Distribution::Alpine, Pattern::Name("alpine")),
    on(Distribution::Alpine, Pattern::Tag("alpine")),
    on(Distribution::Fedora, Pattern::Name("fedora")),
    on(Distribution::Fedora, Pattern::Name("rockylinux")),
    on(Distribution::Fedora, Pattern::Name("almalinux")),
    on(Distribution::Fedora, Pattern::Name("amazonlinux")),
    on(Distribution::Fedora, Pattern::Name("ubi8")),
    on(Distribution::Fedora, Pattern::Name("ubi9")),
    on(Distribution::Fedora, Pattern::Tag("rockylinux")),
    on(Distribution::Fedora, Pattern::Tag("ubi")),
    on(Distribution::Debian, Pattern::Tag("ubuntu")),
    on(Distribution::Debian, Pattern::Tag("trixie")),
    on(Distribution::Debian, Pattern::Tag("bookworm")),
    on(Distribution::Debian, Pattern::Tag("bullseye")),
    on(Distribution::Debian, Pattern::Tag("noble")),
    on(Distribution::Debian, Pattern::Tag("jammy")),
    on(Distribution::Debian, Pattern::Name("debian")),
    on(Distribution::Debian, Pattern::Name("ubuntu")),
    on(Distribution::Debian, Pattern::Name("python")),
    on(Distribution::Debian, Pattern::Name("node")),
    on(Distribution::Debian, Pattern::Name("golang")),
    on(Distribution::Debian, Pattern::Name("rust")),
    on(Distribution::Debian, Pattern::Name("ruby")),
    on(Distribution::Debian, Pattern::Name("php")),
    on(Distribution::Debian, Pattern::Name("openjdk")),
    on(Distribution::Debian, Pattern::Name("r-base")),
    on(Distribution::Debian, Pattern::Path("oven/bun")),
    on(Distribution::Debian, Pattern::Path("nvidia/cuda")),
    on(Distribution::Debian, Pattern::Path("pytorch/pytorch")),
    on(Distribution::Debian, Pattern::Name("nginx-unprivileged")),
    on(Distribution::Debian, Pattern::Name("nginx")),
];

/// An account that the image already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Its login, also the name of its group.
    pub user: &'static str,
    /// Its home.
    pub home: &'static str,
}

/// A row of the table of images in which UID 1000 is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountRow {
    /// The images meant.
    pub pattern: Pattern,
    /// Who owns UID 1000 there.
    pub account: Account,
}

const NODE: Account = Account { user: "node", home: "/home/node" };
const BUN: Account = Account { user: "bun", home: "/home/bun" };
const UBUNTU: Account = Account { user: "ubuntu", home: "/home/ubuntu" };

const fn owned(account: Account, pattern: Pattern) -> AccountRow {
    AccountRow { pattern, account }
}

/// Who owns UID 1000. An image in no row has the number free.
pub const UID_1000: &[AccountRow] = &[
    owned(NODE, Pattern::Name("node")),
    owned(BUN, Pattern::Path("oven/bun")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "24.04")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "25.04")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "25.10")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "26.04")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "26.10")),
    owned(UBUNTU, Pattern::PathAndTag("ubuntu", "latest")),
    owned(UBUNTU, Pattern::Tag("noble")),
    owned(UBUNTU, Pattern::Tag("ubuntu24.04")),
    owned(UBUNTU, Pattern::Tag("ubuntu26.04")),
];

/// A language runtime that a base image brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// Python with pip.
    Python,
    /// Node with npm.
    Node,
    /// None that a starter app is written for.
    None,
}

/// A row of the table of runtimes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuntimeRow {
    /// The images meant.
    pub pattern: Pattern,
    /// The runtime in them.
    pub runtime: Runtime,
}

/// Language runtimes with a starter app. Distroless images have none: nothing can be installed in them.
pub const RUNTIMES: &[RuntimeRow] = &[
    RuntimeRow { pattern: Pattern::Within("distroless"), runtime: Runtime::None },
    RuntimeRow { pattern: Pattern::Name("python"), runtime: Runtime::Python },
    RuntimeRow { pattern: Pattern::Path("pytorch/pytorch"), runtime: Runtime::Python },
    RuntimeRow { pattern: Pattern::Name("node"), runtime: Runtime::Node },
];

/// What else is particular about an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        pattern: Pattern::Name("nginx-unprivileged"),
        starts_unprivileged: true,
        port: Some(8080),
        caution: None,
    },
    ParticularRow {
        pattern: Pattern::Name("nginx"),
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
