//! Puts together what is proposed for an app.

use std::collections::BTreeMap;

use super::command::PORT;
use super::model::{Answered, App, Evidence, Facts, Found, Note, Proposal};
use crate::answers::{Answers, Raw, Source};
use crate::facts::environment::INSTALLED_BY_THE_HUB;
use crate::facts::limits::APP_PORT_DEFAULT;

/// Answers that mean nothing where the Hub's own image runs the app.
const NOT_WITH_SDK: [&str; 4] = ["dependencies", "install_files", "command", "apt"];

/// What is left of the facts where the Hub's own image runs the app.
fn on_hub(facts: &Facts, evidence: &Evidence) -> Facts {
    let mut facts = Facts { command: Vec::new(), port: None, ..facts.clone() };
    facts.answers.retain(|(key, value, _)| !NOT_WITH_SDK.contains(key) && !is_installed_by_the_hub(key, value));
    facts.answers.insert(0, ("sdk", Answered::One("gradio".to_owned()), evidence.clone()));
    facts
}

/// Whether an answer is a package that the Hub installs where its own image runs the app.
fn is_installed_by_the_hub(key: &str, value: &Answered) -> bool {
    let Answered::Item(line) = value else { return false };
    let package = line.split(['=', '[', '<', '>']).next().unwrap_or_default();
    key == "pip" && INSTALLED_BY_THE_HUB.contains(&package)
}

/// What runs the app.
#[derive(Debug, Clone, Copy)]
pub(super) enum Image {
    /// The Hub's own where the README names its SDK, else one that a Dockerfile makes.
    AsTheReadmeSays,
    /// One that a Dockerfile makes.
    Own,
    /// The Hub's own, for Gradio.
    OfTheHub,
}

/// The proposal with a port.
pub(super) fn propose(app: &App, given: Option<u16>, image: Image) -> Proposal {
    let evidence = match image {
        Image::Own => None,
        Image::AsTheReadmeSays => app.facts.on_hub.as_ref(),
        Image::OfTheHub => app.evidence.first(),
    };
    let hub = evidence.map(|evidence| on_hub(&app.facts, evidence));
    let facts = hub.as_ref().unwrap_or(&app.facts);
    let mut found = vec![Found {
        key: "framework",
        value: app.framework.name().to_owned(),
        evidence: app.evidence.first().cloned().unwrap_or_else(|| Evidence::file(&app.file, "is the app")),
    }];
    let mut answers = Answers::new();
    let template = app.framework.template();
    answers.insert("template", template, Source::Detected);
    answers.insert("app_file", app.file.as_str(), Source::Detected);
    found.push(Found {
        key: "app_file",
        value: app.file.clone(),
        evidence: app
            .evidence
            .get(1)
            .or(app.evidence.first())
            .cloned()
            .unwrap_or_else(|| Evidence::file(&app.file, "is it")),
    });
    let mut notes = facts.notes.clone();
    let port = given.or(facts.port.as_ref().map(|(port, _)| *port)).unwrap_or(APP_PORT_DEFAULT);
    if let Some((named, evidence)) = &facts.port {
        answers.insert("port", port, Source::Detected);
        if port == *named {
            found.push(Found { key: "port", value: port.to_string(), evidence: evidence.clone() });
        } else if facts.port_is_fixed {
            let note =
                Note::new(format!("the code listens on {named}, whatever the environment says, and not on {port}"));
            let note = note.help(format!("leave the port out of the code, or take {named}"));
            notes.push(note.or_answer("port", named.to_string()).seen(evidence.clone()));
        }
    } else if let Some(port) = given {
        answers.insert("port", port, Source::Detected);
    }
    if !facts.command.is_empty() {
        let words: Vec<String> = facts.command.iter().map(|word| word.replace(PORT, &port.to_string())).collect();
        let shown = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_else(|_| words.join(" "));
        let evidence = facts.command_evidence.clone().or_else(|| app.evidence.first().cloned());
        let evidence = evidence.unwrap_or_else(|| Evidence::file(&app.file, "is the app"));
        found.push(Found { key: "command", value: shown, evidence });
        answers.insert("command", words, Source::Detected);
    }
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (key, value, evidence) in &facts.answers {
        let value = match value {
            Answered::One(value) => {
                if *key == "build_command" {
                    answers.insert(*key, value.split(' ').collect::<Vec<_>>(), Source::Detected);
                } else if *key != "framework" {
                    answers.insert(*key, Raw::from(value.as_str()), Source::Detected);
                }
                value
            }
            Answered::Item(value) => {
                let list = lists.entry(key).or_default();
                if list.contains(value) {
                    continue;
                }
                list.push(value.clone());
                value
            }
        };
        found.push(Found { key, value: value.clone(), evidence: evidence.clone() });
    }
    for (key, list) in lists {
        answers.insert(key, list, Source::Detected);
    }
    Proposal { template, answers, found, notes }
}
