//! Base images: one row per image, with all its columns.
//!
//! To add an image, add one row to [`IMAGES`]. Rows are tried in order, the first matching one counts. A column
//! that a row omits has the value of an unknown image.
//!
//! Tags are a second, smaller axis: the same word has the same meaning in the tag of any image, as `alpine` does, and is in
//! [`TAGS`](super::distributions::TAGS). A word with a meaning for only one image is a row of that image's `tags`.
//! Of the two columns that both axes have, the more specific row counts:
//!
//! - distribution: the image if it is distroless, otherwise the tag, otherwise the image;
//! - owner of UID 1000: the image's own tags, otherwise the image, otherwise the tag, otherwise nobody.
//!
//! Sources: the images' own pages on Docker Hub and their Dockerfiles; a row with more details names its own.

use super::distributions::TagRow;

/// The images that a row describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pattern {
    /// An official image or a mirror of it, as in `node` for `docker.io/library/node:22`, not for `bitnami/node`.
    Official(&'static str),
    /// The end of the repository's path, as in `nvidia/cuda`.
    Path(&'static str),
    /// A part of the path, as in `distroless`.
    Within(&'static str),
}

/// A distribution, as far as it matters for a Dockerfile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Distribution {
    /// Debian and its derivatives, including Ubuntu.
    Debian,
    /// Alpine, with the programs of busybox.
    Alpine,
    /// Fedora, Red Hat, Rocky, Alma, Amazon Linux.
    Fedora,
    /// No shell and no package manager.
    Distroless,
}

/// An account that exists in the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// Its login, also the name of its group.
    pub user: &'static str,
    /// Its home.
    pub home: &'static str,
}

/// The language runtime of a base image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runtime {
    /// Python with pip.
    Python,
    /// Node with npm.
    Node,
    /// Go, in the image for building.
    Go,
    /// Rust, in the image for building.
    Rust,
    /// None that starter apps are written for.
    None,
}

/// What a container does without a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Starts {
    /// Unknown.
    Unknown,
    /// It starts a shell or an interpreter, which ends at once.
    Nothing,
    /// It starts a server whose stock configuration only runs as root, and serves a port below 1025. An extra file or
    /// other folders change that.
    ServerOfRoot {
        /// The server.
        program: &'static str,
        /// What to use instead, as a sentence in the imperative.
        help: &'static str,
    },
    /// It starts a program of its own, which gets a `CMD` as arguments.
    Entrypoint {
        /// The program.
        program: &'static str,
        /// Its commands.
        verbs: &'static [&'static str],
    },
}

/// How many of the usual command-line tools a Debian image has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tools {
    /// Those of `buildpack-deps`, including git and curl, or unknown.
    Many,
    /// The same, but almost none if the tag has the word `slim`.
    FewIfSlim,
    /// Almost none besides a shell.
    Few,
}

/// What the tags reveal about the release of Debian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Releases {
    /// Nothing.
    Unknown,
    /// A tag may name a release, as in `slim-bookworm`.
    Named,
    /// The same, and a tag without a release moves to the next one once that is out. Tags of these versions, and of newer ones,
    /// have moved to the newest in [`DEBIAN_RELEASES`](super::distributions::DEBIAN_RELEASES).
    Moving((u32, u32)),
}

/// A compiler that only some images of a repository have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compiler {
    /// The compiler.
    pub program: &'static str,
    /// Words in the tags of images that have it.
    pub with: &'static str,
    /// Words in the tags of images without it.
    pub without: &'static [&'static str],
}

