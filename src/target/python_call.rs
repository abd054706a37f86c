//! How generated Python imports a function and passes on what it got.

use super::{Refusal, Subject};
use crate::app::callable::{Argument, Callable, Input, Kind, Output, Passed, Picture, Shape};
use crate::facts::python::KEYWORDS;
use crate::facts::python_modules::STANDARD;
use crate::formats::python::{Literal, docstring, quoted};

/// The lines that bind a name to a function, in a method: its module is imported there, and not before.
///
/// # Errors
/// If the module would be shadowed by one of the platform.
pub(super) fn binding(
    subject: &Subject<'_>,
    callable: &Callable,
    bound: &str,
    shadows: &[&str],
) -> Result<Vec<String>, Refusal> {
    binding_of(subject, &callable.file, &callable.name, bound, shadows)
}

/// The same for any name of a file.
pub(super) fn binding_of(
    subject: &Subject<'_>,
    file: &str,
    name: &str,
    bound: &str,
    shadows: &[&str],
) -> Result<Vec<String>, Refusal> {
    let (root, module) = subject.functions.module(&subject.app.file, file).unwrap_or_default();
    let first = module.split('.').next().unwrap_or_default();
    if shadows.contains(&first) {
        let reason = format!("`{file}` has the name of a package that the platform's file imports");
        return Err(Refusal::new(reason, "rename the file"));
    }
    if STANDARD.contains(&first) {
        let reason = format!("`{file}` has the name of a module of Python, which an import would find instead of it");
        return Err(Refusal::new(reason, "rename the file"));
    }
    let mut lines = Vec::new();
    if !root.is_empty() {
        lines.push(format!("sys.path.insert(0, str(pathlib.Path(__file__).parent / {}))", quoted(&root)));
    }
    if module.split('.').all(is_identifier) {
        lines.push(format!("import {module}"));
        lines.push(String::new());
        lines.push(format!("{bound} = {module}.{name}"));
    } else {
        lines.push(format!("module = importlib.import_module({})", quoted(&module)));
        lines.push(format!("{bound} = module.{name}"));
    }
    Ok(lines)
}

/// The modules that the lines of [`binding`] use.
pub(super) fn modules_of_binding(lines: &[String]) -> Vec<&'static str> {
    let uses = |word: &str| lines.iter().any(|line| line.contains(word));
    ["importlib", "pathlib", "sys"].into_iter().filter(|module| uses(&format!("{module}."))).collect()
}

fn is_identifier(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with(|char: char| char.is_ascii_digit())
        && part.chars().all(|char| char == '_' || char.is_alphanumeric())
        && !KEYWORDS.contains(&part)
}

/// The arguments of the call, each converted from what the platform gives.
pub(super) fn arguments(callable: &Callable, convert: impl Fn(&Input) -> String) -> String {
    let mut by_name = false;
    let arguments = callable.arguments.iter().map(|argument| match argument {
        Argument::NoMessages { name } if by_name => format!("{name}=[]"),
        Argument::NoMessages { .. } => "[]".to_owned(),
        Argument::Input(input) => {
            by_name |= input.by_name;
            let value = convert(input);
            if by_name { format!("{}={value}", input.name) } else { value }
        }
    });
    arguments.collect::<Vec<_>>().join(", ")
}

/// Refuses names of parameters that a method cannot have.
pub(super) fn refuse_names(callable: &Callable) -> Result<(), Refusal> {
    let is_taken = |input: &&Input| input.name == "self" || input.name.starts_with("__");
    match super::inputs(callable).find(is_taken) {
        Some(input) => {
            let reason = format!("`{}` has a parameter `{}`, which a method cannot have", callable.name, input.name);
            Err(Refusal::new(reason, "rename the parameter"))
        }
        None => Ok(()),
    }
}

/// The docstring of a method.
pub(super) fn about(callable: &Callable) -> String {
    match &callable.about {
        Some(about) => docstring(about),
        None => docstring(&format!("Call `{}` of `{}`.", callable.name, callable.file)),
    }
}

/// The annotation of a result that JSON can hold, as the function has it, if everybody can read it: of plain types alone.
pub(super) fn plain_annotation(callable: &Callable) -> Option<String> {
    let text = callable.returns.as_deref()?.trim().trim_matches(['"', '\'']);
    let is_plain = |word: &str| {
        word.is_empty() || matches!(word, "str" | "int" | "float" | "bool" | "dict" | "list" | "None" | "Any")
    };
    let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_' || char == '.'));
    let is_whole = !text.contains(['"', '\'', '(', '{', '\n']);
    (is_whole && words.clone().all(is_plain) && !text.contains("None") && !text.contains("Any"))
        .then(|| text.to_owned())
}

