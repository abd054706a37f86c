//! Which template the answers choose, and which answers are invalid with every template.

use super::{Catalog, Template};
use crate::answers::{Answers, Asked, Cancelled, Prompter, Raw, Reply, SpecError};

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

    /// Asks for the template, with one of them suggested. None if the person goes back to an earlier question.
    ///
    /// # Errors
    /// If the person stops.
    pub fn ask(
        &self,
        proposed: &str,
        can_go_back: bool,
        prompter: &mut dyn Prompter,
    ) -> Result<Option<&Template>, Cancelled> {
        let question = self.question();
        let asked = Asked::required(&question, Raw::from(proposed), can_go_back);
        loop {
            match prompter.ask(&asked)? {
                Reply::Answer(Raw::Text(name)) => return self.get(&name).map(Some).ok_or(Cancelled),
                Reply::Back if can_go_back => return Ok(None),
                Reply::Back => {}
                Reply::Answer(_) | Reply::Nothing => return Err(Cancelled),
            }
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
