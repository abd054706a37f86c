//! Replicate: a model behind an API, run by Cog.
//!
//! Sources: <https://github.com/replicate/cog/blob/main/docs/yaml.md>, <https://github.com/replicate/cog/blob/main/docs/python.md>;
//! measured with cog 0.23.1.

use serde_json::{Value, json};

use super::{Added, Refusal, Requirements, Step, Subject, Target, inputs, python_call};
use crate::app::App;
use crate::app::callable::{Callable, Input, Kind, Output, Passed, Picture, Shape};
use crate::formats::python::{Call, Literal, Source, Value as Word, quoted};
use crate::order::Order;
use crate::repo::Repo;

/// Replicate.
#[derive(Debug)]
pub(crate) struct Replicate;

/// How a file begins that an earlier run made.
const OURS: &str = "\"\"\"What Replicate runs: ";

/// The file of the requirements that no file of the app has.
const REQUIREMENTS: &str = "requirements.replicate.txt";

impl Target for Replicate {
    fn id(&self) -> &'static str {
        "replicate"
    }

    fn name(&self) -> &'static str {
        "Replicate"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        super::refuse_without_functions(app, self.name())
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let callable = subject.callable()?;
        python_call::refuse_names(&callable)?;
        refuse_startup(subject, &callable)?;
        let runner = subject.free_name("run.py", "replicate", OURS);
        let runner =
            runner.ok_or_else(|| Refusal::new("no name is free for `run.py`", "remove files with its name"))?;
        let setup = python_call::binding(subject, &callable, "self.function", &["cog"])?;
        let mut added = Added { edits: subject.guards(&callable)?, ..Added::default() };
        let requirements = match subject.requirements(&mut added.notes) {
            Requirements::File(file) => Some(file),
            Requirements::Lines(lines) if lines.is_empty() => None,
            Requirements::Lines(lines) => {
                added.write(REQUIREMENTS, lines.iter().map(|line| format!("{line}\n")).collect())?;
                Some(REQUIREMENTS.to_owned())
            }
        };
        if runner.as_str() != "run.py" {
            added.note(format!("`run.py` is a file of the app, so Replicate runs `{runner}`"));
        }
        added.values = json!({
            "python": subject.python(),
            "requirements": requirements,
            "system_packages": subject.debian_packages(),
            "gpu": subject.uses_gpu(),
            "runner": runner.as_str(),
            "file": callable.file,
            "function": callable.name,
            "about": python_call::about(&callable),
            "modules": modules(&callable, &setup),
            "from_typing": typing(&callable),
            "from_cog": from_cog(&callable),
            "needs": needs(&callable),
            "fields": fields(&callable),
            "setup": setup,
            "inputs": inputs(&callable).map(parameter).collect::<Vec<_>>(),
            "returns": returns(&callable),
            "aliases": python_call::aliases(&callable, &statements(&callable)),
            "statements": statements(&callable),
            "definition": if callable.is_async { "async def" } else { "def" },
        });
        added.render("cog.yaml", "cog.yaml")?;
        added.render("run.py", runner.as_str())?;
        added.kept = vec![("function", format!("{}:{}", callable.file, callable.name))];
        added.steps = steps(&callable);
        let secrets: Vec<String> = subject.secrets().iter().map(|name| format!("`{name}`")).collect();
        if !secrets.is_empty() {
            added.note(format!(
                "Replicate sets no environment variables for a model, so the app must be able to start without {}",
                secrets.join(", ")
            ));
        }
        if callable.is_generator && !streams(&callable) {
            added.note(python_call::about_last(&callable));
        }
        Ok(added)
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get("cog.yaml").is_some()
    }
}

/// A parameter of `run`.
fn parameter(input: &Input) -> Value {
    let name = input.kind.name().unwrap_or("Path");
    let is_optional = input.default == Some(Literal::None);
    let kind = if is_optional { format!("{name} | None") } else { name.to_owned() };
    let mut arguments = Vec::new();
    let is_plain = input.kind.name().is_some();
    if let Some(default) = input.default.as_ref().filter(|_| is_plain || is_optional) {
        arguments.push(format!("default={}", default.source()));
    }
    let is_number = matches!(input.kind, Kind::Whole | Kind::Number);
    for (name, limit) in [("ge", &input.least), ("le", &input.most)] {
        let limit = limit.as_ref().filter(|limit| is_number && (input.kind == Kind::Number || limit.is_whole()));
        arguments.extend(limit.map(|limit| format!("{name}={}", limit.source())));
    }
    let choices = Literal::List(input.choices.clone()).source();
    // The command `cog` knows no list with choices
    let takes_choices = matches!(input.kind, Kind::Text | Kind::Whole);
    // Cog wants two at least, and compares what a caller gives with the source of a text, in which an escape stays an escape
    if input.choices.len() > 1 && takes_choices && !choices.contains('\\') {
        arguments.push(format!("choices={choices}"));
    }
    arguments.extend(input.about.as_ref().map(|about| format!("description={}", quoted(about))));
    json!({"name": input.name, "type": kind, "arguments": arguments.join(", ")})
}

