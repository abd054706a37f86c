//! The proposal for an app: its values as answers, each with its evidence.

use std::collections::BTreeMap;

use crate::answers::{Answers, Raw, Source};
use crate::app::{App, Detected, EnvironmentRead, Evidence, Note, PORT, Seen};
use crate::facts::environment::INSTALLED_BY_THE_HUB;
use crate::facts::limits::APP_PORT_DEFAULT;
use crate::facts::python::ZERO_GPU_VERSIONS;
use crate::formats::requirements::Package;

const REQUIREMENTS: &str = "requirements.txt";

/// A proposed answer, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The question; `framework` for the framework itself, `sdk_version` for the Gradio that the Hub's image installs.
    pub key: &'static str,
    /// The value as a person would type it.
    pub value: String,
    /// The evidence.
    pub evidence: Evidence,
}

/// The proposal for an app.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Proposal {
    /// The template.
    pub template: &'static str,
    /// The answers, each marked as detected.
    pub answers: Answers,
    /// The evidence from the files, with its places, for any answer.
    pub found: Vec<Found>,
    /// What a person should know.
    pub notes: Vec<Note>,
}

impl Proposal {
    /// Says for each value that is not used which other one is, and why.
    pub(super) fn say_what_counts(&mut self, answers: &Answers, is_for_zero_gpu: bool) {
        for found in &mut self.found {
            let is_python = found.key == "python";
            let used = match answers.get(found.key) {
                Some(Raw::Text(text)) => text.clone(),
                Some(Raw::Integer(number)) => number.to_string(),
                // Lists of words, and not of items that are found one by one
                Some(Raw::List(words)) if found.key == "command" => joined(words),
                Some(Raw::List(words)) if found.key == "build_command" => words.join(" "),
                None if is_python && is_for_zero_gpu => ZERO_GPU_VERSIONS[0].to_owned(),
                _ => continue,
            };
            if used == found.value || is_python && used.starts_with(&format!("{}.", found.value)) {
                continue;
            }
            // A value that somebody gave may be a token
            let why = match answers.source(found.key) {
                Some(Source::Flag | Source::Prompt) => "another one was given".to_owned(),
                _ if is_python && is_for_zero_gpu => format!("ZeroGPU does not offer it: `{used}` is used"),
                _ => "another one is kept".to_owned(),
            };
            found.evidence.why = format!("{}; {why}", found.evidence.why);
        }
    }
}

/// The image that runs an app.
#[derive(Debug, Clone, Copy)]
enum Image {
    /// The Hub's own if the README has that SDK, otherwise one from a Dockerfile.
    AsTheReadmeSays,
    /// One from a Dockerfile.
    Own,
    /// The Hub's own, for Gradio.
    OfTheHub,
}

impl Detected {
    /// The proposal for an app. The port is the given one, otherwise that in the code, otherwise 7860.
    #[must_use]
    pub fn proposal(&self, app: &App, port: Option<u16>) -> Proposal {
        propose(app, port, Image::AsTheReadmeSays)
    }

    /// The same with a custom image, for any SDK in the README: for a Space that is moved to Docker.
    #[must_use]
    pub fn proposal_for_docker(&self, app: &App, port: Option<u16>) -> Proposal {
        propose(app, port, Image::Own)
    }

    /// The same with the Hub's own image, which only runs Gradio: there is no start command.
    #[must_use]
    pub fn proposal_for_hub(&self, app: &App) -> Proposal {
        propose(app, None, Image::OfTheHub)
    }
}

