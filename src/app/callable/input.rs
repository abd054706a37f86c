//! What a parameter gets: from the component at its place, from its annotation, from its default.

use super::component::Made;
use super::{Argument, Input, Kind, Picture};
use crate::facts::gradio_components::{FILLED_IN, Gives};
use crate::formats::python::{Function, Literal, Parameter, ParameterKind, Source, Value};

/// Whether Gradio fills a parameter in by itself: `progress=gr.Progress()`, `profile: gr.OAuthProfile | None`.
pub(super) fn is_filled_in(source: &Source<'_>, parameter: &Parameter<'_>) -> bool {
    filled_in(source, parameter).is_some()
}

/// The type that Gradio fills in.
fn filled_in(source: &Source<'_>, parameter: &Parameter<'_>) -> Option<&'static str> {
    let of_default = match &parameter.default {
        Some(Value::Call(path, _)) => source.resolved(path),
        _ => String::new(),
    };
    let annotation = parameter.annotation.unwrap_or_default();
    FILLED_IN.iter().copied().find(|name| {
        let is_type = |text: &str| {
            let path = source.resolved(text.trim().trim_matches(['"', '\'']));
            path.starts_with("gradio.") && path.rsplit('.').next() == Some(name)
        };
        is_type(&of_default) || annotation.split('|').any(is_type)
    })
}

