//! `template.toml` before it is checked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::local_run::RunRow;
use super::question::{Kind, Question};
use super::raw::Raw;
use crate::facts::contract::Contract;
use crate::formats::toml_in_json;
use crate::values::Sdk;

/// The text of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ManifestText<'t> {
    /// As people write it.
    Toml(&'t str),
    /// As build.rs translates it.
    Json(&'t str),
}

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TemplateToml {
    pub(super) version: String,
    pub(super) summary: String,
    /// The language runtime that it is made for; if none is named, that of the base image.
    pub(super) runtime: Option<String>,
    /// The SDKs that it supports, the default first.
    pub(super) sdks: Vec<String>,
    /// Pinned packages that it installs; their Python ranges limit the supported versions.
    pub(super) pins: Vec<String>,
    /// Keys of its common questions, and groups of them: `@card`.
    pub(super) questions: Vec<String>,
    /// Its defaults for common questions.
    pub(super) defaults: BTreeMap<String, String>,
    /// Its conditions for common questions, which replace their own.
    pub(super) when: BTreeMap<String, String>,
    /// Its own questions.
    pub(super) question: Vec<OwnQuestion>,
    pub(super) require: Vec<Requirement>,
    pub(super) file: Vec<FileRule>,
    pub(super) variant: Vec<Variant>,
    pub(super) run: Vec<RunRow>,
    /// Files that earlier versions of it generated, and no way of answering makes it generate now.
    pub(super) dropped: Vec<String>,
}

impl TemplateToml {
    /// Reads it.
    ///
    /// # Errors
    /// If something in it is unknown, or missing.
    pub(super) fn read(text: ManifestText<'_>) -> Result<Self, String> {
        let json = match text {
            ManifestText::Toml(text) => toml_in_json(text)?.to_string().into(),
            ManifestText::Json(text) => Cow::Borrowed(text),
        };
        serde_json::from_str(&json).map_err(|error| error.to_string())
    }

    /// Finds faults that make a template unusable.
    pub(super) fn check(&self, sdks: &[Sdk], with_default: &[&str]) -> Result<(), String> {
        let asks = |key: &str| self.questions.iter().any(|listed| listed == key);
        if sdks.is_empty() {
            return Err("`sdks` is empty".to_owned());
        }
        if let Some(key) = with_default.iter().find(|key| !self.defaults.contains_key(**key)) {
            return Err(format!("`{key}` is missing in `defaults`"));
        }
        if sdks.contains(&Sdk::Docker) && !asks("port") {
            return Err("a Docker Space has a port: `port` is missing in `questions`".to_owned());
        }
        Ok(())
    }

    /// A common question with the template's default, condition and choices for it.
    pub(super) fn adapted(&self, question: &Question, contract: Contract) -> Question {
        let mut question = question.clone();
        if question.key() == "port" {
            question.default = Some(Raw::from(contract.port));
            question.kind = Kind::Integer { min: contract.least_port.into(), max: u16::MAX.into() };
        }
        if let Some(default) = self.defaults.get(question.key()) {
            question.default = Some(Raw::Text(default.clone()));
        }
        if let Some(when) = self.when.get(question.key()) {
            question.when = Some(when.clone().into());
        }
        if question.key() == "sdk" {
            question.default = self.sdks.first().cloned().map(Raw::Text);
            question.kind = Kind::Choice(self.sdks.iter().cloned().map(Into::into).collect());
        }
        question
    }
}

/// A question of one template only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnQuestion {
    key: String,
    kind: OwnKind,
    #[serde(default)]
    flag: Option<String>,
    prompt: String,
    help: String,
    #[serde(default)]
    default: Option<serde_json::Value>,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    min: Option<i64>,
    #[serde(default)]
    max: Option<i64>,
    #[serde(default)]
    when: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum OwnKind {
    Text,
    Integer,
    Boolean,
    Choice,
    List,
}

impl OwnQuestion {
    /// The question, under a heading of the help.
    pub(super) fn question(&self, group: &str) -> Question {
        let kind = match self.kind {
            OwnKind::Text => Kind::Text,
            OwnKind::Integer => Kind::Integer { min: self.min.unwrap_or(i64::MIN), max: self.max.unwrap_or(i64::MAX) },
            OwnKind::Boolean => Kind::Boolean,
            OwnKind::Choice => Kind::Choice(self.choices.iter().cloned().map(Into::into).collect()),
            OwnKind::List => Kind::List,
        };
        let question = Question::new(self.key.clone(), kind, self.prompt.clone(), self.help.clone());
        Question {
            group: group.to_owned().into(),
            flag: self.flag.clone().map_or(question.flag, Into::into),
            default: self.default.as_ref().and_then(raw),
            when: self.when.clone().map(Into::into),
            otherwise: "it has no effect with the other answers".into(),
            ..question
        }
    }
}

fn raw(value: &serde_json::Value) -> Option<Raw> {
    match value {
        serde_json::Value::String(text) => Some(Raw::Text(text.clone())),
        serde_json::Value::Number(number) => number.as_i64().map(Raw::Integer),
        serde_json::Value::Bool(value) => Some(Raw::Boolean(*value)),
        serde_json::Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Raw::List)
        }
        _ => None,
    }
}

/// An answer that is required under a condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirement {
    pub(crate) key: String,
    pub(crate) when: String,
    pub(crate) because: String,
    /// A valid example, for the suggested command line.
    pub(crate) example: String,
}

/// The special properties of a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileRule {
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) when: Option<String>,
    #[serde(default)]
    pub(crate) mode: Option<String>,
}

/// Files that are added or replaced under a condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) when: String,
    /// Pinned packages that it installs in addition to the template's.
    #[serde(default)]
    pub(super) pins: Vec<String>,
}