fn propose(app: &App, given: Option<u16>, image: Image) -> Proposal {
    let hub = match image {
        Image::Own => None,
        Image::AsTheReadmeSays => app.sdk.as_ref().map(|sdk| &sdk.evidence),
        Image::OfTheHub => app.evidence.first(),
    };
    let template = app.framework.template();
    let answers = Answers::new();
    let notes = if hub.is_some() { &[] } else { &app.image_notes[..] };
    let notes = notes.iter().chain(&app.notes).cloned().collect();
    let mut draft = Draft { answers, found: Vec::new(), notes, lists: BTreeMap::new() };
    draft.answers.insert("template", template, Source::Detected);
    draft.found("framework", app.framework.name(), &app.best_evidence());
    draft.file(app);
    match hub {
        Some(evidence) => {
            if let Some(port) = given {
                draft.answers.insert("port", port, Source::Detected);
            }
            draft.text("sdk", "gradio", evidence);
        }
        None => draft.start(app, given),
    }
    draft.facts(app, hub.is_some());
    if hub.is_some() {
        draft.notes.retain(|note| !proposes_what_the_hub_has(note));
    }
    let Draft { mut answers, found, notes, lists } = draft;
    for (key, list) in lists {
        answers.insert(key, list, Source::Detected);
    }
    Proposal { template, answers, found, notes }
}

/// The note about packages that are in a file from which no image can install as a whole.
fn named_elsewhere(needed: &[&Seen<String>]) -> Option<Note> {
    let first = needed.first()?;
    let lines: Vec<String> = needed.iter().map(|line| format!("`{}`", line.value)).collect();
    let message =
        format!("the Hub installs the packages of `{REQUIREMENTS}` alone, and this app needs {}", lines.join(", "));
    Some(Note::new(message).help(format!("list them in `{REQUIREMENTS}`")).seen(first.evidence.clone()))
}

/// Whether a note proposes a package that the Hub's image has.
fn proposes_what_the_hub_has(note: &Note) -> bool {
    let mut proposed = note.answers.iter().filter(|answer| answer.key == "pip");
    proposed.any(|answer| answer.value.as_deref().is_some_and(is_installed_by_the_hub))
}

/// A proposal under construction.
struct Draft {
    answers: Answers,
    found: Vec<Found>,
    notes: Vec<Note>,
    /// List answers, each item once.
    lists: BTreeMap<&'static str, Vec<String>>,
}

impl Draft {
    fn found(&mut self, key: &'static str, value: impl Into<String>, evidence: &Evidence) {
        self.found.push(Found { key, value: value.into(), evidence: evidence.clone() });
    }

    /// An answer with one text.
    fn text(&mut self, key: &'static str, value: &str, evidence: &Evidence) {
        self.answers.insert(key, Raw::from(value), Source::Detected);
        self.found(key, value, evidence);
    }

