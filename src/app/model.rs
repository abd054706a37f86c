//! What was detected.

use crate::answers::Answers;

/// What an app is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Framework {
    /// Gradio.
    Gradio,
    /// Streamlit.
    Streamlit,
    /// `FastAPI`.
    FastApi,
    /// Starlette without `FastAPI`.
    Starlette,
    /// Flask.
    Flask,
    /// Django.
    Django,
    /// Quart.
    Quart,
    /// Litestar.
    Litestar,
    /// `NiceGUI`.
    NiceGui,
    /// Dash.
    Dash,
    /// Panel.
    Panel,
    /// Shiny for Python.
    Shiny,
    /// Chainlit.
    Chainlit,
    /// marimo.
    Marimo,
    /// Next.js.
    Next,
    /// Express, and other servers of Node.
    Express,
    /// A program of Node with a start script.
    Node,
    /// A site that Vite or another bundler builds.
    BuiltSite,
    /// A page that is served as it is.
    Static,
    /// Go.
    Go,
    /// Rust.
    Rust,
    /// Whatever an existing Dockerfile makes of it.
    Dockerfile,
}

impl Framework {
    /// Its name, as its authors write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradio => "Gradio",
            Self::Streamlit => "Streamlit",
            Self::FastApi => "FastAPI",
            Self::Starlette => "Starlette",
            Self::Flask => "Flask",
            Self::Django => "Django",
            Self::Quart => "Quart",
            Self::Litestar => "Litestar",
            Self::NiceGui => "NiceGUI",
            Self::Dash => "Dash",
            Self::Panel => "Panel",
            Self::Shiny => "Shiny for Python",
            Self::Chainlit => "Chainlit",
            Self::Marimo => "marimo",
            Self::Next => "Next.js",
            Self::Express => "Express",
            Self::Node => "Node",
            Self::BuiltSite => "a site that is built",
            Self::Static => "a static page",
            Self::Go => "Go",
            Self::Rust => "Rust",
            Self::Dockerfile => "a Dockerfile",
        }
    }

    /// The template that is wrapped round it.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Gradio => "gradio",
            Self::Streamlit => "streamlit",
            Self::FastApi | Self::Starlette => "fastapi",
            Self::Flask => "flask",
            Self::Next | Self::Express | Self::Node => "node",
            Self::BuiltSite | Self::Static => "static",
            Self::Go => "go",
            Self::Rust => "rust",
            Self::Django
            | Self::Quart
            | Self::Litestar
            | Self::NiceGui
            | Self::Dash
            | Self::Panel
            | Self::Shiny
            | Self::Chainlit
            | Self::Marimo
            | Self::Dockerfile => "docker",
        }
    }

    /// Whether it is written in Python.
    #[must_use]
    pub fn is_python(self) -> bool {
        matches!(
            self,
            Self::Gradio
                | Self::Streamlit
                | Self::FastApi
                | Self::Starlette
                | Self::Flask
                | Self::Django
                | Self::Quart
                | Self::Litestar
                | Self::NiceGui
                | Self::Dash
                | Self::Panel
                | Self::Shiny
                | Self::Chainlit
                | Self::Marimo
        )
    }

    /// Whether it runs on Node, or is built by it.
    pub(super) fn is_node(self) -> bool {
        matches!(self, Self::Next | Self::Express | Self::Node | Self::BuiltSite)
    }
}

/// Where something was seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Evidence {
    /// The file.
    pub path: String,
    /// The line, from 1; none if it is the whole file.
    pub line: Option<usize>,
    /// What is there, in few words.
    pub why: String,
}

impl Evidence {
    pub(super) fn file(path: impl Into<String>, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: None, why: why.into() }
    }

    pub(super) fn line(path: impl Into<String>, line: usize, why: impl Into<String>) -> Self {
        Self { path: path.into(), line: Some(line), why: why.into() }
    }
}

/// An app that was found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct App {
    /// What it is made with.
    pub framework: Framework,
    /// The file that it starts with.
    pub file: String,
    /// The name of the app object in that file, or `name()` for a function that makes it.
    pub object: Option<String>,
    /// Why it is taken for an app, the best reason first.
    pub evidence: Vec<Evidence>,
    /// How likely it is the one that is meant: more is better.
    pub(super) score: i32,
    /// All that a proposal needs.
    pub(super) facts: Facts,
}

/// What is proposed for an app, without the port.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The words of the start command; `{port}` stands for the port.
    pub(super) command: Vec<String>,
    pub(super) command_evidence: Option<Evidence>,
    /// The port that the code names.
    pub(super) port: Option<(u16, Evidence)>,
    /// Whether the code listens on that port whatever the environment and the command say.
    pub(super) port_is_fixed: bool,
    /// Everything else, in the order in which it is told.
    pub(super) answers: Vec<(&'static str, Answered, Evidence)>,
    pub(super) notes: Vec<Note>,
    /// The files of this repository that run when the app runs.
    pub(super) parts: Vec<String>,
    /// What says that the Hub's own image runs the app.
    pub(super) on_hub: Option<Evidence>,
}

/// The value of an answer.
#[derive(Debug, Clone)]
pub(super) enum Answered {
    One(String),
    /// One of several: the answers of the same key are put together.
    Item(String),
}

/// An answer that is proposed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The question; `framework` for the framework itself.
    pub key: &'static str,
    /// The value as a person would type it.
    pub value: String,
    /// Where it was seen.
    pub evidence: Evidence,
}

/// An answer that a person could give.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The question.
    pub key: &'static str,
    /// The value as a person would type it, where one can be named.
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
    /// The answers that settle it, any one of them.
    pub answers: Vec<Suggestion>,
    /// Where it was seen.
    pub evidence: Option<Evidence>,
}

impl Note {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, answers: Vec::new(), evidence: None }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// An answer settles it.
    pub(crate) fn or_answer(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.answers.push(Suggestion { key, value: Some(value.into()) });
        self
    }

    /// An answer settles it that only a person knows.
    pub(crate) fn or_answer_to(mut self, key: &'static str) -> Self {
        self.answers.push(Suggestion { key, value: None });
        self
    }

    pub(crate) fn seen(self, evidence: Evidence) -> Self {
        Self { evidence: Some(evidence), ..self }
    }
}

/// What is proposed for an app.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Proposal {
    /// The template.
    pub template: &'static str,
    /// The answers, each marked as detected.
    pub answers: Answers,
    /// What was seen in the files, and where, whatever is answered to it.
    pub found: Vec<Found>,
    /// What a person should know.
    pub notes: Vec<Note>,
}
