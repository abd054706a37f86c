//! Which template the answers choose, and which answers are invalid with every template.

use super::{Catalog, Template};
use crate::answers::{Answers, Asked, Cancelled, Prompter, Raw, SpecError};
use crate::values::{HubPlan, Sdk};

impl Catalog {
    /// The template that answers name; none if they name none.
    ///
    /// # Errors
    /// If there is no such template.
    pub fn named(&self, answers: &Answers) -> Result<Option<&Template>, SpecError> {
        let Some(name) = answers.template() else { return Ok(None) };
        self.get(name).map(Some).ok_or_else(|| {
            let error = SpecError::invalid("template", self.unknown(name)).flagged("template");
            error.given_by(answers.source("template"))
        })
    }

    /// The template that answers choose: the one that they name, otherwise with the free plan the one for apps that a free
    /// account can have.
    ///
    /// # Errors
    /// If there is no template of the name.
    pub fn chosen(&self, answers: &Answers) -> Result<Option<&Template>, SpecError> {
        let is_free = matches!(answers.get("plan"), Some(Raw::Text(plan)) if plan.parse() == Ok(HubPlan::Free));
        let free = || self.templates().iter().find(|template| template.sdks().contains(&Sdk::Gradio));
        Ok(self.named(answers)?.or_else(|| if is_free { free() } else { None }))
    }

    /// Asks for the template, with one of them suggested.
    ///
    /// # Errors
    /// If the person stops.
    pub fn ask(&self, proposed: &str, prompter: &mut dyn Prompter) -> Result<&Template, Cancelled> {
        let question = self.question();
        let asked = Asked { question: &question, current: Some(Raw::from(proposed)), required: true, optional: false };
        let Some(Raw::Text(name)) = prompter.ask(&asked)? else { return Err(Cancelled) };
        self.get(&name).ok_or(Cancelled)
    }

    /// The problems of answers with any template: each is checked on its own.
    #[must_use]
    pub fn problems(&self, answers: &Answers) -> Vec<SpecError> {
        let of_question = |question: &&crate::answers::Question| {
            let invalid = question.check(answers.get(question.key())?).err()?;
            let error = SpecError::invalid(question.key(), invalid).flagged(question.flag());
            Some(error.given_by(answers.source(question.key())))
        };
        let invalid = self.questions().iter().filter_map(of_question).collect::<Vec<_>>();
        invalid.into_iter().chain(answers.problems().iter().cloned()).collect()
    }
}
