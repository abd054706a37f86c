//! What would be made, before it is: for a person who is about to agree.

use super::text::headline;
use super::wrap::wrap_to;
use super::{Made, Printable};
use crate::answers::{Answers, Question, Source};
use crate::target::plan_to_say;

/// A planned Space, with the answers that were asked for or given, in lines of a width.
#[must_use]
pub fn summary_text(made: &Made<'_>, answers: &Answers, width: usize) -> Printable {
    let mut text = Printable::new();
    text.blank();
    headline(made, width, &mut text);
    let is_said = |question: &&Question| {
        question.is_asked() || answers.source(question.key()).is_some_and(|source| source > Source::Default)
    };
    let said = made.template.questions().iter().filter(is_said);
    let mut rows: Vec<(&str, String)> = said
        .filter_map(|question| Some((short(question.prompt()), question.as_typed(&made.spec.answer(question.key())?))))
        .collect();
    rows.extend(plan_to_say(made.spec).map(|plan| ("Needs", plan.to_owned())));
    let column = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(width / 2);
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let name = name.chars().take(column).collect::<String>();
        wrap_to(&mut text, &format!("  {name:column$}  "), &format!("  {:column$}  ", ""), value, width);
    }
    text
}

/// A prompt without what it explains.
fn short(prompt: &str) -> &str {
    prompt.split_once(" (").map_or(prompt, |(name, _)| name)
}
