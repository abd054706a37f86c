//! The functions that Gradio serves: of interfaces, of chats, of events.

use super::super::project::{Project, PythonFile};
use super::component::{self, Made};
use super::function::{self, Found, NotNamed};
use super::names::Place;
use super::{Argument, Callable, Callables, Input, Kind, Obstacle, Output, Shape, input, output};
use crate::facts::gradio_components::EVENTS;
use crate::formats::python::{Call, Function, Value, items};

/// Reads a file.
pub(super) fn read(project: &Project<'_>, file: &PythonFile<'_>, callables: &mut Callables) {
    if !file.source.imports_module("gradio") {
        return;
    }
    let ways = file.source.calls.iter().filter_map(|call| Some((call, way(file, call)?)));
    let ways: Vec<(&Call<'_>, Way)> = ways.collect();
    let has_public = ways.iter().any(|(call, _)| !is_private(call));
    for (call, way) in ways {
        callables.has_page = true;
        // What is for the page alone is not meant, if something else is
        if has_public && is_private(call) {
            continue;
        }
        let Some(named) = functions(project, file, call, way) else { continue };
        for named in named {
            callables.add(one(Place::of(project, file, call), call, way, named));
        }
    }
}

/// Whether only the page can call it.
/// Source: <https://www.gradio.app/docs/gradio/button#event-listeners>.
fn is_private(call: &Call<'_>) -> bool {
    call.keyword("api_visibility").and_then(Value::as_text) == Some("private")
}

/// How a call serves a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `gr.Interface(fn, inputs, outputs)`
    Interface,
    /// `gr.ChatInterface(fn)`
    Chat,
    /// `button.click(fn, inputs, outputs)`
    Event,
    /// `gr.on(triggers, fn, inputs, outputs)`
    On,
}

impl Way {
    /// The position of the function; inputs and outputs follow.
    fn position(self) -> usize {
        usize::from(self == Self::On)
    }
}

fn way(file: &PythonFile<'_>, call: &Call<'_>) -> Option<Way> {
    let is_of = |name: &str| call.path.starts_with("gradio.") && call.path.rsplit('.').next() == Some(name);
    let is_made = call.path.contains('(');
    if !is_made && is_of("Interface") {
        return Some(Way::Interface);
    }
    if !is_made && is_of("ChatInterface") {
        return Some(Way::Chat);
    }
    if call.path == "gradio.on" {
        return Some(Way::On);
    }
    let is_event = EVENTS.contains(&call.method());
    if !is_event || !call.written.contains('.') {
        return None;
    }
    // A component that is made in a loop or comes from elsewhere: the arguments show what it is
    let root = call.path.split(['.', '(', '[']).next().unwrap_or_default();
    let is_open = root.is_empty() || !file.source.imports.iter().any(|import| import.module == root);
    let has_form =
        call.keyword("inputs").is_some() || call.keyword("outputs").is_some() || call.keyword("fn").is_some();
    let passes = |value: &Value<'_>| match value {
        Value::Name(name) => file.source.functions.iter().any(|function| function.name == *name),
        Value::Expression(text) => text.starts_with("lambda"),
        _ => false,
    };
    let is_of_gradio = call.path.starts_with("gradio.") && is_made;
    (is_of_gradio || (is_open && (has_form || call.positional(0).is_some_and(passes)))).then_some(Way::Event)
}

/// The argument at a place after the function.
fn argument<'c, 't>(call: &'c Call<'t>, way: Way, name: &str, after: usize) -> Option<&'c Value<'t>> {
    call.keyword(name).or_else(|| call.positional(way.position() + after))
}

type Named<'p, 'r> = Result<Found<'p, 'r>, NotNamed>;

/// The functions that a call names; none if it runs JavaScript alone.
fn functions<'p, 'r>(
    project: &'p Project<'r>,
    file: &'p PythonFile<'r>,
    call: &Call<'_>,
    way: Way,
) -> Option<Vec<Named<'p, 'r>>> {
    if let Some(function) = decorated(file, call) {
        return Some(vec![Ok(Found { file, function })]);
    }
    match argument(call, way, "fn", 0) {
        Some(Value::Name("None")) | None => None,
        Some(Value::Expression(text)) if text.starts_with('[') => {
            Some(items(text)?.iter().map(|value| function::of_value(project, file, value)).collect())
        }
        Some(value) => Some(vec![function::of_value(project, file, value)]),
    }
}

