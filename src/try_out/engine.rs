//! The container engine, by its command: contexts, credential helpers and sockets are the command's own affair.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::error::TryError;
use crate::program::{Captured, Command, Program, Running, Watch};

/// How long an engine has to answer that it is there.
const ANSWER: Duration = Duration::from_secs(5);

/// How long a small command may take.
const PATIENCE: Duration = Duration::from_mins(3);

/// How long removing may take, which is not interrupted.
const CLEANUP: Duration = Duration::from_mins(1);

/// The most that is read of an answer.
const ANSWER_MOST: usize = 16 << 20;

/// The first version of docker that builds with `BuildKit` only through its plugin.
/// Source: <https://docs.docker.com/engine/release-notes/23.0/>, "buildx as the default builder".
const NEEDS_BUILDX: u64 = 23;

/// A container engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EngineName {
    /// Docker, and what answers by its command.
    Docker,
    /// Podman.
    Podman,
}

impl EngineName {
    /// All, in the order in which they are looked for.
    pub const ALL: [Self; 2] = [Self::Docker, Self::Podman];

    /// The command.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
        }
    }
}

/// What an engine builds with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builder {
    /// The plugin of docker.
    Buildx,
    /// `BuildKit` within an older docker.
    BuildKit,
    /// The classic builder of docker, where `BuildKit` is not available.
    Classic,
    /// Buildah within podman.
    Podman,
}

/// An engine that answers.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    program: Program,
    pub(super) command: EngineName,
    /// What answers: a command `docker` may be podman.
    pub(super) name: EngineName,
    pub(super) version: String,
    pub(super) builder: Builder,
    /// The number of its processors.
    pub(super) processors: u64,
    /// Its address, if it is not that of the environment.
    address: Option<String>,
    /// Where its command is started.
    folder: PathBuf,
    cancel: Arc<AtomicBool>,
    /// Why each command that was asked before did not answer.
    pub(super) silent: Vec<String>,
}

/// Which engine is looked for.
pub(super) struct Sought<'a> {
    pub(super) name: Option<EngineName>,
    pub(super) address: Option<&'a str>,
    /// Where its command is started.
    pub(super) folder: &'a Path,
    pub(super) cancel: &'a Arc<AtomicBool>,
}

/// The answer of an engine.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) is_ok: bool,
    pub(super) out: String,
    pub(super) errors: String,
}

impl Engine {
    /// Finds an engine that answers.
    ///
    /// # Errors
    /// If none does.
    pub(super) fn find(sought: &Sought<'_>) -> Result<Self, TryError> {
        let mut silent = Vec::new();
        let mut tried = Vec::new();
        for name in EngineName::ALL.into_iter().filter(|name| sought.name.is_none_or(|wanted| wanted == *name)) {
            let programs = Program::find_all(name.as_str());
            if programs.is_empty() {
                tried.push(format!("`{}` is not on PATH", name.as_str()));
            }
            let mut classic = None;
            for program in programs {
                match Self::ask(program, name, sought) {
                    Ok(engine) if engine.builder == Builder::Classic => classic = classic.or(Some(engine)),
                    Ok(engine) => return Ok(Self { silent, ..engine }),
                    Err(why) => {
                        silent.push(why.clone());
                        tried.push(why);
                    }
                }
                if sought.cancel.load(Ordering::SeqCst) {
                    return Err(TryError::Cancelled);
                }
            }
            if let Some(engine) = classic {
                return Ok(Self { silent, ..engine });
            }
        }
        Err(TryError::NoEngine(tried))
    }

    fn ask(program: Program, command: EngineName, sought: &Sought<'_>) -> Result<Self, String> {
        let path = program.path().display().to_string();
        let mut engine = Self {
            program,
            command,
            name: command,
            version: String::new(),
            builder: Builder::BuildKit,
            processors: 1,
            address: sought.address.map(str::to_owned),
            folder: sought.folder.to_owned(),
            cancel: Arc::clone(sought.cancel),
            silent: Vec::new(),
        };
        let info = engine.within(ANSWER, &["info", "--format", "{{json .}}"]).map_err(|error| match error {
            TryError::Engine { why, .. } => format!("`{path} info`: {why}"),
            error => error.to_string(),
        })?;
        // What is not a document comes from a command that stands in for an engine
        let unknown = serde_json::json!({ "ServerVersion": "unknown" });
        let facts = Some(document(&info.out)).filter(|facts| !facts.is_null()).unwrap_or(unknown);
        let version = |pointer: &str| facts.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
        let podman = version("/version/Version");
        let Some(version) = podman.or(version("/ServerVersion")).filter(|_| info.is_ok) else {
            let why = facts.pointer("/ServerErrors/0").and_then(Value::as_str).map(str::to_owned);
            return Err(format!("`{path} info`: {}", why.unwrap_or_else(|| info.why())));
        };
        version.clone_into(&mut engine.version);
        let processors = facts.pointer("/NCPU").or_else(|| facts.pointer("/host/cpus")).and_then(Value::as_u64);
        engine.processors = processors.unwrap_or(1).max(1);
        if podman.is_some() {
            engine.name = EngineName::Podman;
            engine.builder = Builder::Podman;
        } else {
            engine.builder = engine.builder_of_docker();
        }
        Ok(engine)
    }

