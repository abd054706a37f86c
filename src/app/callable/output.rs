//! What a function returns: by its annotation, or by the components that show it.

use super::component::Made;
use super::{Output, Shape};
use crate::facts::gradio_components::Takes;
use crate::formats::python::{Function, Source};

/// The output that components show.
pub(super) fn output(function: &Function<'_>, components: &[Made<'_>]) -> Result<Output, String> {
    match components {
        [] => Err("nothing shows what it returns".to_owned()),
        [made] => {
            let by_component = shape(made)?;
            let stated = function.returns.and_then(annotated).filter(|stated| goes_with(*stated, by_component));
            Ok(Output::One(stated.unwrap_or(by_component)))
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
        Takes::File => Shape::File,
        Takes::Nothing(why) => return Err(format!("it returns a `{}`: {why}", made.class)),
    })
}

/// Whether an annotation says more of a value than the component that shows it.
fn goes_with(stated: Shape, shown: Shape) -> bool {
    match shown {
        Shape::Picture | Shape::Pictures | Shape::File => false,
        Shape::Text | Shape::Number | Shape::Boolean | Shape::Json | Shape::Whole => {
            !matches!(stated, Shape::Picture | Shape::Pictures | Shape::File)
        }
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
    if name.starts_with(|char: char| char.is_ascii_digit()) { format!("output_{name}") } else { name.to_owned() }
}

/// What an annotation says.
fn annotated(text: &str) -> Option<Shape> {
    Some(match text.trim().trim_matches(['"', '\'']) {
        "str" => Shape::Text,
        "int" => Shape::Whole,
        "float" => Shape::Number,
        "bool" => Shape::Boolean,
        "dict" | "list" => Shape::Json,
        "Path" | "pathlib.Path" => Shape::File,
        "Image.Image" | "PIL.Image.Image" => Shape::Picture,
        other if ["dict[", "list[", "Dict[", "List["].iter().any(|start| other.starts_with(start)) => Shape::Json,
        _ => return None,
    })
}

/// The output of a function of which only the annotation is known.
pub(super) fn by_annotation(source: &Source<'_>, function: &Function<'_>) -> Result<Output, String> {
    let _ = source;
    match function.returns {
        Some(text) => {
            let shape = annotated(text);
            shape
                .map(Output::One)
                .ok_or_else(|| format!("it returns `{text}`, which is neither text, number, JSON, picture nor file"))
        }
        None => Err("its result has no annotation".to_owned()),
    }
}