/// The arguments of a function that gets its values from components.
pub(super) fn arguments(
    source: &Source<'_>,
    function: &Function<'_>,
    components: &[Made<'_>],
) -> Result<Vec<Argument>, String> {
    let docs = super::function::parameter_docs(function);
    let mut components = components.iter();
    let mut arguments = Vec::new();
    let mut skipped = false;
    for parameter in &function.parameters {
        if parameter.kind == ParameterKind::Rest {
            return Err(format!("`{}` takes any number of arguments (`*{}`)", function.name, parameter.name));
        }
        if let Some(kind) = filled_in(source, parameter) {
            // Only for those with a default is there a value outside of a page
            if parameter.default.is_none() {
                return Err(format!("`{}` needs a `{kind}`, which Gradio alone can give it", parameter.name));
            }
            skipped = true;
            continue;
        }
        let Some(made) = components.next() else {
            if parameter.default.is_none() {
                return Err(format!("nothing is passed to its parameter `{}`", parameter.name));
            }
            skipped = true;
            continue;
        };
        let mut input = of_component(parameter, made)?;
        input.about = input.about.or_else(|| docs.get(parameter.name).cloned());
        input.by_name = skipped || parameter.kind == ParameterKind::Keyword;
        arguments.push(Argument::Input(input));
    }
    if components.next().is_some() {
        return Err(format!("it is given more values than `{}` has parameters", function.name));
    }
    Ok(arguments)
}

/// What a caller gives in place of a component.
fn of_component(parameter: &Parameter<'_>, made: &Made<'_>) -> Result<Input, String> {
    let kind = kind(parameter, made)?;
    let (mut least, mut most, mut choices) = (None, None, Vec::new());
    if matches!(made.gives(), Gives::Slider | Gives::Number) && matches!(kind, Kind::Whole | Kind::Number) {
        let number = |name: &str| made.literal(name).filter(|value| matches!(value, Literal::Number(_)));
        (least, most) = (number("minimum"), number("maximum"));
        if made.gives() == Gives::Slider {
            let default = |value: &str| Some(Literal::Number(value.to_owned()));
            let is_open = |name: &str| !made.is_computed(name);
            least = least.or_else(|| default("0").filter(|_| is_open("minimum")));
            most = most.or_else(|| default("100").filter(|_| is_open("maximum")));
        }
    }
    if made.gives() == Gives::Choice && !made.is_true("allow_custom_value") {
        choices = choices_of(made);
    }
    let of_component = made.literal("value").filter(|value| fits(value, kind));
    let default = of_component.or_else(|| parameter.default.as_ref().and_then(Literal::of));
    let about = match (made.label(), made.text("info")) {
        (Some(label), Some(info)) => Some(format!("{label}: {info}")),
        (label, info) => label.or(info),
    };
    let is_picture = matches!(kind, Kind::Picture(_)) && !made.is_none("image_mode");
    let image_mode = is_picture.then(|| made.text("image_mode").unwrap_or_else(|| "RGB".to_owned()));
    Ok(Input {
        name: parameter.name.to_owned(),
        by_name: false,
        kind,
        about,
        default,
        least,
        most,
        choices,
        mode: image_mode,
    })
}

/// The values of a list of choices, which may be pairs of a label and a value.
fn choices_of(made: &Made<'_>) -> Vec<Literal> {
    let Some(Literal::List(items)) = made.literal("choices") else { return Vec::new() };
    let value = |item: Literal| match item {
        Literal::List(mut pair) if pair.len() == 2 => pair.pop(),
        Literal::List(_) => None,
        item => Some(item),
    };
    items.into_iter().map(value).collect::<Option<_>>().unwrap_or_default()
}

fn kind(parameter: &Parameter<'_>, made: &Made<'_>) -> Result<Kind, String> {
    let class = &made.class;
    let number_type = || {
        let is_whole = |name: &str| made.literal(name).is_some_and(|value| value.is_whole());
        let whole = ["minimum", "maximum", "value", "step"].into_iter().all(is_whole);
        if made.gives() == Gives::Slider && whole { Kind::Whole } else { Kind::Number }
    };
    let kind = match made.gives() {
        Gives::Nothing(why) => {
            return Err(format!("its parameter `{}` is a `{class}`: {why}", parameter.name));
        }
        Gives::Text => Kind::Text,
        Gives::Number | Gives::Slider => number_type(),
        Gives::Boolean => Kind::Boolean,
        Gives::Choice if made.is_true("multiselect") => Kind::Texts,
        Gives::Choice | Gives::Choices if made.text("type").as_deref() == Some("index") => {
            return Err(format!("its parameter `{}` gets the index of a choice, and not the choice", parameter.name));
        }
        Gives::Choice => match choices_of(made).first() {
            Some(value) if value.is_whole() => Kind::Whole,
            Some(Literal::Number(_)) => Kind::Number,
            _ => Kind::Text,
        },
        Gives::Choices => Kind::Texts,
        Gives::Json | Gives::Messages => Kind::Json,
        Gives::Picture => Kind::Picture(match made.text("type").as_deref() {
            None | Some("numpy") if !made.is_computed("type") => Picture::Array,
            Some("pil") => Picture::Pillow,
            Some("filepath") => Picture::Path,
            _ => return Err(format!("the type of the picture for its parameter `{}` is not known", parameter.name)),
        }),
        Gives::File { by_default } => match made.text("type").as_deref() {
            _ if made.text("file_count").is_some_and(|count| count != "single") => {
                return Err(format!("its parameter `{}` takes several files", parameter.name));
            }
            None if by_default && !made.is_computed("type") => of_path(parameter),
            Some("filepath") => of_path(parameter),
            _ => {
                return Err(format!(
                    "its parameter `{}` gets the content of a `{class}`, and not a file: give it `type=\"filepath\"`",
                    parameter.name
                ));
            }
        },
    };
    Ok(match (annotated(parameter.annotation), kind) {
        (
            Some(stated @ (Kind::Text | Kind::Whole | Kind::Number | Kind::Boolean)),
            Kind::Text | Kind::Whole | Kind::Number | Kind::Boolean,
        ) => stated,
        (_, kind) => kind,
    })
}

fn of_path(parameter: &Parameter<'_>) -> Kind {
    Kind::File { as_path: matches!(annotated(parameter.annotation), Some(Kind::File { as_path: true })) }
}

/// What an annotation says, if it is one of the types that a caller can give.
fn annotated(annotation: Option<&str>) -> Option<Kind> {
    let text = annotation?.trim().trim_matches(['"', '\'']);
    let text =
        text.strip_suffix("| None").or_else(|| text.strip_prefix("Optional[")?.strip_suffix(']')).unwrap_or(text);
    Some(match text.trim() {
        "str" => Kind::Text,
        "int" => Kind::Whole,
        "float" => Kind::Number,
        "bool" => Kind::Boolean,
        "Path" | "pathlib.Path" => Kind::File { as_path: true },
        "Image.Image" | "PIL.Image.Image" => Kind::Picture(Picture::Pillow),
        "list[str]" | "List[str]" => Kind::Texts,
        "dict" | "list" => Kind::Json,
        other if other.starts_with("dict[") || other.starts_with("Dict[") => Kind::Json,
        _ => return None,
    })
}

/// Whether a value is one of a type.
fn fits(value: &Literal, kind: Kind) -> bool {
    match kind {
        Kind::Text => matches!(value, Literal::Text(_)),
        Kind::Whole => value.is_whole(),
        Kind::Number => matches!(value, Literal::Number(_)),
        Kind::Boolean => matches!(value, Literal::Boolean(_)),
        Kind::Texts => matches!(value, Literal::List(items) if items.iter().all(|item| item.as_text().is_some())),
        Kind::Picture(_) | Kind::File { .. } | Kind::Json => false,
    }
}

impl Input {
    /// An input of which nothing more is known.
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        let (about, default, least, most, choices, mode) = (None, None, None, None, Vec::new(), None);
        Self { name: name.to_owned(), by_name: false, kind, about, default, least, most, choices, mode }
    }
}

/// What a caller gives to a parameter of which only the annotation is known.
pub(super) fn by_annotation(source: &Source<'_>, parameter: &Parameter<'_>) -> Result<Argument, String> {
    let _ = source;
    let name = parameter.name;
    if parameter.kind == ParameterKind::Rest {
        return Err(format!("it takes any number of arguments (`*{name}`)"));
    }
    let default = parameter.default.as_ref().and_then(Literal::of);
    let by_default = match &default {
        Some(Literal::Text(_)) => Some(Kind::Text),
        Some(Literal::Boolean(_)) => Some(Kind::Boolean),
        Some(value @ Literal::Number(_)) => Some(if value.is_whole() { Kind::Whole } else { Kind::Number }),
        _ => None,
    };
    let kind = annotated(parameter.annotation).or(by_default.filter(|_| parameter.annotation.is_none()));
    let kind = kind.ok_or_else(|| match parameter.annotation {
        Some(annotation) => format!("a caller cannot give the `{annotation}` that its parameter `{name}` is"),
        None => format!("its parameter `{name}` has no annotation"),
    })?;
    let by_name = parameter.kind == ParameterKind::Keyword;
    Ok(Argument::Input(Input { by_name, default, ..Input::new(name, kind) }))
}
