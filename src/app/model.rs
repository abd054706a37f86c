//! The result of detection.

use std::collections::BTreeSet;

use super::framework::Framework;

/// The evidence for a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Evidence {
    /// The file.
    pub path: String,
    /// The line, from 1; none for the whole file.
    pub line: Option<usize>,
    /// What was found, in a few words.
    pub why: String,
}

impl Evidence {
    pub(crate) fn file(path: impl Into<String>, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: None, why: why.into() }
    }

    pub(super) fn line(path: impl Into<String>, line: usize, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: Some(line), why: why.into() }
    }

    /// The file, with its line.
    pub(crate) fn place(&self) -> String {
        self.line.map_or_else(|| self.path.clone(), |line| format!("{}:{line}", self.path))
    }
}

/// How certain a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// The files allow no other.
    Certain,
    /// It holds unless something outside the files changes it.
    Usual,
    /// The closest available value to what the files request.
    Guessed,
}

/// A value, with its evidence and certainty.
#[derive(Debug, Clone)]
pub(crate) struct Seen<T> {
    pub(crate) value: T,
    pub(crate) evidence: Evidence,
    pub(crate) certainty: Certainty,
}

impl<T> Seen<T> {
    pub(super) fn certain(value: T, evidence: Evidence) -> Self {
        Self { value, evidence, certainty: Certainty::Certain }
    }

    pub(super) fn usual(value: T, evidence: Evidence) -> Self {
        Self { value, evidence, certainty: Certainty::Usual }
    }

    pub(super) fn guessed(value: T, evidence: Evidence) -> Self {
        Self { value, evidence, certainty: Certainty::Guessed }
    }

    pub(crate) fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain
    }
}

/// An app that was found.
///
/// Unknown values stay open: they have a default, or only a person knows them.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct App {
    /// Its framework.
    pub framework: Framework,
    /// Its entry file.
    pub file: String,
    /// The name of the app object in that file, or `name()` for a function that creates it.
    pub object: Option<String>,
    /// Why it is an app, the best reason first.
    pub evidence: Vec<Evidence>,
    /// The title for visitors.
    pub(crate) title: Option<Seen<String>>,
    /// The version of its runtime: `3.13` of Python, `22` of Node.
    pub(crate) version: Option<Seen<String>>,
    /// The words of the start command; `{port}` stands for the port.
    pub(crate) command: Option<Seen<Vec<String>>>,
    pub(crate) server: Server,
    pub(crate) install: Install,
    /// The names that it reads from its environment.
    pub(crate) environment: Vec<Seen<EnvironmentRead>>,
    /// Models on the Hub that it loads.
    pub(crate) models: Vec<Seen<String>>,
    /// Datasets on the Hub that it loads.
    pub(crate) datasets: Vec<Seen<String>>,
    /// Whether visitors sign in with their account on the Hub.
    pub(crate) sign_in: Option<Seen<bool>>,
    /// What they must permit it.
    pub(crate) oauth_scopes: Vec<Seen<String>>,
    /// The SDK of the Hub whose own image runs it, if the repository is such a Space.
    pub(crate) sdk: Option<Seen<&'static str>>,
    /// The version of Gradio that the Hub's own image must install, if it is not the usual one.
    pub(crate) gradio: Option<Seen<String>>,
    /// What a person should know if this image runs it.
    pub(crate) hub_notes: Vec<Note>,
    /// What a person should know if an image of its own runs it.
    pub(crate) image_notes: Vec<Note>,
    /// The Dockerfile's properties, if the app is a Dockerfile.
    pub(crate) inside: Option<Seen<Framework>>,
    /// Why no image or site can be built of it from the root, with what can be done.
    pub(crate) obstacle: Option<Note>,
    /// What a person should know or decide.
    pub(crate) notes: Vec<Note>,
    /// The files of this repository that run with the app.
    pub(crate) parts: Vec<String>,
    /// How likely it is the intended one: more is better.
    pub(super) score: i32,
}

