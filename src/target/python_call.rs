//! How generated Python imports a function and passes on what it got.

use super::{Refusal, Subject};
use crate::app::callable::{Argument, Callable, Input, Kind, Output, Picture, Shape};
use crate::formats::python::{docstring, quoted};

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
    const KEYWORDS: [&str; 35] = [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
        "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
        "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ];
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
    let text = callable.returns.as_deref()?.trim();
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
    matches!(shape, Shape::Picture | Shape::Pictures | Shape::File)
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

/// Whether a function gives pictures.
pub(super) fn gives_pictures(callable: &Callable) -> bool {
    shapes(&callable.output).iter().any(|shape| matches!(shape, Shape::Picture | Shape::Pictures))
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
    let is_stated = callable.returns.as_deref().is_some_and(|text| text.trim() == "str");
    if shape == Shape::Text && !is_stated { format!("str({value})") } else { value.to_owned() }
}
