//! Base images: one row per image, with all its columns.
//!
//! To add an image, add one row to `applications.rs`, if it is a published application, otherwise to `tools.rs` or `systems.rs`.
//! Rows are tried in order, the first matching one counts. A column that a row omits has the value of an unknown image.
//!
//! Tags are a second, smaller axis: the same word has the same meaning in the tag of any image, as `alpine` does, and is in
//! [`TAGS`](super::distributions::TAGS). A word with a meaning for only one image is a row of that image's `tags`.
//! Of the two columns that both axes have, the more specific row counts:
//!
//! - distribution: the image if it is distroless, otherwise the tag, otherwise the image;
//! - owner of UID 1000: the image's own tags, otherwise the image, otherwise the tag, otherwise nobody.
//!
//! Sources: the images' own pages on Docker Hub and their Dockerfiles; a row with more details names its own.

mod applications;
mod systems;
mod tools;

use self::applications::APPLICATIONS;
use self::systems::SYSTEMS;
use self::tools::TOOLS;
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
    /// Its login.
    pub user: &'static str,
    /// The name of its group.
    pub group: &'static str,
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

/// How the port of a published application is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortBy {
    /// By its configuration or its command only.
    Configuration,
    /// By a variable with the number.
    Variable(&'static str),
    /// By a variable with address and port, as in `0.0.0.0:7860`.
    Address(&'static str),
}

/// A published application: what a container of the image starts by itself, and what it needs in a Space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Application {
    /// Its name.
    pub name: &'static str,
    /// The port that it listens on unless something sets another.
    pub port: u16,
    /// What sets another.
    pub port_by: PortBy,
    /// The words of commands that start the same, without a setting.
    pub words: &'static [&'static str],
    /// Folders of the content that it serves: a file in them changes no setting.
    pub content: &'static [&'static str],
    /// The image's own working folder, if a file in it may be content.
    pub workdir: Option<&'static str>,
    /// Variables that a Space needs, with `{home}` for the folder of the user.
    pub variables: &'static [(&'static str, &'static str)],
    /// Folders that it writes to, which must belong to the user of the Space.
    pub writes: &'static [&'static str],
    /// Whether its entrypoint, if it has one, runs a command that it is given, instead of taking it as arguments.
    pub runs_commands: bool,
    /// Words of which the tag must have one; empty if any tag will do.
    pub only: &'static [&'static str],
    /// Words of which the tag may have none.
    pub except: &'static [&'static str],
    /// Why it does not serve a Space even with these variables and folders, and what to do.
    pub obstacle: Option<&'static str>,
    /// Whether port and variables were compared with the image's own files. Only then may a rule rely on them.
    pub checked: bool,
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
    /// The tags in which it exists, by their first word; empty if in all. A number with a dot also stands for higher ones after
    /// the dot, and a missing tag and `latest` always count.
    pub account_since: &'static [&'static str],
    /// Other accounts, each with its user id.
    pub others: &'static [(Account, u32)],
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
    /// The published application in it.
    pub application: Option<Application>,
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
        account_since: &[],
        others: &[],
        all_users_known: false,
        runtime: Runtime::None,
        tools: Tools::Many,
        compiler: None,
        starts: Starts::Unknown,
        starts_unprivileged: false,
        port: None,
        application: None,
        tags: &[],
        vanished: &[],
        warning: None,
    }
}

const fn on(distribution: Distribution, pattern: Pattern) -> ImageRow {
    ImageRow { distribution: Some(distribution), ..image(pattern) }
}

pub(super) const UBUNTU: Account = Account { user: "ubuntu", group: "ubuntu", home: "/home/ubuntu" };

/// The base images: applications first, then the systems and languages that they are built on.
pub const IMAGES: &[&[ImageRow]] = &[APPLICATIONS, TOOLS, SYSTEMS];

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
