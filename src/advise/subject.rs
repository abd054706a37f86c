//! The app that is to be published.

use crate::app::callable::{Callables, Functions, Obstacle};
use crate::app::{App, Detected, Evidence, Framework, detect};
use crate::facts::platforms::Kind;
use crate::repo::Repo;
use crate::target::value_in_readme;

/// The app that was found, for a report.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AppSeen {
    /// Its file.
    pub file: String,
    /// Its framework.
    pub framework: Framework,
    /// Its kind.
    pub kind: Kind,
    /// Why it is an app.
    pub evidence: Evidence,
    /// The functions that can be called from outside.
    pub functions: Vec<String>,
    /// What is served and cannot be called, and why.
    pub obstacles: Vec<String>,
    /// The SDK, if it is a Space already.
    pub space: Option<String>,
    /// The files of other apps that are as likely.
    pub others: Vec<String>,
}

/// An app, and what is known of its folder.
#[derive(Debug)]
pub(super) struct Subject<'r> {
    pub(super) repo: &'r Repo,
    pub(super) detected: Detected,
    /// The SDK in the README, if it is a Space.
    pub(super) sdk: Option<String>,
    /// The functions that it serves.
    pub(super) callables: Callables,
}

impl<'r> Subject<'r> {
    pub(super) fn of(repo: &'r Repo) -> Self {
        let detected = detect(repo);
        let sdk = value_in_readme(repo, "sdk");
        let mut subject = Self { repo, detected, sdk, callables: Callables::default() };
        if let Some(file) = subject.app().filter(|app| app.framework.is_python()).map(|app| app.file.clone()) {
            subject.callables = Functions::of(repo).served(&file);
        }
        subject
    }

    /// The app itself, and not the Dockerfile that it is built with.
    pub(super) fn app(&self) -> Option<&App> {
        let apps = self.detected.apps();
        let first = apps.first()?;
        let inside = first.inside.as_ref().map(|inside| inside.value);
        apps.iter().skip(1).find(|app| Some(app.framework) == inside).or(Some(first))
    }

    pub(super) fn has_app(&self) -> bool {
        self.app().is_some() || self.sdk.is_some()
    }

    /// Its kind; none without an app.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self.app() {
            Some(app) => Some(kind(app)),
            None => self.sdk.as_deref().map(|sdk| if sdk == "static" { Kind::Page } else { Kind::Server }),
        }
    }

    /// Its file, in a sentence.
    pub(super) fn file(&self) -> String {
        self.app().map_or_else(|| "the folder".to_owned(), |app| format!("`{}`", app.file))
    }

    /// The file that a command has to name, since several apps are as likely.
    pub(super) fn named_file(&self) -> Option<&str> {
        self.app().filter(|_| self.detected.is_ambiguous()).map(|app| app.file.as_str())
    }

    pub(super) fn seen(&self) -> Option<AppSeen> {
        let app = self.app()?;
        let others = self.detected.apps().iter().filter(|other| other.file != app.file);
        Some(AppSeen {
            file: app.file.clone(),
            framework: app.inside.as_ref().map_or(app.framework, |inside| inside.value),
            kind: kind(app),
            evidence: app.best_evidence(),
            functions: self.callables.found.iter().map(|one| one.name.clone()).collect(),
            obstacles: self.callables.obstacles.iter().map(obstacle).collect(),
            space: self.sdk.clone(),
            others: others.filter(|_| self.detected.is_ambiguous()).map(|other| other.file.clone()).collect(),
        })
    }

    /// What was found in place of an app.
    pub(super) fn notes(&self) -> Vec<String> {
        self.detected.notes().iter().filter(|note| note.evidence.is_some()).map(|note| note.message.clone()).collect()
    }
}

fn kind(app: &App) -> Kind {
    let framework = app.inside.as_ref().map_or(app.framework, |inside| inside.value);
    match framework.id() {
        "gradio" => Kind::Gradio,
        "streamlit" => Kind::Streamlit,
        "fastapi" => Kind::FastApi,
        _ if framework.template() == "static" => Kind::Page,
        _ => Kind::Server,
    }
}

/// Why something cannot be called, with its place.
pub(super) fn obstacle(obstacle: &Obstacle) -> String {
    let what = obstacle.name.as_ref().map_or_else(|| "what is served".to_owned(), |name| format!("`{name}`"));
    format!("{what} cannot be called from outside ({}): {}", place(&obstacle.evidence), obstacle.reason)
}

/// `app.py:10`
pub(super) fn place(evidence: &Evidence) -> String {
    evidence.line.map_or_else(|| evidence.path.clone(), |line| format!("{}:{line}", evidence.path))
}