/// The function that a call decorates.
fn decorated<'p, 'r>(file: &'p PythonFile<'r>, call: &Call<'_>) -> Option<&'p Function<'r>> {
    file.source.functions.iter().find(|function| function.range.start < call.at && call.at < function.at)
}

fn one<'t>(place: Place<'t>, call: &Call<'t>, way: Way, named: Named<'_, '_>) -> Result<Callable, Obstacle> {
    let file = place.file;
    let evidence = || file.evidence(call.at, "serves it");
    let found = named.map_err(|error| Obstacle::new(error.name, error.reason, evidence()))?;
    let name = found.function.name;
    let fail = |reason| Obstacle::new(name.to_owned(), reason, evidence());
    if let Some(outer) = found.function.scope.outermost {
        return Err(fail(format!("`{name}` is defined inside of `{outer}`, so it cannot be imported")));
    }
    if is_replaced(file, call, found) {
        return Err(fail(format!("`{name}` is defined again further down, so its name stands for another function")));
    }
    let parts = if way == Way::Chat { chat(place, call, found) } else { parts(place, call, way, found) };
    let (arguments, output) = parts.map_err(fail)?;
    Ok(function::callable(found, arguments, output, evidence()))
}

/// Whether another function has the name when the file has run.
fn is_replaced(file: &PythonFile<'_>, call: &Call<'_>, found: Found<'_, '_>) -> bool {
    let is_same = |one: &&Function<'_>| one.name == found.function.name && one.scope.is_top_level();
    let mut same = file.source.functions.iter().filter(is_same);
    let is_its_own = |last: &Function<'_>| last.at == found.function.at && last.range.contains(&call.at);
    found.file.path == file.path
        && call.scope.is_top_level()
        && same.clone().count() > 1
        && same.next_back().is_some_and(|last| last.at > call.at && !is_its_own(last))
}

fn parts<'t>(
    place: Place<'t>,
    call: &Call<'t>,
    way: Way,
    found: Found<'_, '_>,
) -> Result<(Vec<Argument>, Output), String> {
    let shift = usize::from(decorated(place.file, call).is_some() && way == Way::Event);
    let at = |name: &str, place: usize| match shift {
        0 => argument(call, way, name, place),
        _ => call.keyword(name).or_else(|| call.positional(place)),
    };
    let inputs = component::all(place, at("inputs", 1))?;
    let outputs = component::all(place, at("outputs", 2))?;
    let arguments = input::arguments(&found.file.source, found.function, &inputs)?;
    Ok((arguments, output::output(found.function, &outputs)?))
}

/// `fn(message, history, *additional_inputs)`
fn chat<'t>(place: Place<'t>, call: &Call<'t>, found: Found<'_, '_>) -> Result<(Vec<Argument>, Output), String> {
    if matches!(call.keyword("multimodal"), Some(value) if *value != Value::Boolean(false)) {
        return Err("its messages are multimodal, with files beside the text".to_owned());
    }
    if call.keyword("additional_outputs").is_some() {
        return Err("it has additional outputs, which only a page shows".to_owned());
    }
    let function = found.function;
    let parameters: Vec<_> =
        function.parameters.iter().filter(|one| !input::is_filled_in(&found.file.source, one)).collect();
    let [message, history, ..] = &parameters[..] else {
        return Err(format!("`{}` does not take a message and a history", function.name));
    };
    let about = Some("What to answer.".to_owned());
    let first = Input { about, ..Input::new(message.name, Kind::Text) };
    let additional: Vec<Made<'_>> = component::all(place, call.keyword("additional_inputs"))?;
    let rest = Function {
        parameters: function
            .parameters
            .iter()
            .filter(|one| ![message.name, history.name].contains(&one.name))
            .cloned()
            .collect(),
        ..function.clone()
    };
    let mut arguments = vec![Argument::Input(first), Argument::NoMessages { name: history.name.to_owned() }];
    arguments.extend(input::arguments(&found.file.source, &rest, &additional)?);
    Ok((arguments, Output::One(Shape::Text)))
}