/// Tags that can no longer be pulled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Vanished {
    /// The prefix of the tags; `latest` is also an image without a tag.
    pub tag: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// A row of the table of base images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageRow {
    /// The images that it describes.
    pub pattern: Pattern,
    /// Their distribution; none if only the tag reveals it.
    pub distribution: Option<Distribution>,
    /// What the tags reveal about its release.
    pub releases: Releases,
    /// Who owns UID 1000; none if it is free, or only the tag reveals it.
    pub account: Option<Account>,
    /// Whether this account, [`SYSTEM_USERS`](super::distributions::SYSTEM_USERS) and those of the tag are all existing users.
    pub all_users_known: bool,
    /// The runtime for apps.
    pub runtime: Runtime,
    /// The usual command-line tools.
    pub tools: Tools,
    /// A compiler that only some of them have.
    pub compiler: Option<Compiler>,
    /// What they do without a command.
    pub starts: Starts,
    /// Whether they start as a user other than root.
    pub starts_unprivileged: bool,
    /// The port of their own configuration, if a Space can use it.
    pub port: Option<u16>,
    /// Effects of words in their own tags.
    pub tags: &'static [TagRow],
    /// Tags that no longer exist.
    pub vanished: &'static [Vanished],
    /// What users of the image should know.
    pub warning: Option<&'static str>,
}

const fn image(pattern: Pattern) -> ImageRow {
    ImageRow {
        pattern,
        distribution: None,
        releases: Releases::Unknown,
        account: None,
        all_users_known: false,
        runtime: Runtime::None,
        tools: Tools::Many,
        compiler: None,
        starts: Starts::Unknown,
        starts_unprivileged: false,
        port: None,
        tags: &[],
        vanished: &[],
        warning: None,
    }
}

const fn on(distribution: Distribution, pattern: Pattern) -> ImageRow {
    ImageRow { distribution: Some(distribution), ..image(pattern) }
}

const NODE: Account = Account { user: "node", home: "/home/node" };
const BUN: Account = Account { user: "bun", home: "/home/bun" };
const PLAYWRIGHT: Account = Account { user: "pwuser", home: "/home/pwuser" };
pub(super) const UBUNTU: Account = Account { user: "ubuntu", home: "/home/ubuntu" };

/// Its images come for building, for running, and without even the libraries.
const NVCC: Compiler = Compiler { program: "nvcc", with: "devel", without: &["runtime", "base"] };

const NAME_A_RELEASE: &str =
    "name a release with all three numbers, as in `nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04`";

