//! `template.toml` as it is written, before anything in it is checked.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::question::{Kind, Question};
use super::raw::Raw;

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TemplateToml {
    pub(super) version: String,
    pub(super) summary: String,
    /// The language runtime that it is made for; where none is named, that of the base image.
    pub(super) runtime: Option<String>,
    /// SDKs it can be made for, the default first.
    pub(super) sdks: Vec<String>,
    /// Pinned packages that it installs; their Python ranges limit the choice of Python.
    pub(super) pins: Vec<String>,
    /// Keys of the common questions that it asks, and groups of them: `@card`.
    pub(super) questions: Vec<String>,
    /// Its defaults for common questions.
    pub(super) defaults: BTreeMap<String, String>,
    /// Its conditions for common questions, in place of theirs.
    pub(super) when: BTreeMap<String, String>,
    /// Questions of its own.
    pub(super) question: Vec<OwnQuestion>,
    pub(super) require: Vec<Requirement>,
    pub(super) file: Vec<FileRule>,
    pub(super) variant: Vec<Variant>,
}

/// A question that only this template asks.
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
    default: Option<toml::Value>,
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
            otherwise: "it does not go with the other answers".into(),
            ..question
        }
    }
}

fn raw(value: &toml::Value) -> Option<Raw> {
    match value {
        toml::Value::String(text) => Some(Raw::Text(text.clone())),
        toml::Value::Integer(number) => Some(Raw::Integer(*number)),
        toml::Value::Boolean(value) => Some(Raw::Boolean(*value)),
        toml::Value::Array(items) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<_>>().map(Raw::List)
        }
        _ => None,
    }
}

/// An answer that is needed under a condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirement {
    pub(crate) key: String,
    pub(crate) when: String,
    pub(crate) because: String,
    /// An answer that would do, for the command line that is proposed.
    pub(crate) example: String,
}

/// What is special about a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileRule {
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) when: Option<String>,
    #[serde(default)]
    pub(crate) mode: Option<String>,
}

/// Files laid over the others under a condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) when: String,
    /// Pinned packages that it installs beside the template's.
    #[serde(default)]
    pub(super) pins: Vec<String>,
}
