//! Which template the answers choose, and which answers are invalid with every template.

use super::{Catalog, Template};
use crate::answers::{
    Answers, Asked, Cancelled, Prompter, Question, Raw, Reply, Source, SpecError, common_question, is_free,
    template_question,
};
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
    /// If no template has the name.
    pub fn chosen(&self, answers: &Answers) -> Result<Option<&Template>, SpecError> {
        let free = || self.templates().iter().find(|template| template.sdks().contains(&Sdk::Gradio));
        Ok(self.named(answers)?.or_else(|| if is_free(answers) { free() } else { None }))
    }

    /// Asks for the plan of the account, on which depends what it can create. None if the person goes back to an earlier
    /// question.
    ///
    /// # Errors
    /// If the person stops.
    pub fn ask_plan(
        &self,
        mut answers: Answers,
        can_go_back: bool,
        prompter: &mut dyn Prompter,
    ) -> Result<Option<Answers>, Cancelled> {
        let Some(question) = common_question("plan") else { return Ok(Some(answers)) };
        let current = answers.get(question.key()).cloned().unwrap_or_else(|| HubPlan::Free.as_str().into());
        let answer = ask(&Asked::required(question, current, can_go_back), prompter)?;
        Ok(answer.map(|plan| {
            answers.insert(question.key(), plan, Source::Prompt);
            answers
        }))
    }

    /// The question for the template: first those that most people want, and with the free plan only those that it allows.
    fn question_with(&self, answers: &Answers) -> Question {
        let question = self.question();
        if !is_free(answers) {
            return question;
        }
        let is_allowed = |template: &Template| template.sdks().iter().any(|sdk| *sdk != Sdk::Docker);
        let described = |template: &Template| (template.name().to_owned(), template.summary().to_owned());
        let listed = question.listed().into_iter().filter_map(|(name, _)| self.get(name));
        let allowed = listed.filter(|template| is_allowed(template)).map(described);
        let mut question = template_question(allowed).with_usual(&[]);
        question.prompt = "Template (all that the plan `free` allows)".into();
        question
    }

    /// Asks for the template, with one of them suggested. None if the person goes back to an earlier question.
    ///
    /// # Errors
    /// If the person stops.
    pub fn ask(
        &self,
        proposed: &str,
        answers: &Answers,
        can_go_back: bool,
        prompter: &mut dyn Prompter,
    ) -> Result<Option<&Template>, Cancelled> {
        let question = self.question_with(answers);
        match ask(&Asked::required(&question, Raw::from(proposed), can_go_back), prompter)? {
            Some(Raw::Text(name)) => self.get(&name).map(Some).ok_or(Cancelled),
            Some(_) => Err(Cancelled),
            None => Ok(None),
        }
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
/// The answer to a question that must be answered. None if the person goes back.
fn ask(asked: &Asked<'_>, prompter: &mut dyn Prompter) -> Result<Option<Raw>, Cancelled> {
    loop {
        match prompter.ask(asked)? {
            Reply::Answer(answer) => return Ok(Some(answer)),
            Reply::Back if asked.can_go_back => return Ok(None),
            Reply::Back => {}
            Reply::Nothing => return Err(Cancelled),
        }
    }
}