/// Whether every result of a generator is one of the model: Cog has no stream of objects or lists.
fn streams(callable: &Callable) -> bool {
    let is_stream = |shape: &Shape| !matches!(shape, Shape::Pictures | Shape::Files);
    callable.is_generator && matches!(&callable.output, Output::One(shape) if is_stream(shape))
}

/// The annotation of what `run` returns.
fn returns(callable: &Callable) -> String {
    let one = match &callable.output {
        Output::One(shape) => annotation(callable, *shape),
        Output::Several(_) => "Output".to_owned(),
    };
    match (streams(callable), callable.is_async) {
        (true, true) => format!("AsyncIterator[{one}]"),
        (true, false) => format!("Iterator[{one}]"),
        _ => one,
    }
}

fn annotation(callable: &Callable, shape: Shape) -> String {
    let is_alone = matches!(callable.output, Output::One(_)) && !callable.is_generator;
    let known = || python_call::plain_annotation(callable).filter(|text| is_alone && is_known_to_cog(text));
    let text = match shape {
        Shape::Text => "str",
        Shape::Whole => "int",
        Shape::Number => "float",
        Shape::Boolean => "bool",
        Shape::Json => return known().unwrap_or_else(|| "Any".to_owned()),
        Shape::Picture | Shape::Sound | Shape::File => "Path",
        Shape::Pictures | Shape::Files => "list[Path]",
    };
    text.to_owned()
}

/// Whether Cog takes a type as a result: it has no lists of lists, and no value that may be missing.
fn is_known_to_cog(text: &str) -> bool {
    let item = text.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']'));
    match item {
        Some(item) => matches!(item, "str" | "int" | "float" | "bool" | "dict") || item.starts_with("dict["),
        None => text == "dict" || text == "list" || text.starts_with("dict["),
    }
}

/// The fields of an output of several values.
fn fields(callable: &Callable) -> Vec<Value> {
    match &callable.output {
        Output::One(_) => Vec::new(),
        Output::Several(several) => {
            let field = |(name, shape): &(String, Shape)| json!({"name": name, "type": annotation(callable, *shape)});
            several.iter().map(field).collect()
        }
    }
}

/// Whether a function gives files, pictures among them.
fn gives_files(callable: &Callable) -> bool {
    python_call::shapes(&callable.output).into_iter().any(python_call::is_file)
}

/// The helpers that a runner needs.
fn needs(callable: &Callable) -> Value {
    let opens = python_call::takes_picture(callable, Picture::Pillow);
    let array = python_call::takes_picture(callable, Picture::Array);
    json!({"opens": opens || array, "array": array, "saves": python_call::gives_pictures(callable), "copies": gives_files(callable), "records": python_call::gives(callable, Shape::Sound), "named": python_call::takes_named(callable)})
}

/// The modules of the standard library that the runner imports.
fn modules(callable: &Callable, setup: &[String]) -> Vec<&'static str> {
    let mut modules = python_call::modules_of_binding(setup);
    modules.extend(gives_files(callable).then_some(["shutil", "tempfile"]).into_iter().flatten());
    modules.extend(python_call::gives(callable, Shape::Sound).then_some("wave"));
    modules.order();
    modules
}

/// The names of `typing` that the annotations use.
fn typing(callable: &Callable) -> Vec<&'static str> {
    let returns = returns(callable);
    let has_json = inputs(callable).any(|input| input.kind == Kind::Json);
    let in_fields = fields(callable).iter().any(|field| field["type"] == "Any");
    let is_any = returns.split(|char: char| !char.is_alphanumeric()).any(|word| word == "Any");
    let names = [
        ("Any", has_json || in_fields || is_any),
        ("AsyncIterator", returns.starts_with("AsyncIterator")),
        ("Iterator", returns.starts_with("Iterator")),
    ];
    names.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect()
}

/// The names of `cog` that the runner uses.
fn from_cog(callable: &Callable) -> Vec<&'static str> {
    let takes_file = |input: &Input| matches!(input.kind, Kind::Picture(_) | Kind::File(_));
    let gives_file = gives_files(callable);
    let names = [
        ("BaseModel", matches!(callable.output, Output::Several(_))),
        ("BaseRunner", true),
        ("Input", inputs(callable).next().is_some()),
        ("Path", gives_file || inputs(callable).any(takes_file)),
    ];
    names.into_iter().filter(|(_, used)| *used).map(|(name, _)| name).collect()
}

