//! The messages that people see when a Space is not built, pushed or started: one row each, by topic.
//!
//! A pattern is literal text with gaps, on one line. A gap is `{name}`; what it covers can be named in the cause and in the fix.
//! A pattern must begin where the message begins, after a time and other prefixes; one that begins with a gap may be anywhere
//! in a line. One that ends with `$` must end the line. The first row that fits a line counts, so a special row is before a general one.
//!
//! Each row has an example as the program prints it, and the page or the run that shows it.

mod apt;
mod browser;
mod conda;
mod cuda;
mod django;
mod docker;
mod files;
mod git;
mod gradio;
mod hub;
mod java;
mod kernel;
mod languages;
mod models;
mod node;
mod node_binaries;
mod node_packages;
mod pip;
mod platform;
mod python;
mod python_packages;
mod servers;
mod services;
mod sources;
mod start;
mod streamlit;
mod uv;

/// When a message appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// While git pushes, or the Hub accepts the push.
    Push,
    /// When the Hub reads the front matter.
    Configuration,
    /// While the image is built.
    Build,
    /// When the container runs.
    Run,
}

impl Stage {
    /// Every stage, in the order in which a Space passes them.
    pub const ALL: [Self; 4] = [Self::Push, Self::Configuration, Self::Build, Self::Run];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Configuration => "configuration",
            Self::Build => "build",
            Self::Run => "run",
        }
    }
}

/// What a message shows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weight {
    /// What prints it has failed.
    Stops,
    /// An error that a program may handle and survive.
    Raised,
    /// A running program refuses its visitors.
    Refuses,
    /// The server cannot be reached from outside: certain if the Hub waited for it in vain.
    Unreachable,
    /// It is right in another Space: it counts only if the Hub waited in vain.
    Awaited,
    /// A warning: it counts only if something failed later, and nothing else explains that.
    Warns,
    /// A consequence: it counts only if no cause is known.
    Follows,
}

/// Where an instruction of a Dockerfile takes a file from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopySource {
    /// The build context.
    Context,
    /// Another stage or image: `--from=`.
    Stage,
}

/// A message.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Message {
    /// Its name: kebab-case.
    pub id: &'static str,
    /// When it appears.
    pub stage: Stage,
    /// What it shows by itself.
    pub weight: Weight,
    /// Whether it has other causes too, so that no diagnosis is certain.
    pub is_ambiguous: bool,
    /// Its forms.
    pub patterns: &'static [&'static str],
    /// Texts that all must be in an earlier line, or the same.
    pub with: &'static [&'static str],
    /// Texts of which one must be in the lines just before it: in the frames of an exception.
    pub near: &'static [&'static str],
    /// Texts of which one must be in the last frame of the exception; a name of a gap stands for its text.
    pub last_frame: &'static [&'static str],
    /// Where the instruction that names the text of the gap `path` must take it from.
    pub copies: Option<CopySource>,
    /// Texts of which none may be in the log.
    pub unless: &'static [&'static str],
    /// What it means.
    pub cause: &'static str,
    /// What to do.
    pub fix: &'static str,
    /// The rules of the check that find the fault in a repository, the most likely one first.
    pub rules: &'static [&'static str],
    /// Further rules, which find less likely causes.
    pub also: &'static [&'static str],
    /// The message as it is printed.
    pub example: &'static str,
    /// The page that shows it, or `own run` with the version of the program.
    pub source: &'static str,
}

impl Message {
    const NONE: Self = Self {
        id: "",
        stage: Stage::Run,
        weight: Weight::Stops,
        is_ambiguous: false,
        patterns: &[],
        with: &[],
        near: &[],
        last_frame: &[],
        copies: None,
        unless: &[],
        cause: "",
        fix: "",
        rules: &[],
        also: &[],
        example: "",
        source: "",
    };
    const PUSH: Self = Self { stage: Stage::Push, ..Self::NONE };
    const CONFIGURATION: Self = Self { stage: Stage::Configuration, ..Self::NONE };
    const BUILD: Self = Self { stage: Stage::Build, ..Self::NONE };
    const RUN: Self = Self::NONE;
    const RAISED: Self = Self { weight: Weight::Raised, ..Self::NONE };

    /// The rules that find its causes.
    pub fn all_rules(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.rules.iter().chain(self.also).copied()
    }

    /// The rule that finds the most likely fault.
    #[must_use]
    pub fn rule(&self) -> Option<&'static str> {
        self.rules.first().copied()
    }
}

/// Messages about one subject.
#[derive(Debug, Clone, Copy)]
pub struct Topic {
    /// Its title.
    pub title: &'static str,
    /// Its messages.
    pub rows: &'static [Message],
}

/// Every topic. The first row that fits a line counts.
pub const TOPICS: &[Topic] = &[
    Topic { title: "The Hub: front matter and pushes", rows: hub::ROWS },
    Topic { title: "The Hub: rights, builders and machines", rows: platform::ROWS },
    Topic { title: "git and Git LFS", rows: git::ROWS },
    Topic { title: "Dockerfile and BuildKit", rows: docker::ROWS },
    Topic { title: "The start of a container", rows: start::ROWS },
    Topic { title: "CUDA, PyTorch and ZeroGPU", rows: cuda::ROWS },
    Topic { title: "Gradio", rows: gradio::ROWS },
    Topic { title: "Streamlit", rows: streamlit::ROWS },
    Topic { title: "Users, files and permissions", rows: files::ROWS },
    Topic { title: "apt, apk and system packages", rows: apt::ROWS },
    Topic { title: "pip", rows: pip::ROWS },
    Topic { title: "Packages that are built from sources", rows: sources::ROWS },
    Topic { title: "uv and Poetry", rows: uv::ROWS },
    Topic { title: "conda", rows: conda::ROWS },
    Topic { title: "Node: compiled parts and locks", rows: node_binaries::ROWS },
    Topic { title: "Node: package managers and frameworks", rows: node_packages::ROWS },
    Topic { title: "npm, pnpm, Yarn and Node", rows: node::ROWS },
    Topic { title: "Java, Maven and Spring", rows: java::ROWS },
    Topic { title: "Ruby, Elixir, .NET and Alpine Linux", rows: languages::ROWS },
    Topic { title: "Servers", rows: servers::ROWS },
    Topic { title: "Django", rows: django::ROWS },
    Topic { title: "The browser", rows: browser::ROWS },
    Topic { title: "Secrets, services and the network", rows: services::ROWS },
    Topic { title: "Models and datasets", rows: models::ROWS },
    Topic { title: "Python packages", rows: python_packages::ROWS },
    Topic { title: "Python", rows: python::ROWS },
    Topic { title: "The kernel", rows: kernel::ROWS },
];

/// Every message.
pub fn messages() -> impl Iterator<Item = &'static Message> {
    TOPICS.iter().flat_map(|topic| topic.rows)
}
