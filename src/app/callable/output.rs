//! What a function returns: by its annotation, or by the components that show it.

use super::component::Made;
use super::{Output, Shape};
use crate::facts::gradio_components::Takes;
use crate::facts::python::KEYWORDS;
use crate::formats::python::{Function, Source};

/// The output that components show.
pub(super) fn output(function: &Function<'_>, components: &[Made<'_>]) -> Result<Output, String> {
    match components {
        [] => Err("nothing shows what it returns".to_owned()),
        [made] => {
            let by_component = shape(made)?;
            Ok(Output::One(narrowed(by_component, function.returns)))
        }
        several => {
            let shapes = several.iter().map(shape).collect::<Result<Vec<_>, _>>()?;
            Ok(Output::Several(names(several).into_iter().zip(shapes).collect()))
        }
    }
}

fn shape(made: &Made<'_>) -> Result<Shape, String> {
    Ok(match made.takes() {
        Takes::Text => Shape::Text,
        Takes::Number => Shape::Number,
        Takes::Boolean => Shape::Boolean,
        Takes::Json => Shape::Json,
        Takes::Picture => Shape::Picture,
        Takes::Pictures => Shape::Pictures,
        Takes::Sound => Shape::Sound,
        Takes::File if made.text("file_count").is_some_and(|count| count != "single") => Shape::Files,
        Takes::File => Shape::File,
        Takes::Files => Shape::Files,
        Takes::Nothing(why) => return Err(format!("it returns a `{}`: {why}", made.class)),
    })
}

/// What a component shows, where an annotation says more of it.
fn narrowed(shown: Shape, annotation: Option<&str>) -> Shape {
    let stated = annotation.and_then(Shape::annotated);
    match (shown, stated) {
        (Shape::Sound, Some(Shape::Text | Shape::File)) => Shape::File,
        (Shape::File, Some(Shape::Json)) => Shape::Files,
        (Shape::Picture | Shape::Pictures | Shape::Sound | Shape::File | Shape::Files, _)
        | (_, Some(Shape::Picture | Shape::File) | None) => shown,
        (_, Some(stated)) => stated,
    }
}

/// A name for each output: from its label, else by its number.
fn names(components: &[Made<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (index, made) in components.iter().enumerate() {
        let label = made.label().map(|label| identifier(&label)).filter(|name| !name.is_empty());
        let name = label.filter(|name| !names.contains(name)).unwrap_or_else(|| format!("output_{}", index + 1));
        names.push(name);
    }
    names
}

/// A label as a name in Python: lower case, ASCII, with `_`.
fn identifier(label: &str) -> String {
    let mut name = String::new();
    for char in label.chars().flat_map(char::to_lowercase) {
        if char.is_ascii_alphanumeric() {
            name.push(char);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    let is_no_name = name.starts_with(|char: char| char.is_ascii_digit()) || KEYWORDS.contains(&name);
    if is_no_name { format!("output_{name}") } else { name.to_owned() }
}

/// The output of a function of which only the annotation is known.
pub(super) fn by_annotation(source: &Source<'_>, function: &Function<'_>) -> Result<Output, String> {
    let _ = source;
    match function.returns {
        Some(text) => Shape::annotated(text)
            .map(Output::One)
            .ok_or_else(|| format!("it returns `{text}`, which is neither text, number, JSON, picture nor file")),
        None => Err("its result has no annotation".to_owned()),
    }
}
