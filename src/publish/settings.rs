//! The secrets and variables that a Space declares, set where the Hub does not have them.
//!
//! The Hub never says the value of a secret, so that a changed one cannot be noticed; and each one that is set starts the app
//! again. What the Hub has is therefore kept, unless somebody asks for it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::Watcher;
use super::error::PublishError;
use super::http::Client;
use super::request::Of;
use crate::formats::own_file::{OWN_FILE, OwnFile, Value as OwnValue};
use crate::repo::Repo;
use crate::try_out::Declared;
use crate::values::Variable;

/// What a Space declares.
#[derive(Debug)]
pub(super) struct Settings {
    /// Names, with their values where they are known.
    pub(super) secrets: Vec<(String, Option<String>)>,
    /// They are public, so that their values are those of the file, and not those of this computer.
    pub(super) variables: Vec<(String, String)>,
}

/// What was set.
#[derive(Debug, Default)]
pub(super) struct Set {
    pub(super) secrets: Vec<String>,
    pub(super) variables: Vec<String>,
    /// Secrets without a value, neither here nor on the Hub.
    pub(super) missing: Vec<String>,
    /// Variables that the Hub has with another value.
    pub(super) kept: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct OnHub {
    value: Option<String>,
}

impl Settings {
    pub(super) fn of(repo: &Repo, declared: &Declared) -> Self {
        let mut secrets: Vec<(String, Option<String>)> = Vec::new();
        for (name, value) in declared.secrets.iter().chain(&declared.of_build) {
            if secrets.iter().all(|(known, _)| known != name) {
                secrets.push((name.clone(), value.clone()));
            }
        }
        let file = repo.text(OWN_FILE).and_then(|text| OwnFile::read(text).ok()).unwrap_or_default();
        let mut variables: Vec<(String, String)> = Vec::new();
        for key in ["variables", "build_variables"] {
            let Some(OwnValue::List(lines)) = file.get(key) else { continue };
            // Those of the build may be names alone, whose values nobody has said
            let read = lines.iter().filter_map(|line| line.parse::<Variable>().ok());
            for variable in read {
                let name = variable.name().to_string();
                if variables.iter().all(|(known, _)| *known != name) {
                    variables.push((name, variable.value().to_owned()));
                }
            }
        }
        Self { secrets, variables }
    }

    /// Sets what the Hub does not have; all of it if `replaces`.
    ///
    /// # Errors
    /// If the Hub refuses, or cannot be reached.
    pub(super) fn set(
        &self,
        hub: &Client,
        space: Of<'_>,
        replaces: bool,
        watcher: &mut dyn Watcher,
    ) -> Result<Set, PublishError> {
        let mut set = Set::default();
        if !self.variables.is_empty() {
            let request = space.variables();
            let there: BTreeMap<String, OnHub> = hub.send(&request)?.json(&request.what)?;
            for (name, value) in &self.variables {
                let on_hub = there.get(name).map(|there| there.value.as_deref().unwrap_or_default());
                if on_hub == Some(value) {
                    continue;
                }
                if on_hub.is_some() && !replaces {
                    set.kept.push(name.clone());
                    continue;
                }
                hub.send(&space.set_variable(name, value))?;
                set.variables.push(name.clone());
            }
        }
        if !self.secrets.is_empty() {
            let request = space.secrets();
            let there: BTreeMap<String, Value> = hub.send(&request)?.json(&request.what)?;
            for (name, value) in &self.secrets {
                if there.contains_key(name) && !replaces {
                    continue;
                }
                let Some(value) = value.clone().or_else(|| watcher.secret(name)) else {
                    if !there.contains_key(name) {
                        set.missing.push(name.clone());
                    }
                    continue;
                };
                hub.hide(&[(name.clone(), Some(value.clone()))]);
                hub.send(&space.set_secret(name, &value))?;
                set.secrets.push(name.clone());
            }
        }
        Ok(set)
    }
}