/// The body of `run`.
fn statements(callable: &Callable) -> Vec<String> {
    let called = |name: &str| python_call::called(callable, name);
    let opened = |input: &Input| python_call::in_mode(input, &format!("{}.open({})", called("Image"), input.name));
    let arguments = python_call::arguments(callable, |input| {
        let value = match input.kind {
            Kind::Picture(Picture::Pillow) => opened(input),
            Kind::Picture(Picture::Array) => format!("{}({})", called("array_of"), opened(input)),
            Kind::Picture(Picture::Path) | Kind::File(Passed::Text) => format!("{}({})", called("str"), input.name),
            Kind::File(Passed::Named) => format!("{}({})", called("Named"), input.name),
            _ => python_call::narrowed(callable, input),
        };
        python_call::unless_missing(input, value)
    });
    let call = format!("self.function({arguments})");
    let name = called(if matches!(callable.output, Output::Several(_)) { "values" } else { "value" });
    if streams(callable) {
        let each = if callable.is_async { "async for" } else { "for" };
        return vec![format!("{each} {name} in {call}:"), format!("    yield {}", converted(callable, &name))];
    }
    if callable.is_generator {
        return python_call::last(callable, &name, &call, &converted(callable, &name));
    }
    let call = if callable.is_async { format!("await {call}") } else { call };
    match &callable.output {
        Output::Several(_) => vec![format!("{name} = {call}"), format!("return {}", converted(callable, &name))],
        Output::One(_) => vec![format!("return {}", converted(callable, &call))],
    }
}

/// A value of the function as one of Cog.
fn converted(callable: &Callable, value: &str) -> String {
    let called = |name: &str| python_call::called(callable, name);
    let one = |shape: Shape, value: &str| match shape {
        Shape::Picture => format!("{}({value})", called("file_of")),
        Shape::Pictures => format!("[{}(picture) for picture in {value}]", called("file_of")),
        Shape::Sound => format!("{}({}({value}))", called("copied"), called("recorded")),
        Shape::File => format!("{}({value})", called("copied")),
        Shape::Files => format!("[{}(file) for file in {value}]", called("copied")),
        _ => python_call::as_text(callable, shape, value),
    };
    match &callable.output {
        Output::One(shape) => one(*shape, value),
        Output::Several(several) => {
            let field = |(index, (name, shape)): (usize, &(String, Shape))| {
                format!("{name}={}", one(*shape, &format!("{value}[{index}]")))
            };
            format!("{}({})", called("Output"), several.iter().enumerate().map(field).collect::<Vec<_>>().join(", "))
        }
    }
}

fn steps(callable: &Callable) -> Vec<Step> {
    vec![
        Step::new("Try it with Docker and Cog", vec![format!("cog run{}", example(callable))])
            .note("Cog: https://github.com/replicate/cog"),
        Step::new("Publish it", vec!["cog login".to_owned(), "cog push r8.im/OWNER/NAME".to_owned()])
            .note("make the model first: https://replicate.com/create"),
    ]
}

/// Refuses a function beside an application that loads something when it starts: Cog imports the file, and starts no application.
fn refuse_startup(subject: &Subject<'_>, callable: &Callable) -> Result<(), Refusal> {
    let is_same = |one: &Callable| (&one.file, &one.name) == (&callable.file, &callable.name);
    let of_app = Some(&subject.app.file).filter(|_| subject.callables.found.iter().any(is_same));
    for file in [Some(&callable.file), of_app].into_iter().flatten() {
        let text = subject.repo.text(file).unwrap_or_default();
        let source = Source::read(text);
        let has_lifespan = |call: &&Call<'_>| {
            let is_event = call.method() == "on_event" && call.positional(0) == Some(&Word::Text("startup".into()));
            let lifespan = call.keyword("lifespan").is_some_and(|value| *value != Word::Name("None"));
            call.path.starts_with("fastapi.") && (is_event || call.path.ends_with("FastAPI") && lifespan)
        };
        if let Some(call) = source.calls.iter().find(has_lifespan) {
            let line = text[..call.at].matches('\n').count() + 1;
            let reason = format!(
                "`{}` may need what its application does when it starts ({file}:{line}), and Replicate starts no application",
                callable.name
            );
            let help = "do that when the file is imported, or in a file without the application; BentoML starts it: `spaces-new add bentoml`";
            return Err(Refusal::new(reason, help));
        }
    }
    Ok(())
}

/// The inputs of a call on the command line.
fn example(callable: &Callable) -> String {
    let needed = inputs(callable).filter(|input| input.default.is_none());
    needed.map(|input| format!(" -i {}=..", input.name)).collect()
}
