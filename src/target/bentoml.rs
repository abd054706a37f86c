//! BentoML: a function, or an application of FastAPI, as a service that is built into an image of its own.
//!
//! Sources: <https://docs.bentoml.com/en/latest/build-with-bentoml/services.html>,
//! <https://docs.bentoml.com/en/latest/reference/bentoml/bento-build-options.html>; measured with bentoml 1.4.40.

use serde_json::{Value, json};

use super::{Added, Refusal, Requirements, Step, Subject, Target, inputs, python_call};
use crate::app::App;
use crate::app::callable::{Callable, Input, Kind, Output, Passed, Picture, Shape};
use crate::formats::python::{Literal, quoted};
use crate::order::Order;
use crate::repo::Repo;

/// `BentoML`.
#[derive(Debug)]
pub(crate) struct BentoMl;

/// How a file begins that an earlier run made.
const OURS: &str = "\"\"\"What BentoML serves: ";

/// Names that the service imports, so that its class needs another one.
const TAKEN: [&str; 6] = ["Any", "AsyncIterator", "Field", "Image", "Iterator", "Literal"];

/// How no parameter may begin: BentoML makes them fields of a model of pydantic.
const NOT_TAKEN: [&str; 4] = ["_", "model_config", "model_dump", "model_validate"];

impl Target for BentoMl {
    fn id(&self) -> &'static str {
        "bentoml"
    }

    fn name(&self) -> &'static str {
        "BentoML"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        super::refuse_without_functions(app, self.name())
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let service = subject.free_name("service.py", "bentoml", OURS);
        let service =
            service.ok_or_else(|| Refusal::new("no name is free for `service.py`", "remove files with its name"))?;
        let module = service.as_str().trim_end_matches(".py").to_owned();
        let mut added = Added::default();
        if module != "service" {
            added.note(format!("`service.py` is a file of the app, so BentoML serves `{service}`"));
        }
        let class = match (subject.app.framework.id(), subject.function) {
            ("fastapi", None) => application(subject, &mut added)?,
            _ => function(subject, &mut added)?,
        };
        let requirements = match subject.requirements(&mut added.notes) {
            Requirements::File(file) => json!({"file": file, "packages": []}),
            Requirements::Lines(lines) => json!({"file": null, "packages": lines}),
        };
        let build = json!({
            "service": format!("{module}:{class}"),
            "python": subject.python(),
            "requirements": requirements,
            "system_packages": subject.debian_packages(),
            "secrets": subject.secrets(),
            "gpu": subject.uses_gpu(),
        });
        if let (Some(values), Value::Object(build)) = (added.values.as_object_mut(), build) {
            values.extend(build);
        }
        added.render("bentofile.yaml", "bentofile.yaml")?;
        added.steps = steps(&module, &class);
        let template = if added.values.get("asgi").is_some() { "application.py" } else { "service.py" };
        added.render(template, service.as_str())?;
        Ok(added)
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get("bentofile.yaml").is_some()
    }
}

fn steps(module: &str, class: &str) -> Vec<Step> {
    vec![
        Step::new("Try it", vec!["pip install bentoml".to_owned(), format!("bentoml serve {module}:{class}")])
            .note("in an environment that has the app's own packages; it answers on http://localhost:3000"),
        Step::new(
            "Build it, and make an image of it",
            vec!["bentoml build".to_owned(), format!("bentoml containerize {}:latest", snake(class))],
        ),
    ]
}

/// An application of FastAPI, served as it is. Returns the name of the class.
fn application(subject: &Subject<'_>, added: &mut Added) -> Result<String, Refusal> {
    let object = subject.app.object.clone().unwrap_or_else(|| "app".to_owned());
    if object.contains(['(', '.']) {
        let reason = format!("`{}` makes its application in `{object}`", subject.app.file);
        return Err(Refusal::new(reason, "give it a name in the file: `app = ..`"));
    }
    subject.refuse_launch_in(&subject.app.file)?;
    added.edits = subject.guards_in(&subject.app.file)?;
    let setup = python_call::binding_of(subject, &subject.app.file, &object, "application", &["bentoml"])?;
    added.values = json!({
        "asgi": true,
        "file": subject.app.file,
        "object": object,
        "modules": python_call::modules_of_binding(&setup),
        "setup": setup,
        "class": "Application",
    });
    Ok("Application".to_owned())
}

