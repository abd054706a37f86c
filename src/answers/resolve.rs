//! The checked specification of a Space.

use super::answers::Answers;
use super::common_questions::Values;
use super::error::SpecErrors;
use super::judge;
use super::manifest::Manifest;
use super::raw::Raw;
use super::reader::Reader;
use crate::facts::base_images::Runtime;
use crate::facts::contract::Contract;
use crate::order::Order;
use crate::values::Hardware;

/// An answer to one of the template's own questions.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnAnswer {
    /// The question's key.
    pub key: String,
    /// The answer, which passed the question's rule; none if the question does not apply or has no default.
    pub value: Option<Raw>,
}

impl Values {
    /// Whether the template's own app is generated, with its pinned packages. The user's app, base image or command
    /// replaces it.
    pub(super) fn has_starter(&self) -> bool {
        self.app_file.is_none() && self.base.is_none() && self.command.is_none()
    }
}

fn own(reader: &Reader<'_>) -> Vec<OwnAnswer> {
    let questions = reader.template.own_questions().iter();
    questions
        .map(|question| OwnAnswer {
            key: question.key().to_owned(),
            value: if reader.applies(question) { reader.value(question) } else { None },
        })
        .collect()
}

/// The specification of a Space: every answer checked, no conflicts between them.
///
/// It is immutable; create another one from other answers.
#[derive(Debug, Clone)]
pub struct Spec {
    template: String,
    template_version: String,
    contract: Contract,
    runtime: Runtime,
    pub(super) values: Values,
    own: Vec<OwnAnswer>,
    kept: Vec<String>,
    warnings: Vec<String>,
}

impl Spec {
    /// Checks answers and fills in defaults.
    ///
    /// # Errors
    /// Every problem, in the order of the questions.
    pub fn resolve(template: &Manifest, answers: &Answers) -> Result<Self, SpecErrors> {
        let mut reader = Reader::new(template, answers);
        reader.check_each();
        if let Some(values) = Values::read(&mut reader) {
            judge::judge(&mut reader, &values);
            if reader.errors.is_empty() {
                return Ok(Self::complete(&reader, values));
            }
        }
        let mut errors = reader.errors;
        let order = |key: &str| template.questions().iter().position(|question| question.key() == key);
        errors.order_by_key(|error| order(error.key()).unwrap_or(usize::MAX));
        Err(SpecErrors(errors))
    }

    fn complete(reader: &Reader<'_>, values: Values) -> Self {
        Self {
            template: reader.template.name().to_owned(),
            template_version: reader.template.version().to_owned(),
            contract: reader.template.contract(),
            runtime: reader.runtime(),
            own: own(reader),
            kept: reader.kept().map(str::to_owned).collect(),
            warnings: judge::warnings(reader, &values),
            values,
        }
    }

    /// Checks each answer on its own, as far as possible before all are given: a person should see these problems before
    /// further questions.
    ///
    /// # Errors
    /// Every problem.
    pub fn check(template: &Manifest, answers: &Answers) -> Result<(), SpecErrors> {
        let mut reader = Reader::new(template, answers);
        reader.check_each();
        judge::plan_of_template(&mut reader);
        if reader.errors.is_empty() { Ok(()) } else { Err(SpecErrors(reader.errors)) }
    }

    /// The name of the template.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// The version of the template.
    #[must_use]
    pub fn template_version(&self) -> &str {
        &self.template_version
    }

    /// The platform's requirements for the container.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.contract
    }

    /// Warnings: what the person should know although nothing is invalid.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The keys of the answers that `.spaces-new.toml` keeps: given and found ones. Defaults are derived again
    /// each time, so that another answer can change them.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().map(String::as_str)
    }

    /// Whether the app runs on ZeroGPU.
    #[must_use]
    pub fn is_zero_gpu(&self) -> bool {
        self.values.hardware.as_ref().is_some_and(Hardware::is_zero_gpu)
    }

    /// The language runtime of the app.
    #[must_use]
    pub fn runtime(&self) -> Runtime {
        self.runtime
    }

    /// Answers to the template's own questions.
    #[must_use]
    pub fn own(&self) -> &[OwnAnswer] {
        &self.own
    }
}
