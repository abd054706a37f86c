//! Programs that start a server: `python -m`, `poetry run`, `npx` and the like.

use super::servers::Stops;

/// What separates a launcher from the server that it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Before {
    /// A flag, as in `python -m NAME`.
    Flag(&'static str),
    /// A command, as in `poetry run NAME`.
    Command(&'static str),
    /// Nothing: the server is the next word.
    Nothing,
    /// Nothing, and the server is a path in this folder, as in `node node_modules/next/dist/bin/next`.
    In(&'static str),
}

/// A program that starts others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Launcher {
    /// Its name; a version may follow, as in `python3.13`.
    pub name: &'static str,
    /// What precedes the server's name.
    pub before: Before,
    /// Whether the server then runs in the same process, so that it determines how the container stops.
    pub is_same_process: bool,
    /// How the user's own programs stop that it runs.
    pub stops: Stops,
}

/// Programs that start servers. Python handles SIGINT by default, but not SIGTERM.
/// Source: <https://docs.python.org/3/library/signal.html#general-rules>.
pub const LAUNCHERS: &[Launcher] = &[
    Launcher { name: "python", before: Before::Flag("-m"), is_same_process: true, stops: Stops::OnSigint },
    Launcher { name: "node", before: Before::In("node_modules/"), is_same_process: true, stops: Stops::WithInit },
    Launcher { name: "uv", before: Before::Command("run"), ..PASSING },
    Launcher { name: "poetry", before: Before::Command("run"), ..PASSING },
    Launcher { name: "pdm", before: Before::Command("run"), ..PASSING },
    Launcher { name: "pipenv", before: Before::Command("run"), ..PASSING },
    Launcher { name: "npx", before: Before::Nothing, ..PASSING },
    Launcher { name: "bunx", before: Before::Nothing, ..PASSING },
];

const PASSING: Launcher =
    Launcher { name: "", before: Before::Nothing, is_same_process: false, stops: Stops::WithInit };
