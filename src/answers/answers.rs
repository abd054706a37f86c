//! The answers, and where each of them came from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::{ANSWERS_FILE, SpecError, SpecErrors};
use super::manifest::Manifest;
use super::raw::Raw;
use crate::formats::own_file::{Entry, OwnFile, Value, line_of};

/// Where an answer came from, in order of precedence, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// No answer was given.
    Default,
    /// Found in an existing app.
    Detected,
    /// Typed at a prompt.
    Prompt,
    /// A line of an answers file.
    File {
        /// The line, counted from 1.
        line: usize,
    },
    /// A flag, or a call to the library.
    Flag,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    value: Raw,
    source: Source,
}

/// Answers to a template's questions: every value optional, none checked.
///
/// ```
/// use spaces_new::Answers;
///
/// let answers = Answers::for_folder("my-demo").set("port", 8000).set("tags", vec!["demo"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Answers {
    folder: Option<String>,
    template: Option<Answer>,
    template_version: Option<String>,
    values: BTreeMap<String, Answer>,
    /// Answers with a type that no question takes.
    problems: Vec<SpecError>,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No answers except the folder's name, from which name and title are derived unless they are given.
    #[must_use]
    pub fn for_folder(folder: impl Into<String>) -> Self {
        Self::default().in_folder(folder)
    }

    /// Sets the folder from which name and title are derived.
    #[must_use]
    pub fn in_folder(mut self, folder: impl Into<String>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Answers a question, by its key. A later answer replaces an earlier one.
    #[must_use]
    pub fn set(mut self, key: impl Into<String>, value: impl Into<Raw>) -> Self {
        self.insert(key, value, Source::Flag);
        self
    }

    pub(crate) fn insert(&mut self, key: impl Into<String>, value: impl Into<Raw>, source: Source) {
        let (key, value) = (key.into(), value.into());
        if key == "template" {
            self.template = Some(Answer { value, source });
        } else {
            self.values.insert(key, Answer { value, source });
        }
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.values.remove(key);
    }

    /// Reads an answers file, in TOML.
    ///
    /// Relative paths under `assets` are resolved against `folder`, the folder of that file.
    ///
    /// # Errors
    /// If the text is not TOML. A value with a type that no question takes is reported by [`crate::Spec::resolve`].
    pub fn from_toml(text: &str, folder: &Path) -> Result<Self, SpecErrors> {
        let file = OwnFile::read(text).map_err(|error| {
            let message = format!("not TOML: {}", error.message);
            SpecErrors(vec![SpecError::in_file(ANSWERS_FILE, error.line(text), message)])
        })?;
        let mut answers = Self::default();
        for Entry { key, value, .. } in file.answers {
            let line = line_of(text, key.range.start);
            let key = key.text;
            match raw(value) {
                Ok(Raw::Text(version)) if key == "template_version" => answers.template_version = Some(version),
                Ok(value)
                    if matches!(key.as_str(), "template" | "template_version") && !matches!(value, Raw::Text(_)) =>
                {
                    let error = SpecError::in_file(&key, line, format!("it is {}", value.kind()));
                    answers.problems.push(error.hinted("write a string in quotes"));
                }
                Ok(value) => answers.insert(key, value, Source::File { line }),
                Err(kind) => {
                    let hint = "write strings, numbers, booleans and lists of strings";
                    answers.problems.push(SpecError::in_file(&key, line, format!("it is {kind}")).hinted(hint));
                }
            }
        }
        answers.rebase_assets(folder);
        Ok(answers)
    }

    fn rebase_assets(&mut self, folder: &Path) {
        if let Some(Answer { value: Raw::List(paths), .. }) = self.values.get_mut("assets") {
            for path in paths {
                *path = folder.join(&*path).to_string_lossy().into_owned();
            }
        }
    }

    /// Without the answers to questions that a template does not have.
    #[must_use]
    pub fn only_for(mut self, template: &Manifest) -> Self {
        self.values.retain(|key, _| template.question(key).is_some());
        self
    }

    /// Only the answers that somebody gave, for any template: defaults may be others in another folder and for another template.
    #[must_use]
    pub fn given(self) -> Self {
        self.without_template().partition(|_, source| source != Source::Default).0
    }

    /// Those that count, and the others, which have no folder and no template.
    pub(super) fn partition(mut self, counts: impl Fn(&str, Source) -> bool) -> (Self, Self) {
        let mut others = Self::default();
        for (key, answer) in std::mem::take(&mut self.values) {
            let values = if counts(&key, answer.source) { &mut self.values } else { &mut others.values };
            values.insert(key, answer);
        }
        (self, others)
    }

    /// Adds weaker answers: if both have an answer, this one counts.
    #[must_use]
    pub fn over(mut self, weaker: Self) -> Self {
        for (key, answer) in weaker.values {
            self.values.entry(key).or_insert(answer);
        }
        self.folder = self.folder.or(weaker.folder);
        self.template = self.template.or(weaker.template);
        self.template_version = self.template_version.or(weaker.template_version);
        let replaced = |error: &SpecError| self.values.contains_key(error.key());
        self.problems.extend(weaker.problems.into_iter().filter(|error| !replaced(error)));
        self
    }

    /// The name of the requested template.
    #[must_use]
    pub fn template(&self) -> Option<&str> {
        match self.template.as_ref().map(|answer| &answer.value) {
            Some(Raw::Text(name)) => Some(name),
            _ => None,
        }
    }

    /// The same for any template.
    #[must_use]
    pub(crate) fn without_template(self) -> Self {
        Self { template: None, template_version: None, ..self }
    }

    /// The same for any version of the template.
    #[must_use]
    pub(crate) fn of_any_version(self) -> Self {
        Self { template_version: None, ..self }
    }

    /// The version of the template that an answers file was made with.
    #[must_use]
    pub fn template_version(&self) -> Option<&str> {
        self.template_version.as_deref()
    }

    /// The files and folders to bundle.
    #[must_use]
    pub fn assets(&self) -> Vec<PathBuf> {
        match self.get("assets") {
            Some(Raw::List(paths)) => paths.iter().map(PathBuf::from).collect(),
            _ => Vec::new(),
        }
    }

    /// The value for a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Raw> {
        self.values.get(key).map(|answer| &answer.value)
    }

    /// Where the answer for a key came from.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<Source> {
        let answer = if key == "template" { self.template.as_ref() } else { self.values.get(key) };
        answer.map(|answer| answer.source)
    }

    /// The keys that have an answer, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Answers in an answers file with a type that no question takes.
    pub(crate) fn problems(&self) -> &[SpecError] {
        &self.problems
    }

    pub(crate) fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }
}

fn raw(value: Value) -> Result<Raw, &'static str> {
    match value {
        Value::Text(text) => Ok(Raw::Text(text)),
        Value::Integer(number) => Ok(Raw::Integer(number)),
        Value::Boolean(value) => Ok(Raw::Boolean(value)),
        Value::List(items) => Ok(Raw::List(items)),
        Value::Other(kind) => Err(kind),
    }
}
