//! Asks the open questions in order, and then offers the others.

use super::answers::{Answers, Source};
use super::defaults;
use super::manifest::Manifest;
use super::prompter::{Asked, Cancelled, Prompter};
use super::question::Question;
use super::reader::Reader;

/// Asks the questions that a template asks everyone and that have no answer yet, and the required ones.
///
/// # Errors
/// If the person stops.
pub fn ask_open(template: &Manifest, mut answers: Answers, prompter: &mut dyn Prompter) -> Result<Answers, Cancelled> {
    for question in template.questions() {
        let required = Reader::new(template, &answers).is_required(question);
        if (question.is_asked() || required) && is_open(template, &answers, question) {
            answers = ask(template, answers, question, prompter)?;
        }
    }
    Ok(answers)
}

/// Offers every question with its answer, until the person is satisfied.
///
/// # Errors
/// If the person stops.
pub fn offer_changes(
    template: &Manifest,
    mut answers: Answers,
    prompter: &mut dyn Prompter,
) -> Result<Answers, Cancelled> {
    loop {
        let offered = offered(template, &answers);
        let Some(index) = prompter.change(&offered)? else { return Ok(answers) };
        let Some(question) = offered.get(index).map(|asked| asked.question) else { return Ok(answers) };
        answers = ask(template, answers, question, prompter)?;
    }
}

fn is_open(template: &Manifest, answers: &Answers, question: &Question) -> bool {
    answers.get(question.key()).is_none() && Reader::new(template, answers).applies(question)
}

/// Every question that applies, with its value.
fn offered<'a>(template: &'a Manifest, answers: &Answers) -> Vec<Asked<'a>> {
    let reader = Reader::new(template, answers);
    let questions = template.questions().iter().filter(|question| question.offered && reader.applies(question));
    questions.map(|question| asked(&reader, question)).collect()
}

fn asked<'a>(reader: &Reader<'_>, question: &'a Question) -> Asked<'a> {
    let has_default = defaults::default(question, reader.template, reader.answers).is_some();
    let required = reader.is_required(question);
    Asked { question, current: reader.value(question), required, optional: !required && !has_default }
}

fn ask(
    template: &Manifest,
    mut answers: Answers,
    question: &Question,
    prompter: &mut dyn Prompter,
) -> Result<Answers, Cancelled> {
    let asked = asked(&Reader::new(template, &answers), question);
    match prompter.ask(&asked)? {
        Some(value) if Some(&value) != asked.current.as_ref() => answers.insert(question.key(), value, Source::Prompt),
        // The value stays; a default now counts as an answer.
        Some(value) if answers.get(question.key()).is_none() => answers.insert(question.key(), value, Source::Default),
        Some(_) => {}
        None => answers.remove(question.key()),
    }
    Ok(answers)
}

impl Reader<'_> {
    /// Whether the template requires an answer to this question.
    pub(super) fn is_required(&self, question: &Question) -> bool {
        let mut needs = self.template.requirements().iter().filter(|needed| needed.key == question.key());
        needs.any(|needed| self.holds(&needed.when))
    }
}