/// Whether a value of some shape is written as a file.
pub(super) fn is_file(shape: Shape) -> bool {
    matches!(shape, Shape::Picture | Shape::Pictures | Shape::Sound | Shape::File | Shape::Files)
}

/// The shapes of an output.
pub(super) fn shapes(output: &Output) -> Vec<Shape> {
    match output {
        Output::One(shape) => vec![*shape],
        Output::Several(several) => several.iter().map(|(_, shape)| *shape).collect(),
    }
}

/// Whether a function takes a picture in some form.
pub(super) fn takes_picture(callable: &Callable, form: Picture) -> bool {
    super::inputs(callable).any(|input| input.kind == Kind::Picture(form))
}

/// Whether a function takes the path of a file that has itself as its name.
pub(super) fn takes_named(callable: &Callable) -> bool {
    super::inputs(callable).any(|input| input.kind == Kind::File(Passed::Named))
}

/// Whether a function gives a value of some shape.
pub(super) fn gives(callable: &Callable, shape: Shape) -> bool {
    shapes(&callable.output).contains(&shape)
}

/// Whether a function gives pictures.
pub(super) fn gives_pictures(callable: &Callable) -> bool {
    gives(callable, Shape::Picture) || gives(callable, Shape::Pictures)
}

/// The statements that return the last result of a generator, which is what a page shows in the end.
pub(super) fn last(callable: &Callable, name: &str, call: &str, converted: &str) -> Vec<String> {
    let each = if callable.is_async { "async for" } else { "for" };
    let lines = [format!("{name} = None"), format!("{each} {name} in {call}:"), "    pass".to_owned()];
    lines.into_iter().chain([format!("return {converted}")]).collect()
}

/// What a person should know of [`last`].
pub(super) fn about_last(callable: &Callable) -> String {
    format!(
        "`{}` gives its result in several steps: a call returns the last one, which the page shows in the end",
        callable.name
    )
}

/// The names that the bodies of methods use, other than parameters.
const USED: [&str; 13] = [
    "Image",
    "Named",
    "Output",
    "Path",
    "array_of",
    "copied",
    "data_url",
    "file_of",
    "int",
    "pathlib",
    "picture_of",
    "recorded",
    "str",
];

/// A name as the body of a method uses it: where a parameter has it too, by another name, which [`aliases`] defines.
pub(super) fn called(callable: &Callable, name: &str) -> String {
    let mut called = name.to_owned();
    while super::inputs(callable).any(|input| input.name == called) {
        called.push('_');
    }
    called
}

/// The other names that statements use, each with what it stands for.
pub(super) fn aliases(callable: &Callable, statements: &[String]) -> Vec<(String, &'static str)> {
    let names = USED.into_iter().map(|name| (called(callable, name), name)).filter(|(called, name)| called != name);
    names
        .filter(|(called, _)| {
            statements.iter().any(|line| line.contains(&format!("{called}(")) || line.contains(&format!("{called}.")))
        })
        .collect()
}

/// A conversion of a value that may be missing.
pub(super) fn unless_missing(input: &Input, converted: String) -> String {
    match &input.default {
        Some(Literal::None) if converted.contains(" if ") => {
            format!("({converted}) if {} is not None else None", input.name)
        }
        Some(Literal::None) if converted != input.name => {
            format!("{converted} if {} is not None else None", input.name)
        }
        _ => converted,
    }
}

/// A value that is passed on as it is, but for a number that the page would give as an `int` where it is whole.
pub(super) fn narrowed(callable: &Callable, input: &Input) -> String {
    let name = &input.name;
    if input.narrows {
        format!("{}({name}) if {name} % 1 == 0 else {name}", called(callable, "int"))
    } else {
        name.clone()
    }
}

/// The conversion of a picture into the mode in which Gradio gives it to the function.
pub(super) fn in_mode(input: &Input, picture: &str) -> String {
    match &input.mode {
        Some(mode) => format!("{picture}.convert({})", quoted(mode)),
        None => picture.to_owned(),
    }
}

/// A text of a function that does not say that it returns one.
pub(super) fn as_text(callable: &Callable, shape: Shape, value: &str) -> String {
    let is_stated = callable.returns.as_deref().is_some_and(|text| text.trim().trim_matches(['"', '\'']) == "str");
    if shape == Shape::Text && !is_stated { format!("{}({value})", called(callable, "str")) } else { value.to_owned() }
}