/// A function, served under its name. Returns the name of the class.
fn function(subject: &Subject<'_>, added: &mut Added) -> Result<String, Refusal> {
    let callable = subject.callable()?;
    python_call::refuse_names(&callable)?;
    refuse_answer(&callable)?;
    let setup = python_call::binding(subject, &callable, "self._function", &["bentoml", "pydantic"])?;
    added.edits = subject.guards(&callable)?;
    let class = class_of(&callable.name);
    added.values = json!({
        "file": callable.file,
        "function": callable.name,
        "class": class,
        "about": python_call::about(&callable),
        "modules": modules(&callable, &setup),
        "from_typing": typing(&callable),
        "from_collections": collections(&callable),
        "needs": json!({
            "image": python_call::takes_picture(&callable, Picture::Pillow)
                || python_call::takes_picture(&callable, Picture::Array)
                || python_call::gives_pictures(&callable),
            "array": python_call::takes_picture(&callable, Picture::Array),
            "gives": python_call::gives_pictures(&callable),
            "urls": python_call::gives(&callable, Shape::Pictures),
            "records": python_call::gives(&callable, Shape::Sound),
            "named": python_call::takes_named(&callable),
            "field": inputs(&callable).next().is_some(),
        }),
        "setup": setup,
        "inputs": inputs(&callable).map(parameter).collect::<Vec<_>>(),
        "returns": returns(&callable),
        "aliases": python_call::aliases(&callable, &statements(&callable)),
        "statements": statements(&callable),
        "definition": if callable.is_async { "async def" } else { "def" },
    });
    added.kept = vec![("function", format!("{}:{}", callable.file, callable.name))];
    if callable.is_generator && !streams(&callable) {
        added.note(python_call::about_last(&callable));
    }
    Ok(class)
}

/// Refuses a function whose result or parameters do not fit into one request and one answer.
fn refuse_answer(callable: &Callable) -> Result<(), Refusal> {
    let name = &callable.name;
    let is_taken = |input: &&Input| NOT_TAKEN.iter().any(|start| input.name.starts_with(start));
    if let Some(input) = inputs(callable).find(is_taken) {
        let reason = format!("`{name}` has a parameter `{}`: BentoML has no parameters with this name", input.name);
        return Err(Refusal::new(reason, "rename the parameter"));
    }
    let has_file = python_call::shapes(&callable.output).into_iter().any(python_call::is_file);
    let reason = match &callable.output {
        Output::One(Shape::Files) => format!("`{name}` returns several files, which one answer cannot hold"),
        Output::Several(_) if has_file => {
            format!("`{name}` returns a file among several values, which one answer cannot hold")
        }
        Output::One(Shape::Sound) if callable.is_generator => {
            format!("`{name}` returns a sound in pieces, which one answer cannot hold")
        }
        _ => return Ok(()),
    };
    Err(Refusal::new(reason, "write a function that returns the file alone, and name it with `--function`"))
}

/// `word_count` as `WordCount`.
fn class_of(name: &str) -> String {
    let parts = name.split('_').filter(|part| !part.is_empty());
    let class: String = parts
        .map(|part| {
            let mut chars = part.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
        })
        .collect();
    let is_class = class.chars().next().is_some_and(|first| !first.is_ascii_digit());
    if !class.is_ascii() {
        // Its tag can have no other letters
        return "Service".to_owned();
    }
    if is_class && !TAKEN.contains(&class.as_str()) { class } else { format!("Service{class}") }
}

/// `WordCount` as `word_count`, in which BentoML writes its tag.
fn snake(class: &str) -> String {
    let mut name = String::new();
    for char in class.chars() {
        if char.is_uppercase() && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        name.extend(char.to_lowercase());
    }
    name
}

/// A parameter of the method.
fn parameter(input: &Input) -> Value {
    let is_choice =
        !input.choices.is_empty() && matches!(input.kind, Kind::Text | Kind::Whole | Kind::Texts | Kind::Wholes);
    let name = match input.kind {
        kind if is_choice => {
            let choices: Vec<String> = input.choices.iter().map(Literal::source).collect();
            let one = format!("Literal[{}]", choices.join(", "));
            if kind.is_list() { format!("list[{one}]") } else { one }
        }
        Kind::Picture(Picture::Path) | Kind::File(_) => "pathlib.Path".to_owned(),
        Kind::Picture(_) => "Image.Image".to_owned(),
        kind => kind.name().unwrap_or("Any").to_owned(),
    };
    let is_optional = input.default == Some(Literal::None);
    // `Path | None` and `Image | None` are not types that BentoML knows, but a default is not compared with its type
    let takes_file = matches!(input.kind, Kind::Picture(_) | Kind::File(_));
    let kind = if is_optional && !takes_file { format!("{name} | None") } else { name };
    let is_plain = input.kind.name().is_some();
    let mut arguments = Vec::new();
    arguments.extend(input.default.as_ref().filter(|_| is_plain || is_optional).map(Literal::source));
    let is_number = matches!(input.kind, Kind::Whole | Kind::Number) && !is_choice;
    for (name, limit) in [("ge", &input.least), ("le", &input.most)] {
        let limit = limit.as_ref().filter(|limit| is_number && (input.kind == Kind::Number || limit.is_whole()));
        arguments.extend(limit.map(|limit| format!("{name}={}", limit.source())));
    }
    arguments.extend(input.about.as_ref().map(|about| format!("description={}", quoted(about))));
    json!({"name": input.name, "type": kind, "arguments": arguments.join(", ")})
}

