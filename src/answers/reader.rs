//! Reads answers through the questions of a template: which apply, what their value is, which are invalid.

use std::cell::OnceCell;

use minijinja::Value;

use super::answer::{Answer, object};
use super::answers::{Answers, Source};
use super::defaults;
use super::error::SpecError;
use super::manifest::Manifest;
use super::question::{Kept, Question};
use super::raw::Raw;
use crate::facts::base_images::Runtime;
use crate::values::{Invalid, runtime_name};

/// Answers read through a template's questions, and the problems so far.
pub(super) struct Reader<'a> {
    pub(super) template: &'a Manifest,
    pub(super) answers: &'a Answers,
    pub(super) errors: Vec<SpecError>,
    /// What conditions can use, made when the first one is evaluated.
    scope: OnceCell<Value>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(template: &'a Manifest, answers: &'a Answers) -> Self {
        Self { template, answers, errors: Vec::new(), scope: OnceCell::new() }
    }

    /// Whether the template has a question and it applies given the other answers.
    pub(super) fn applies(&self, question: &Question) -> bool {
        question.when.as_deref().is_none_or(|when| self.holds(when))
    }

    /// Evaluates a condition over the answers. A condition that cannot be evaluated is false; a test checks that those of the
    /// built-in templates can be evaluated.
    pub(super) fn holds(&self, condition: &str) -> bool {
        self.template.holds(condition, self.scope.get_or_init(|| self.scope()).clone()).unwrap_or(false)
    }

    /// The names that conditions on questions can use: the answers (none if there is none) and the base image's runtime.
    fn scope(&self) -> Value {
        let runtime = self.runtime();
        let answers = self.template.questions().iter().map(|question| {
            // An invalid answer is reported once; questions that depend on it are checked as if it were missing.
            let given = self.answers.get(question.key()).filter(|given| question.check(given).is_ok());
            let meant = if matches!(question.key(), "sdk" | "hardware") {
                defaults::default(question, self.template, self.answers)
            } else {
                question.default.clone()
            };
            (question.key(), given.or(meant.as_ref()).map_or(Value::from(()), Answer::value))
        });
        let application = defaults::base(self.answers).and_then(|base| base.servable()).map(|app| app.name);
        let derived = object(vec![
            ("runtime", Value::from(runtime_name(runtime))),
            ("zerogpu", Value::from(defaults::is_zero_gpu(self.template, self.answers))),
            ("application", application.map_or(Value::from(()), Value::from)),
        ]);
        let is_open = |key: &str| self.answers.get(key).is_none();
        let starter = ("starter", Value::from(["app_file", "base", "command"].into_iter().all(is_open)));
        let sdk = ("sdk", Value::from(self.template.sdks()[0].as_str()));
        let unasked = ["base", "hardware", "command", "app_file"].map(|key| (key, Value::from(())));
        object(unasked.into_iter().chain([sdk, starter]).chain(answers).chain([("derived", derived)]).collect())
    }

    /// The language runtime of the app: the template's, otherwise the base image's.
    pub(super) fn runtime(&self) -> Runtime {
        defaults::runtime(self.template, self.answers)
    }

    /// The effective value: the answer, otherwise the default.
    pub(super) fn value(&self, question: &Question) -> Option<Raw> {
        let given = self.answers.get(question.key()).cloned().map(|value| question.typed(value));
        given.or_else(|| defaults::default(question, self.template, self.answers))
    }

    /// Checks each answer on its own, and that the template has its question.
    pub(super) fn check_each(&mut self) {
        let mut errors = Vec::new();
        for question in self.template.questions() {
            let Some(given) = self.answers.get(question.key()) else { continue };
            if let Err(invalid) = question.check(given) {
                errors.push(self.error(question.key(), invalid));
            } else if !self.applies(question) && Some(&question.typed(given.clone())) != question.default.as_ref() {
                let invalid =
                    Invalid::new("it has no effect here").hint(format!("leave it out: {}", question.otherwise));
                errors.push(self.error(question.key(), invalid));
            }
        }
        errors.extend(self.answers.problems().iter().cloned());
        let unknown = self.answers.keys().filter(|key| self.template.question(key).is_none());
        errors.extend(unknown.map(|key| self.error(key, self.template.unknown_key(key))));
        self.errors.extend(errors);
    }

    /// A problem with a key, with its flag and line.
    pub(super) fn error(&self, key: &str, invalid: Invalid) -> SpecError {
        let error = SpecError::invalid(key, invalid).given_by(self.answers.source(key));
        match self.template.flag_of(key) {
            Some(flag) => error.flagged(flag),
            None => error,
        }
    }

    pub(super) fn refuse(&mut self, key: &str, invalid: Invalid) {
        let error = self.error(key, invalid);
        self.errors.push(error);
    }

    /// The checked value of an optional question. Invalid values were reported by [`Self::check_each`].
    pub(super) fn optional<T: Answer>(&self, key: &str) -> Option<T> {
        self.counting(key).as_ref().and_then(T::read)
    }

    /// The checked value of a required question: if the answer is invalid, which was reported, or has no
    /// effect, the default is used.
    pub(super) fn required<T: Answer>(&mut self, key: &str) -> Option<T> {
        let default = || match self.template.question(key) {
            Some(question) => defaults::default(question, self.template, self.answers),
            None => defaults::unasked(key, self.template),
        };
        let value = self.optional(key).or_else(|| default().as_ref().and_then(T::read));
        if value.is_none() {
            self.refuse(key, Invalid::new("the template has no valid default for it"));
        }
        value
    }

    /// The checked values of a question that takes a list.
    pub(super) fn list<T: Answer + PartialEq>(&self, key: &str) -> Vec<T> {
        let Some(Raw::List(items)) = self.counting(key) else { return Vec::new() };
        let mut values = Vec::new();
        for value in items.into_iter().filter_map(|item| T::read(&Raw::Text(item))) {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The effective value of a key; none if the question does not apply.
    fn counting(&self, key: &str) -> Option<Raw> {
        let question = self.template.question(key).filter(|question| self.applies(question))?;
        self.value(question)
    }

    /// The keys of the answers that a later run starts with, in the order of the questions.
    pub(super) fn kept(&self) -> impl Iterator<Item = &'a str> {
        let questions = self.template.questions().iter().filter(|question| question.kept != Kept::Never);
        let counts = |question: &&Question| {
            self.applies(question) && (question.kept == Kept::Always || self.is_given(question.key()))
        };
        questions.filter(counts).map(Question::key)
    }

    /// Whether an answer was given, not only a default.
    pub(super) fn is_given(&self, key: &str) -> bool {
        self.answers.source(key).is_some_and(|source| source > Source::Default)
    }
}
