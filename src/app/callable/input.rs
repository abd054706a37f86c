//! What a parameter gets: from the component at its place, from its annotation, from its default.

use super::component::Made;
use super::{Argument, Input, Kind, Passed, Picture};
use crate::facts::gradio_components::{FILLED_IN, Gives};
use crate::facts::python_types::plain;
use crate::formats::python::{Function, Literal, Parameter, ParameterKind, Source, Value, parameter_docs};

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
    let docs = parameter_docs(function);
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
    let is_number = matches!(kind, Kind::Whole | Kind::Number);
    let (mut least, mut most) = (None, None);
    if matches!(made.gives(), Gives::Slider | Gives::Number) && is_number {
        (least, most) = (made.limit("minimum"), made.limit("maximum"));
    }
    let choices = if made.is_true("allow_custom_value") { Vec::new() } else { choices_of(made) };
    let can_be = |value: &Literal| {
        fits(value, kind) && is_within(value, least.as_ref(), most.as_ref()) && is_of(value, &choices)
    };
    let stated = parameter.default.as_ref().and_then(Literal::of);
    let (_, is_optional) = plain(parameter.annotation.unwrap_or_default());
    let missing = (parameter.default.is_none() && is_optional).then_some(Literal::None);
    let given = made.literal("value").filter(can_be);
    let stated = stated.or(missing).filter(|value| *value == Literal::None || can_be(value));
    let about = match (made.label(), made.text("info")) {
        (Some(label), Some(info)) => Some(format!("{label}: {info}")),
        (label, info) => label.or(info),
    };
    let is_picture = matches!(kind, Kind::Picture(_)) && !made.is_none("image_mode");
    let is_stated = parameter.annotation.and_then(Kind::annotated).is_some();
    Ok(Input {
        about,
        default: given.or(stated),
        least,
        most,
        choices: if matches!(kind, Kind::Boolean | Kind::Json) { Vec::new() } else { choices },
        mode: is_picture.then(|| made.text("image_mode").unwrap_or_else(|| "RGB".to_owned())),
        narrows: kind == Kind::Number && !is_stated,
        ..Input::new(parameter.name, kind)
    })
}

/// The values of a list of choices, which may be pairs of a label and a value.
fn choices_of(made: &Made<'_>) -> Vec<Literal> {
    let has_some = matches!(made.gives(), Gives::Choice | Gives::Choices);
    let Some(Literal::List(items)) = made.literal("choices").filter(|_| has_some) else { return Vec::new() };
    let value = |item: Literal| match item {
        Literal::List(mut pair) if pair.len() == 2 => pair.pop(),
        Literal::List(_) => None,
        item => Some(item),
    };
    items.into_iter().map(value).collect::<Option<_>>().unwrap_or_default()
}

/// The type of every choice; none if they are not known.
fn kind_of_choices(made: &Made<'_>) -> Option<Kind> {
    let choices = choices_of(made);
    let kinds = [Kind::Text, Kind::Whole, Kind::Number, Kind::Boolean];
    let kind = kinds.into_iter().find(|kind| choices.iter().all(|value| fits(value, *kind))).unwrap_or(Kind::Json);
    let is_open = kind != Kind::Text && made.is_true("allow_custom_value");
    (!choices.is_empty()).then_some(if is_open { Kind::Json } else { kind })
}

