//! The components of Gradio that stand at the inputs and outputs of a function.

use super::names::Place;
use crate::facts::gradio_components::{self as facts, Component, Gives, Takes};
use crate::formats::python::{Argument, Literal, Source, Value, items};

/// A component as the code makes it.
#[derive(Debug)]
pub(super) struct Made<'t> {
    pub(super) row: &'static Component,
    /// Its class, as written.
    pub(super) class: String,
    arguments: Vec<Argument<'t>>,
    /// Where it is made.
    place: Place<'t>,
}

/// The components of a list, or a single one. A text says why they are not known.
pub(super) fn all<'t>(place: Place<'t>, value: Option<&Value<'t>>) -> Result<Vec<Made<'t>>, String> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let (place, value) = place.followed(value);
    match value {
        Value::Name("None") => Ok(Vec::new()),
        Value::Expression(text) => match items(text) {
            Some(values) => values.iter().map(|value| one(place, value)).collect(),
            None if text.starts_with('{') => {
                Err("its inputs are a set, so the function gets them in one dictionary".to_owned())
            }
            None => Err(format!("`{}` is not a list of components written out in the source", short(text))),
        },
        value => one(place, &value).map(|made| vec![made]),
    }
}

fn one<'t>(place: Place<'t>, value: &Value<'t>) -> Result<Made<'t>, String> {
    let (place, value) = place.followed(value);
    let (class, text) = match value {
        Value::Text(name) => (name.into_owned(), None),
        Value::Call(path, text) => (path, Some(text)),
        other => return Err(format!("`{}` is not a component written out in the source", short(&shown(&other)))),
    };
    let path = place.file.source.resolved(&class);
    let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
    let is_gradio = text.is_none() || path.starts_with("gradio.");
    let row = facts::component(&name).filter(|_| is_gradio);
    let row = row.ok_or_else(|| format!("`{}` is not a known component", short(&class)))?;
    let arguments = text.map(arguments_of).unwrap_or_default();
    let written = text.and_then(|text| text.split('(').next()).map(|class| class.trim().to_owned());
    Ok(Made { row, class: written.unwrap_or(name), arguments, place })
}

/// The arguments of the call that a text is.
fn arguments_of(text: &str) -> Vec<Argument<'_>> {
    Source::read(text).calls.into_iter().next().map(|call| call.arguments).unwrap_or_default()
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Name(text) | Value::Number(text) | Value::Expression(text) | Value::Call(_, text) => (*text).to_owned(),
        Value::Text(text) => text.clone().into_owned(),
        Value::Boolean(value) => value.to_string(),
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 && line.len() == text.len() {
        return line.to_owned();
    }
    line.chars().take(40).chain("..".chars()).collect()
}

impl<'t> Made<'t> {
    /// The names of its arguments by position.
    fn positions(&self) -> &'static [&'static str] {
        match self.row.gives {
            Gives::Slider => &["minimum", "maximum", "value", "step"],
            Gives::Choice | Gives::Choices => &["choices", "value"],
            _ => &["value"],
        }
    }

    /// An argument.
    fn argument(&self, name: &str) -> Option<&Value<'t>> {
        let by_name = self.arguments.iter().find(|argument| argument.name == Some(name));
        let by_position = || {
            let index = self.positions().iter().position(|known| *known == name)?;
            self.arguments.iter().filter(|argument| argument.name.is_none()).nth(index)
        };
        by_name.or_else(by_position).map(|argument| &argument.value)
    }

    /// A literal argument, or a constant of the file; `None` counts as none.
    pub(super) fn literal(&self, name: &str) -> Option<Literal> {
        self.place.literal(self.argument(name)?).filter(|literal| *literal != Literal::None)
    }

    /// Whether an argument is given as `None`.
    pub(super) fn is_none(&self, name: &str) -> bool {
        self.argument(name) == Some(&Value::Name("None"))
    }

    /// Whether an argument is given and is not a literal.
    pub(super) fn is_computed(&self, name: &str) -> bool {
        self.argument(name).is_some_and(|value| *value != Value::Name("None")) && self.literal(name).is_none()
    }

    /// The text of an argument.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.literal(name)?.as_text().map(str::to_owned).filter(|text| !text.trim().is_empty())
    }

    /// What it is called on the page.
    pub(super) fn label(&self) -> Option<String> {
        self.text("label")
    }

    /// Whether it has a value from which no other follows: a literal `True`.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.literal(name) == Some(Literal::Boolean(true))
    }

    /// A limit of its number, if it is known.
    pub(super) fn limit(&self, name: &str) -> Option<Literal> {
        let default = if name == "minimum" { "0" } else { "100" };
        let is_open = self.gives() == Gives::Slider && !self.is_computed(name);
        let known = self.literal(name).filter(|value| value.number().is_some());
        known.or_else(|| is_open.then(|| Literal::Number(default.to_owned())))
    }

    /// Whether its number is whole: by `precision`, or by the step of a slider.
    pub(super) fn is_whole(&self) -> bool {
        if let (Gives::Number, precision) | (_, precision @ Some(_)) = (self.gives(), self.literal("precision")) {
            return precision.is_some_and(|value| value.number() == Some(0.0));
        }
        let can_be = |name: &str| self.literal(name).is_none_or(|value| value.is_whole());
        let steps_by_whole = match self.literal("step") {
            Some(step) => step.is_whole(),
            None if self.is_computed("step") => false,
            // Gradio takes a hundredth of the range, rounded down to a power of ten
            None => {
                let limit = |name: &str| self.limit(name).as_ref().and_then(Literal::number);
                limit("maximum").zip(limit("minimum")).is_some_and(|(most, least)| most - least >= 100.0)
            }
        };
        steps_by_whole && ["minimum", "maximum", "value"].into_iter().all(can_be)
    }

    /// What it gives to a function.
    pub(super) fn gives(&self) -> Gives {
        self.row.gives
    }

    /// What it takes from one.
    pub(super) fn takes(&self) -> Takes {
        self.row.takes
    }
}