    /// Items of a list answer.
    fn items<'s>(&mut self, key: &'static str, items: impl IntoIterator<Item = &'s Seen<String>>) {
        for item in items {
            self.item(key, &item.value, &item.evidence);
        }
    }

    fn item(&mut self, key: &'static str, value: &str, evidence: &Evidence) {
        let list = self.lists.entry(key).or_default();
        if !list.iter().any(|known| known == value) {
            list.push(value.to_owned());
            self.found(key, value, evidence);
        }
    }

    fn file(&mut self, app: &App) {
        self.answers.insert("app_file", app.file.as_str(), Source::Detected);
        let evidence = app.evidence.get(1).or(app.evidence.first()).cloned();
        let evidence = evidence.unwrap_or_else(|| Evidence::file(&app.file, "is it"));
        self.found("app_file", app.file.as_str(), &evidence);
    }

    /// The port and the command.
    fn start(&mut self, app: &App, given: Option<u16>) {
        let named = app.server.port.as_ref();
        let port = given.or(named.map(|named| named.value)).unwrap_or(APP_PORT_DEFAULT);
        if named.is_some() || given.is_some() {
            self.answers.insert("port", port, Source::Detected);
        }
        if let Some(Seen { value, evidence, .. }) = named.filter(|named| named.value == port) {
            self.found("port", value.to_string(), evidence);
        }
        if let Some(Seen { value, evidence, .. }) = named.filter(|named| named.value != port && named.is_certain()) {
            let note = Note::new(format!("the code always listens on {value}, not on {port}"));
            let note = note.help(format!("remove the port from the code, or use {value}"));
            self.notes.push(note.or_answer("port", value.to_string()).seen(evidence.clone()));
        }
        if let Some(command) = &app.command {
            let words: Vec<String> = command.value.iter().map(|word| word.replace(PORT, &port.to_string())).collect();
            self.found("command", joined(&words), &command.evidence);
            self.answers.insert("command", words, Source::Detected);
        }
    }

    /// Everything else, in the order of the output. The Hub's own image needs less.
    fn facts(&mut self, app: &App, is_on_hub: bool) {
        let install = &app.install;
        if let Some(inside) = &app.inside {
            self.found("framework", format!("{} in it", inside.value.name()), &inside.evidence);
        }
        if let Some(build) = &install.build {
            self.answers.insert("build_command", build.value.clone(), Source::Detected);
            self.found("build_command", build.value.join(" "), &build.evidence);
        }
        if let Some(file) = install.dependencies.as_ref().filter(|_| !is_on_hub) {
            self.text("dependencies", file.value.as_deref().unwrap_or("none"), &file.evidence);
        }
        if is_on_hub {
            if let Some(version) = &app.gradio {
                self.found("sdk_version", version.value.as_str(), &version.evidence);
            }
            self.notes.extend(app.hub_notes.iter().cloned());
        }
        self.items("build_variables", &install.names);
        if let Some(needed) = &install.development {
            self.answers.insert("dev_dependencies", true, Source::Detected);
            self.found("dev_dependencies", needed.value.as_str(), &needed.evidence);
        }
        let is_wanted = |line: &&Seen<String>| !(is_on_hub && is_installed_by_the_hub(&line.value));
        if is_on_hub {
            let needed = install.listed.iter().chain(&install.missing).filter(is_wanted);
            self.notes.extend(named_elsewhere(&needed.collect::<Vec<_>>()));
        } else {
            self.items("pip", &install.listed);
            self.items("install_files", &install.files);
        }
        match &app.version {
            Some(version) if app.framework.is_python() => {
                let offered = if is_on_hub { &version.value } else { minor_of(&version.value) };
                self.text("python", offered, &version.evidence);
            }
            Some(version) => self.text("base", &format!("node:{}-slim", version.value), &version.evidence),
            None => {}
        }
        if !is_on_hub {
            self.items("pip", &install.missing);
            self.items("variables", &install.variables);
        }
        for read in &app.environment {
            match &read.value {
                EnvironmentRead::Secret(name) => self.item("secrets", name, &read.evidence),
                EnvironmentRead::Variable(name, value) => {
                    self.item("variables", &format!("{name}={value}"), &read.evidence);
                }
            }
        }
        if let Some(sign_in) = app.sign_in.as_ref().filter(|sign_in| sign_in.value) {
            self.answers.insert("hf_oauth", Raw::Boolean(true), Source::Detected);
            self.found("hf_oauth", "true", &sign_in.evidence);
            self.items("hf_oauth_scopes", &app.oauth_scopes);
        }
        self.items("datasets", &app.datasets);
        self.items("models", &app.models);
        if !is_on_hub {
            self.items("apt", &install.system);
        }
        if let Some(title) = &app.title {
            self.text("title", &title.value, &title.evidence);
        }
    }
}

/// A command as a shell takes it.
fn joined(words: &[String]) -> String {
    shlex::try_join(words.iter().map(String::as_str)).unwrap_or_else(|_| words.join(" "))
}

/// The minor version: the images that a Dockerfile names have no exact ones.
fn minor_of(version: &str) -> &str {
    version.match_indices('.').nth(1).map_or(version, |(at, _)| &version[..at])
}

/// Whether a requirement names a package that the Hub installs if its own image runs the app.
fn is_installed_by_the_hub(line: &str) -> bool {
    Package::read(line).is_some_and(|package| INSTALLED_BY_THE_HUB.contains(&package.name.as_str()))
}