/// What a component gives to a parameter.
fn kind(parameter: &Parameter<'_>, made: &Made<'_>) -> Result<Kind, String> {
    let class = &made.class;
    let stated = parameter.annotation.and_then(Kind::annotated);
    let is_simple = |kind: &Kind| matches!(kind, Kind::Text | Kind::Whole | Kind::Number | Kind::Boolean);
    let or_stated = |kind: Kind| stated.filter(is_simple).unwrap_or(kind);
    Ok(match made.gives() {
        Gives::Nothing(why) => {
            return Err(format!("its parameter `{}` is a `{class}`: {why}", parameter.name));
        }
        Gives::Text => or_stated(Kind::Text),
        Gives::Number | Gives::Slider if made.is_whole() => or_stated(Kind::Whole),
        Gives::Number | Gives::Slider => or_stated(Kind::Number),
        Gives::Boolean => or_stated(Kind::Boolean),
        Gives::Choice | Gives::Choices if made.text("type").as_deref() == Some("index") => {
            return Err(format!("its parameter `{}` gets the index of a choice, and not the choice", parameter.name));
        }
        Gives::Choice if !made.is_true("multiselect") => kind_of_choices(made).unwrap_or_else(|| or_stated(Kind::Text)),
        Gives::Choice | Gives::Choices => match kind_of_choices(made) {
            Some(kind) => kind.several(),
            None => stated.filter(|kind| kind.is_list()).unwrap_or(Kind::Texts),
        },
        Gives::Json | Gives::Messages => Kind::Json,
        Gives::Picture => Kind::Picture(match made.text("type").as_deref() {
            None | Some("numpy") if !made.is_computed("type") => Picture::Array,
            Some("pil") => Picture::Pillow,
            Some("filepath") => Picture::Path,
            _ => return Err(format!("the type of the picture for its parameter `{}` is not known", parameter.name)),
        }),
        Gives::File { by_default, named } => match made.text("type").as_deref() {
            _ if made.text("file_count").is_some_and(|count| count != "single") => {
                return Err(format!("its parameter `{}` takes several files", parameter.name));
            }
            kind if kind == Some("filepath") || kind.is_none() && by_default && !made.is_computed("type") => {
                let passed = if named { Passed::Named } else { Passed::Text };
                stated.filter(|kind| matches!(kind, Kind::File(_))).unwrap_or(Kind::File(passed))
            }
            _ => {
                return Err(format!(
                    "its parameter `{}` gets the content of a `{class}`, and not a file: give it `type=\"filepath\"`",
                    parameter.name
                ));
            }
        },
    })
}

/// Whether a value is one of a type.
fn fits(value: &Literal, kind: Kind) -> bool {
    let several = |of: Kind| matches!(value, Literal::List(items) if items.iter().all(|item| fits(item, of)));
    match kind {
        Kind::Text => matches!(value, Literal::Text(_)),
        Kind::Whole => value.is_whole(),
        Kind::Number => matches!(value, Literal::Number(_)),
        Kind::Boolean => matches!(value, Literal::Boolean(_)),
        Kind::Texts => several(Kind::Text),
        Kind::Wholes => several(Kind::Whole),
        Kind::Numbers => several(Kind::Number),
        // A text may be JSON itself
        Kind::Json => !matches!(value, Literal::None | Literal::Text(_)),
        Kind::Picture(_) | Kind::File(_) => false,
    }
}

/// Whether a value is between the limits, as far as they are known.
fn is_within(value: &Literal, least: Option<&Literal>, most: Option<&Literal>) -> bool {
    let Some(number) = value.number() else { return true };
    let is = |limit: Option<&Literal>, holds: fn(&f64, &f64) -> bool| {
        limit.and_then(Literal::number).is_none_or(|limit| holds(&number, &limit))
    };
    is(least, f64::ge) && is(most, f64::le)
}

/// Whether a value is one of the choices, or some of them.
fn is_of(value: &Literal, choices: &[Literal]) -> bool {
    match value {
        _ if choices.is_empty() => true,
        Literal::List(items) => items.iter().all(|item| choices.contains(item)),
        value => choices.contains(value),
    }
}

impl Input {
    /// An input of which nothing more is known.
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        let (about, default, least, most, choices, mode) = (None, None, None, None, Vec::new(), None);
        let (name, by_name, narrows) = (name.to_owned(), false, false);
        Self { name, by_name, kind, about, default, least, most, choices, mode, narrows }
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
    let kind = parameter.annotation.and_then(Kind::annotated).or(by_default.filter(|_| parameter.annotation.is_none()));
    let kind = kind.ok_or_else(|| match parameter.annotation {
        Some(annotation) => format!("a caller cannot give the `{annotation}` that its parameter `{name}` is"),
        None => format!("its parameter `{name}` has no annotation"),
    })?;
    let by_name = parameter.kind == ParameterKind::Keyword;
    Ok(Argument::Input(Input { by_name, default, ..Input::new(name, kind) }))
}