/// Whether every result of a generator is a part of the answer: a stream of BentoML has no files.
fn streams(callable: &Callable) -> bool {
    let has_file = python_call::shapes(&callable.output).into_iter().any(python_call::is_file);
    callable.is_generator && !has_file
}

/// The annotation of what the method returns.
fn returns(callable: &Callable) -> String {
    let one = match &callable.output {
        Output::One(Shape::Json) if !callable.is_generator => {
            python_call::plain_annotation(callable).unwrap_or_else(|| "Any".to_owned())
        }
        Output::One(shape) => annotation(*shape).to_owned(),
        Output::Several(_) => "dict[str, Any]".to_owned(),
    };
    match (streams(callable), callable.is_async) {
        (true, true) => format!("AsyncIterator[{one}]"),
        (true, false) => format!("Iterator[{one}]"),
        _ => one,
    }
}

fn annotation(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "str",
        Shape::Whole => "int",
        Shape::Number => "float",
        Shape::Boolean => "bool",
        Shape::Json => "Any",
        Shape::Picture => "Image.Image",
        Shape::Pictures => "list[str]",
        Shape::Sound | Shape::File | Shape::Files => "pathlib.Path",
    }
}

fn modules(callable: &Callable, setup: &[String]) -> Vec<&'static str> {
    let takes_file = |input: &Input| matches!(input.kind, Kind::Picture(Picture::Path) | Kind::File(_));
    let records = python_call::gives(callable, Shape::Sound);
    let gives_file = records || python_call::gives(callable, Shape::File);
    let mut modules = python_call::modules_of_binding(setup);
    if inputs(callable).any(takes_file) || gives_file || python_call::gives_pictures(callable) {
        modules.push("pathlib");
    }
    modules.extend(records.then_some(["tempfile", "wave"]).into_iter().flatten());
    if python_call::gives(callable, Shape::Pictures) {
        modules.extend(["base64", "io"]);
    }
    modules.order();
    modules.dedup();
    modules
}

fn typing(callable: &Callable) -> Vec<&'static str> {
    let parameters: Vec<Value> = inputs(callable).map(parameter).collect();
    let texts =
        || parameters.iter().filter_map(|one| one["type"].as_str().map(str::to_owned)).chain([returns(callable)]);
    let uses =
        |name: &str| texts().any(|text| text.split(|char: char| !char.is_alphanumeric()).any(|word| word == name));
    let names = [("Any", uses("Any")), ("Literal", texts().any(|text| text.contains("Literal[")))];
    names.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect()
}

fn collections(callable: &Callable) -> Option<&'static str> {
    streams(callable).then_some(if callable.is_async { "AsyncIterator" } else { "Iterator" })
}

/// The body of the method.
fn statements(callable: &Callable) -> Vec<String> {
    let called = |name: &str| python_call::called(callable, name);
    let arguments = python_call::arguments(callable, |input| {
        let value = match input.kind {
            Kind::Picture(Picture::Pillow) => python_call::in_mode(input, &input.name),
            Kind::Picture(Picture::Array) => {
                format!("{}({})", called("array_of"), python_call::in_mode(input, &input.name))
            }
            Kind::Picture(Picture::Path) | Kind::File(Passed::Text) => format!("{}({})", called("str"), input.name),
            Kind::File(Passed::Named) => format!("{}({})", called("Named"), input.name),
            _ => python_call::narrowed(callable, input),
        };
        python_call::unless_missing(input, value)
    });
    let call = format!("self._function({arguments})");
    let call = if callable.is_async && !callable.is_generator { format!("await {call}") } else { call };
    if !callable.is_generator {
        return vec![format!("return {}", converted(callable, &call))];
    }
    let name = called("value");
    if !streams(callable) {
        return python_call::last(callable, &name, &call, &converted(callable, &name));
    }
    let each = if callable.is_async { "async for" } else { "for" };
    vec![format!("{each} {name} in {call}:"), format!("    yield {}", converted(callable, &name))]
}

/// A value of the function as one of the service.
fn converted(callable: &Callable, value: &str) -> String {
    let called = |name: &str| python_call::called(callable, name);
    match &callable.output {
        Output::One(Shape::Picture) => format!("{}({value})", called("picture_of")),
        Output::One(Shape::Pictures) => format!("[{}(picture) for picture in {value}]", called("data_url")),
        Output::One(Shape::Sound) => format!("{}.Path({}({value}))", called("pathlib"), called("recorded")),
        Output::One(Shape::File) => format!("{}.Path({value})", called("pathlib")),
        Output::One(shape) => python_call::as_text(callable, *shape, value),
        Output::Several(several) => {
            let names: Vec<String> = several.iter().map(|(name, _)| quoted(name)).collect();
            format!("dict(zip(({}), {value}))", names.join(", "))
        }
    }
}