/// The server that an app starts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    /// The address in the code, if only this computer can reach it.
    pub(crate) host: Option<Seen<String>>,
    /// The port in the code. Certain if the environment and the command cannot change it.
    pub(crate) port: Option<Seen<u16>>,
}

/// How an app is installed and built.
#[derive(Debug, Clone, Default)]
pub(crate) struct Install {
    /// The file that its packages are installed from, or none if an image cannot use any existing file.
    pub(crate) dependencies: Option<Seen<Option<String>>>,
    /// Packages from files that an image cannot install from.
    pub(crate) listed: Vec<Seen<String>>,
    /// Packages that are in no file and that the app cannot start without.
    pub(crate) missing: Vec<Seen<String>>,
    /// Every requirement of a Python app that its files name, as pip takes it.
    pub(crate) requirements: Vec<Seen<String>>,
    /// The normalised names of all packages that its files name, with those of a lock file.
    pub(crate) names_of_packages: BTreeSet<String>,
    /// Other files of the repository that installing its packages needs.
    pub(crate) files: Vec<Seen<String>>,
    /// Variables that installing the app itself reads: `NAME=VALUE`.
    pub(crate) variables: Vec<Seen<String>>,
    /// Packages of Debian.
    pub(crate) system: Vec<Seen<String>>,
    /// The words of the command that builds it.
    pub(crate) build: Option<Seen<Vec<String>>>,
    /// The names of variables whose values the build writes into pages.
    pub(crate) names: Vec<Seen<String>>,
    /// A package for development that the start command needs.
    pub(crate) development: Option<Seen<String>>,
}

/// A name that an app reads from its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EnvironmentRead {
    /// A secret.
    Secret(String),
    /// A variable with its default value.
    Variable(String, String),
}

impl App {
    /// An app without any other facts yet: for detection, a Dockerfile or a starter template to fill in.
    pub(crate) fn new(framework: Framework, file: impl Into<String>) -> Self {
        Self {
            framework,
            file: file.into(),
            object: None,
            evidence: Vec::new(),
            title: None,
            version: None,
            command: None,
            server: Server::default(),
            install: Install::default(),
            environment: Vec::new(),
            models: Vec::new(),
            datasets: Vec::new(),
            sign_in: None,
            oauth_scopes: Vec::new(),
            sdk: None,
            gradio: None,
            hub_notes: Vec::new(),
            image_notes: Vec::new(),
            inside: None,
            obstacle: None,
            notes: Vec::new(),
            parts: Vec::new(),
            score: 0,
        }
    }

    /// The best reason why it is an app.
    pub(crate) fn best_evidence(&self) -> Evidence {
        self.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&self.file, "is the app"))
    }
}

impl Install {
    /// Every Python package that is installed in addition to the dependency file.
    pub(super) fn packages(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().chain(&self.missing).map(|line| line.value.as_str())
    }
}

impl Server {
    /// A note if only this computer can reach the app.
    pub(super) fn loopback_note(&self, message: &str, help: impl Into<String>) -> Option<Note> {
        let host = self.host.as_ref()?;
        Some(Note::new(message).help(help).seen(host.evidence.clone()))
    }
}

/// An answer that a person could give.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The question.
    pub key: &'static str,
    /// The value as a person would type it, if one can be named.
    pub value: Option<String>,
}

/// Something that a person should know or decide.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What it is.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The answers that settle it; one of them is enough.
    pub answers: Vec<Suggestion>,
    /// The evidence.
    pub evidence: Option<Evidence>,
}

impl Note {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, answers: Vec::new(), evidence: None }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds an answer that settles it.
    pub(crate) fn or_answer(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.answers.push(Suggestion { key, value: Some(value.into()) });
        self
    }

    /// Adds an answer that settles it and that only a person knows.
    pub(crate) fn or_answer_to(mut self, key: &'static str) -> Self {
        self.answers.push(Suggestion { key, value: None });
        self
    }

    pub(crate) fn seen(self, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..self }
    }
}