/// The base images.
pub const IMAGES: &[ImageRow] = &[
    ImageRow {
        warning: Some("it may have an ENTRYPOINT of its own, to which the command is then appended"),
        ..on(Distribution::Distroless, Pattern::Within("distroless"))
    },
    on(Distribution::Distroless, Pattern::Official("scratch")),
    ImageRow {
        all_users_known: true,
        starts: Starts::Nothing,
        ..on(Distribution::Alpine, Pattern::Official("alpine"))
    },
    on(Distribution::Fedora, Pattern::Official("fedora")),
    on(Distribution::Fedora, Pattern::Official("rockylinux")),
    on(Distribution::Fedora, Pattern::Official("almalinux")),
    on(Distribution::Fedora, Pattern::Official("amazonlinux")),
    on(Distribution::Fedora, Pattern::Within("ubi8")),
    on(Distribution::Fedora, Pattern::Within("ubi9")),
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        tools: Tools::Few,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("debian"))
    },
    // Seen in failing Spaces: `useradd: UID 1000 is not unique` from 23.04 on
    ImageRow {
        account: Some(UBUNTU),
        all_users_known: true,
        starts: Starts::Nothing,
        tags: &[
            TagRow::free("16.04"),
            TagRow::free("18.04"),
            TagRow::free("20.04"),
            TagRow::free("22.04"),
            TagRow::free("22.10"),
            TagRow::free("xenial"),
            TagRow::free("bionic"),
            TagRow::free("focal"),
            TagRow::free("jammy"),
            TagRow::free("kinetic"),
        ],
        ..on(Distribution::Debian, Pattern::Official("ubuntu"))
    },
    ImageRow {
        releases: Releases::Moving((3, 10)),
        all_users_known: true,
        runtime: Runtime::Python,
        tools: Tools::FewIfSlim,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("python"))
    },
    // Seen in failing Spaces: `useradd: UID 1000 is not unique`
    ImageRow {
        releases: Releases::Named,
        account: Some(NODE),
        all_users_known: true,
        runtime: Runtime::Node,
        tools: Tools::FewIfSlim,
        starts: Starts::Nothing,
        ..on(Distribution::Debian, Pattern::Official("node"))
    },
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        ..on(Distribution::Debian, Pattern::Official("golang"))
    },
    ImageRow {
        releases: Releases::Named,
        all_users_known: true,
        ..on(Distribution::Debian, Pattern::Official("rust"))
    },
    on(Distribution::Debian, Pattern::Official("ruby")),
    on(Distribution::Debian, Pattern::Official("php")),
    on(Distribution::Debian, Pattern::Official("openjdk")),
    on(Distribution::Debian, Pattern::Official("r-base")),
    ImageRow { account: Some(BUN), ..on(Distribution::Debian, Pattern::Path("oven/bun")) },
    // Sources: the page of the image on Docker Hub, which says that `latest` is gone, and
    // <https://gitlab.com/nvidia/container-images/cuda/blob/master/doc/support-policy.md>; a build that failed with
    // `nvidia/cuda:9.2-devel-ubuntu18.04: not found`
    ImageRow {
        compiler: Some(NVCC),
        vanished: &[Vanished { tag: "latest", help: NAME_A_RELEASE }, Vanished { tag: "9.", help: NAME_A_RELEASE }],
        ..on(Distribution::Debian, Pattern::Path("nvidia/cuda"))
    },
    ImageRow {
        runtime: Runtime::Python,
        compiler: Some(NVCC),
        ..on(Distribution::Debian, Pattern::Path("pytorch/pytorch"))
    },
    // The first user is created by the image; Ubuntu below it has none
    ImageRow { tags: PLAYWRIGHT_TAGS, ..image(Pattern::Path("playwright")) },
    ImageRow { tags: PLAYWRIGHT_TAGS, ..image(Pattern::Path("playwright/python")) },
    // Source: <https://github.com/nginx/docker-nginx-unprivileged>
    ImageRow {
        starts_unprivileged: true,
        port: Some(8080),
        warning: Some("it serves /usr/share/nginx/html as it comes: bring a configuration for the app's folder"),
        ..on(Distribution::Debian, Pattern::Path("nginxinc/nginx-unprivileged"))
    },
    ImageRow {
        starts: Starts::ServerOfRoot {
            program: "nginx",
            help: "use `nginxinc/nginx-unprivileged` with `app_port: 8080`",
        },
        warning: Some("its stock configuration needs root and port 80; `nginxinc/nginx-unprivileged` needs neither"),
        ..on(Distribution::Debian, Pattern::Official("nginx"))
    },
    // Source: <https://github.com/ollama/ollama/blob/main/Dockerfile> and the help text of the program
    ImageRow {
        starts: Starts::Entrypoint {
            program: "ollama",
            verbs: &[
                "serve", "start", "run", "pull", "push", "create", "show", "list", "ls", "ps", "cp", "rm", "stop",
                "help",
            ],
        },
        ..image(Pattern::Path("ollama/ollama"))
    },
];

const PLAYWRIGHT_TAGS: &[TagRow] = &[TagRow::owned("jammy", PLAYWRIGHT), TagRow::owned("focal", PLAYWRIGHT)];

/// A row of the table of images that templates use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuntimeImage {
    /// The runtime of the app.
    pub runtime: Runtime,
    /// The image that runs the app.
    pub image: &'static str,
    /// The image with the compiler, which builds it.
    pub builder: Option<&'static str>,
}

/// Images for apps that do not choose one. Python's has its version in its name: see [`crate::facts::python`]. A compiler image
/// uses the Debian release of the image that runs the result, so that both have the same C library.
/// Sources: the images' pages on Docker Hub.
pub const RUNTIME_IMAGES: &[RuntimeImage] = &[
    RuntimeImage { runtime: Runtime::Node, image: "node:22-slim", builder: None },
    RuntimeImage { runtime: Runtime::Go, image: "debian:trixie-slim", builder: Some("golang:1.26-trixie") },
    RuntimeImage { runtime: Runtime::Rust, image: "debian:trixie-slim", builder: Some("rust:1-trixie") },
];
