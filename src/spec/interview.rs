//! Asks a person what is open, in order, and then offers the rest.

use super::answers::{Answers, Source};
use super::prompter::{Asked, Cancelled, Prompter};
use super::question::Question;
use super::reader::Reader;
use crate::template::Template;

/// Asks the questions that a template asks of everyone, then those that were needed or chosen.
///
/// # Errors
/// When the person stops.
pub(super) fn interview(
    template: &Template,
    mut answers: Answers,
    prompter: &mut dyn Prompter,
) -> Result<Answers, Cancelled> {
    for question in template.questions() {
        let required = Reader::new(template, &answers).is_required(question);
        if (question.is_asked() || required) && is_open(template, &answers, question) {
            answers = ask(template, answers, question, prompter)?;
        }
    }
    loop {
        let offered = offered(template, &answers);
        let Some(index) = prompter.change(&offered)? else { return Ok(answers) };
        let Some(question) = offered.get(index).map(|asked| asked.question) else { return Ok(answers) };
        answers = ask(template, answers, question, prompter)?;
    }
}

fn is_open(template: &Template, answers: &Answers, question: &Question) -> bool {
    answers.get(question.key()).is_none() && Reader::new(template, answers).applies(question)
}

/// Every question that applies and was not answered by a flag or a file, with its value.
fn offered<'a>(template: &'a Template, answers: &Answers) -> Vec<Asked<'a>> {
    let reader = Reader::new(template, answers);
    let free = |question: &&Question| {
        matches!(answers.source(question.key()), None | Some(Source::Prompt | Source::Default | Source::Detected))
    };
    let questions = template.questions().iter().filter(|question| reader.applies(question)).filter(free);
    questions.map(|question| asked(&reader, question)).collect()
}

fn asked<'a>(reader: &Reader<'_>, question: &'a Question) -> Asked<'a> {
    Asked { question, current: reader.value(question), required: reader.is_required(question) }
}

fn ask(
    template: &Template,
    mut answers: Answers,
    question: &Question,
    prompter: &mut dyn Prompter,
) -> Result<Answers, Cancelled> {
    let asked = asked(&Reader::new(template, &answers), question);
    match prompter.ask(&asked)? {
        Some(value) if Some(&value) != asked.current.as_ref() => answers.insert(question.key(), value, Source::Prompt),
        Some(_) => {}
        None => answers.remove(question.key()),
    }
    Ok(answers)
}

impl Reader<'_> {
    /// Whether the template cannot do without an answer to this question.
    pub(super) fn is_required(&self, question: &Question) -> bool {
        let mut needs = self.template.requirements().iter().filter(|needed| needed.key == question.key());
        needs.any(|needed| self.holds(&needed.when))
    }
}
