//! Asks the open questions in order, goes back where the person wishes, and then offers the others.

use std::collections::BTreeSet;

use super::answers::{Answers, Source};
use super::defaults;
use super::manifest::Manifest;
use super::prompter::{Asked, Cancelled, Prompter, Reply};
use super::question::Question;
use super::raw::Raw;
use super::reader::Reader;
use crate::order;

/// Asks the questions that a template asks everyone and that have no answer yet, and the required ones. None if the person
/// goes back from the first of them, to a question before it (`can_go_back`).
///
/// `typed` has what the person typed before going back, also with other templates. It is proposed, and kept up to date.
///
/// # Errors
/// If the person stops.
pub fn ask_open(
    template: &Manifest,
    mut answers: Answers,
    typed: &mut Answers,
    can_go_back: bool,
    prompter: &mut dyn Prompter,
) -> Result<Option<Answers>, Cancelled> {
    // The questions that were asked, each with the answers before it
    let mut before: Vec<(usize, Answers)> = Vec::new();
    while let Some(index) = next_open(template, &answers, before.last().map_or(0, |(last, _)| last + 1)) {
        let question = &template.questions()[index];
        let can_go_back = can_go_back || !before.is_empty();
        let proposed = typed.get(question.key()).filter(|value| question.check(value).is_ok()).cloned();
        match ask(template, &answers, Next { question, proposed, can_go_back }, prompter)? {
            Some(answered) => {
                match answered.get(question.key()).filter(|_| answered.source(question.key()) == Some(Source::Prompt)) {
                    Some(value) => typed.insert(question.key(), value.clone(), Source::Prompt),
                    // A default can be another one the next time
                    None => typed.remove(question.key()),
                }
                before.push((index, std::mem::replace(&mut answers, answered)));
            }
            None => {
                let Some((_, earlier)) = before.pop() else { return Ok(None) };
                answers = earlier;
            }
        }
    }
    Ok(Some(answers))
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
        // To go back is to leave the answer as it is
        let next = Next { question, proposed: None, can_go_back: true };
        if let Some(answered) = ask(template, &answers, next, prompter)? {
            answers = answered;
        }
    }
}

impl Answers {
    /// The answers that have an effect with a template, and the others: the template has no such question, or it does not apply.
    #[must_use]
    pub fn by_effect(self, template: &Manifest) -> (Self, Self) {
        let (mut counting, mut others) = (self, Self::new());
        loop {
            let reader = Reader::new(template, &counting);
            let applies = |key: &str| template.question(key).is_some_and(|question| reader.applies(question));
            let keys: BTreeSet<String> = order::set(counting.keys().filter(|key| applies(key)).map(str::to_owned));
            if keys.len() == counting.keys().count() {
                return (counting, others);
            }
            let (kept, left) = counting.partition(|key, _| keys.contains(key));
            (counting, others) = (kept, others.over(left));
        }
    }
}

/// The first question from an index on that has to be asked.
fn next_open(template: &Manifest, answers: &Answers, from: usize) -> Option<usize> {
    let questions = template.questions().iter().enumerate().skip(from);
    let reader = Reader::new(template, answers);
    let mut open = questions.filter(|(_, question)| {
        let is_open = answers.get(question.key()).is_none() && reader.applies(question);
        let is_asked = question.is_asked() && !defaults::is_settled(question, template, answers);
        is_open && (is_asked || reader.is_required(question))
    });
    open.next().map(|(index, _)| index)
}

/// Every question that applies, with its value.
fn offered<'a>(template: &'a Manifest, answers: &Answers) -> Vec<Asked<'a>> {
    let reader = Reader::new(template, answers);
    let questions = template.questions().iter().filter(|question| question.offered && reader.applies(question));
    questions.map(|question| asked(&reader, question, true)).collect()
}

fn asked<'a>(reader: &Reader<'_>, question: &'a Question, can_go_back: bool) -> Asked<'a> {
    let has_default = defaults::default(question, reader.template, reader.answers).is_some();
    let required = reader.is_required(question);
    let suggestions = question.suggest.map(|suggest| suggest(reader.template, reader.answers));
    Asked {
        question,
        current: reader.value(question),
        required,
        optional: !required && !has_default,
        can_go_back,
        suggestions: suggestions.unwrap_or_default(),
    }
}

/// The next question.
struct Next<'a> {
    question: &'a Question,
    /// What was answered before going back.
    proposed: Option<Raw>,
    can_go_back: bool,
}

/// The answers with one more. None if the person goes back.
fn ask(
    template: &Manifest,
    answers: &Answers,
    next: Next<'_>,
    prompter: &mut dyn Prompter,
) -> Result<Option<Answers>, Cancelled> {
    let Next { question, proposed, can_go_back } = next;
    let mut asked = asked(&Reader::new(template, answers), question, can_go_back);
    let value = asked.current.clone();
    asked.current = proposed.or(asked.current);
    let mut answered = answers.clone();
    loop {
        match prompter.ask(&asked)? {
            Reply::Answer(new) if Some(&new) != value.as_ref() => {
                answered.insert(question.key(), new, Source::Prompt);
            }
            // The value stays; a default now counts as an answer.
            Reply::Answer(same) if answers.get(question.key()).is_none() => {
                answered.insert(question.key(), same, Source::Default);
            }
            Reply::Answer(_) => {}
            Reply::Nothing => answered.remove(question.key()),
            Reply::Back if can_go_back => return Ok(None),
            Reply::Back => continue,
        }
        return Ok(Some(answered));
    }
}

impl Reader<'_> {
    /// Whether the template requires an answer to this question.
    pub(super) fn is_required(&self, question: &Question) -> bool {
        let mut needs = self.template.requirements().iter().filter(|needed| needed.key == question.key());
        needs.any(|needed| self.holds(&needed.when))
    }
}