    fn builder_of_docker(&self) -> Builder {
        if self.within(ANSWER, &["buildx", "version"]).is_ok_and(|answer| answer.is_ok) {
            return Builder::Buildx;
        }
        let version = self.within(ANSWER, &["version", "--format", "{{json .}}"]).map(|answer| answer.out);
        let facts = document(&version.unwrap_or_default());
        let client = facts.pointer("/Client/Version").and_then(Value::as_str).unwrap_or_default();
        let major = client.split('.').next().and_then(|number| number.parse::<u64>().ok());
        if major.is_some_and(|major| major >= NEEDS_BUILDX) { Builder::Classic } else { Builder::BuildKit }
    }

    /// Runs a command that must succeed, and gives its output. `what` is what it does.
    ///
    /// # Errors
    /// If it fails.
    pub(super) fn must(&self, what: &str, words: &[&str]) -> Result<String, TryError> {
        let answer = self.call(words)?;
        if answer.is_ok { Ok(answer.out) } else { Err(self.refused(what, answer.why())) }
    }

    /// Runs a command.
    ///
    /// # Errors
    /// If it cannot be run to its end.
    pub(super) fn call(&self, words: &[&str]) -> Result<Answer, TryError> {
        self.within(PATIENCE, words)
    }

    /// Runs a command that is not interrupted, since it leaves something behind otherwise.
    ///
    /// # Errors
    /// If it cannot be run to its end.
    pub(super) fn uninterrupted(&self, words: &[&str]) -> Result<Answer, TryError> {
        let words: Vec<&OsStr> = words.iter().map(OsStr::new).collect();
        self.uninterrupted_with(&words, |_| {})
    }

    /// The same with a prepared command.
    ///
    /// # Errors
    /// If it cannot be run to its end.
    pub(super) fn uninterrupted_with(
        &self,
        words: &[&OsStr],
        prepare: impl FnOnce(&mut Command),
    ) -> Result<Answer, TryError> {
        let watch = Watch { patience: CLEANUP, cancel: Arc::default() };
        let what = words.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
        let captured = self.program.capture(&self.folder, watch, ANSWER_MOST, |command| {
            self.prepare(command, words);
            prepare(command);
        });
        self.answer(&what, captured)
    }

    fn within(&self, patience: Duration, words: &[&str]) -> Result<Answer, TryError> {
        let watch = Watch { patience, cancel: Arc::clone(&self.cancel) };
        let captured = self.program.capture(&self.folder, watch, ANSWER_MOST, |command| self.prepare(command, words));
        self.answer(words.first().unwrap_or(&""), captured)
    }

    fn prepare<W: AsRef<OsStr>>(&self, command: &mut Command, words: &[W]) {
        command.args(words);
        if let Some(address) = &self.address {
            command.envs([("DOCKER_HOST", address), ("CONTAINER_HOST", address)]);
        }
    }

    fn answer(&self, what: &str, captured: std::io::Result<Captured>) -> Result<Answer, TryError> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match captured {
            Ok(ended) => {
                Ok(Answer { is_ok: ended.status.success(), out: text(&ended.out), errors: text(&ended.errors) })
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => Err(TryError::Cancelled),
            Err(error) => Err(self.refused(&format!("run `{what}`"), error.to_string())),
        }
    }

    /// Starts a command whose output is read while it runs.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn start(
        &self,
        patience: Duration,
        words: &[&OsStr],
        prepare: impl FnOnce(&mut Command),
    ) -> Result<Running, TryError> {
        let watch = Watch { patience, cancel: Arc::clone(&self.cancel) };
        let started = self.program.start(&self.folder, watch, |command| {
            self.prepare(command, words);
            prepare(command);
        });
        Ok(started?)
    }

    pub(super) fn refused(&self, what: &str, why: String) -> TryError {
        TryError::Engine { engine: self.command.as_str().to_owned(), what: what.to_owned(), why }
    }

    /// Whether the engine shares the processes of this computer and can publish ports of containers.
    pub(super) fn has_bridge(&self) -> bool {
        let asks = || self.call(&["network", "inspect", "bridge"]);
        self.name == EngineName::Podman || asks().is_ok_and(|answer| answer.is_ok)
    }
}

/// The answer of an engine in JSON; null if it is something else.
pub(super) fn document(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or_default()
}

impl Answer {
    /// Why the engine refused, in one line: what its daemon says, otherwise the last line.
    pub(super) fn why(&self) -> String {
        let lines = || self.errors.lines().chain(self.out.lines()).map(str::trim);
        let is_reason = |line: &&str| line.starts_with("Error response from daemon:");
        let last = || lines().rfind(|line| !line.is_empty() && !line.starts_with("See '"));
        lines().rfind(is_reason).or_else(last).unwrap_or("it does not say why").to_owned()
    }
}
