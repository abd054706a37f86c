//! Google Colab: a notebook with the app, a call of its function, and a link to its page.
//!
//! Sources: <https://nbformat.readthedocs.io/en/latest/format_description.html>,
//! <https://www.gradio.app/guides/sharing-your-app>. A cell with the tag `skip-execution` only runs in Colab.

mod code;

use serde_json::{Value, json};

use super::{Added, Refusal, Step, Subject, Target, inputs};
use crate::app::App;
use crate::app::callable::{Argument, Callable, Input, Kind, Picture};
use crate::formats::python::{Literal, quoted};
use crate::repo::Repo;

/// Google Colab.
#[derive(Debug)]
pub(crate) struct Colab;

/// The file.
const NOTEBOOK: &str = "notebook.ipynb";

/// Where the repository is, if nothing says it.
const SOMEWHERE: &str = "https://github.com/OWNER/REPO";

impl Target for Colab {
    fn id(&self) -> &'static str {
        "colab"
    }

    fn name(&self) -> &'static str {
        "Google Colab"
    }

    fn takes_template(&self) -> bool {
        false
    }

    fn accepts(&self, app: &App) -> Result<(), Refusal> {
        if app.framework.id() == "gradio" {
            return Ok(());
        }
        let reason =
            format!("a notebook shows pages of Gradio, and `{}` is made with {}", app.file, app.framework.name());
        Err(Refusal::new(reason, "`spaces-new advise` names platforms that run it"))
    }

    fn add(&self, subject: &Subject<'_>) -> Result<Added, Refusal> {
        let called = called(subject)?;
        let mut added = Added::default();
        let address = subject.repo.origin().map(|origin| origin.address);
        let mut cells = vec![title(subject, address.as_deref())];
        let is_whole = code::is_whole(subject);
        if !is_whole {
            let address = address.clone().unwrap_or_else(|| SOMEWHERE.to_owned());
            if address == SOMEWHERE {
                added.note(format!(
                    "`{SOMEWHERE}` in the notebook stands for the address of your repository: replace it"
                ));
            }
            cells.push(skipped("clone", &format!("!git clone --depth 1 {} app\n%cd app", quoted_word(&address))));
        }
        cells.extend(install(subject, is_whole, &mut added));
        cells.extend(secrets(subject));
        let page = if is_whole { code::split(subject)? } else { code::imported(subject, called.as_ref(), &mut added)? };
        cells.push(cell("app", &page.code));
        match &called {
            Some(callable) if can_be_called(callable) => cells.push(cell("call", &call(callable))),
            Some(_) => added.note("the notebook does not call the function: there is no example of its input"),
            None => added.note("the notebook calls no function: none was found that can be called"),
        }
        cells.push(skipped("launch", &page.launch));
        let notebook = json!({
            "cells": cells,
            "metadata": metadata(subject),
            "nbformat": 4,
            "nbformat_minor": 5,
        });
        let text = serde_json::to_string_pretty(&notebook)
            .map_err(|error| Refusal::new(format!("the notebook cannot be written: {error}"), "report it"))?;
        added.write(NOTEBOOK, text + "\n")?;
        if let Some(callable) = &called {
            added.kept = vec![("function", format!("{}:{}", callable.file, callable.name))];
        }
        added.steps = steps(address.as_deref());
        Ok(added)
    }

    fn recognises(&self, repo: &Repo) -> bool {
        repo.get(NOTEBOOK).is_some()
    }
}

/// The function that the notebook calls: the one that is asked for, or the only one. A notebook shows the page without one too.
fn called(subject: &Subject<'_>) -> Result<Option<Callable>, Refusal> {
    match (subject.function, &subject.callables.found[..]) {
        (None, [] | [_, _, ..]) => Ok(subject.callables.found.first().cloned()),
        _ => subject.named_callable().map(Some),
    }
}

fn steps(address: Option<&str>) -> Vec<Step> {
    let open = match address.and_then(|address| address.strip_prefix("https://github.com/")) {
        Some(path) => format!("https://colab.research.google.com/github/{path}/blob/main/{NOTEBOOK}"),
        None => "https://colab.research.google.com/github/OWNER/REPO".to_owned(),
    };
    let notes = [
        "the link in its last cell ends with the runtime, at most 12 hours after it began",
        "the free runtimes are for notebooks: Colab ends those that are used through a page alone",
    ];
    let step = Step::new(format!("Push `{NOTEBOOK}` to GitHub, and open it"), vec![open]);
    vec![notes.into_iter().fold(step, Step::note)]
}

fn metadata(subject: &Subject<'_>) -> Value {
    let mut metadata = json!({
        "colab": {"provenance": []},
        "kernelspec": {"display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python"},
    });
    if let Some(entries) = metadata.as_object_mut().filter(|_| subject.uses_gpu()) {
        entries.insert("accelerator".to_owned(), Value::from("GPU"));
        entries.insert("colab".to_owned(), json!({"provenance": [], "gpuType": "T4"}));
    }
    metadata
}

fn title(subject: &Subject<'_>, address: Option<&str>) -> Value {
    let title = subject.app.title.as_ref().map_or(subject.app.file.as_str(), |title| title.value.as_str());
    // A heading is one line, and none of it is an element of HTML
    let title: String = title.chars().filter(|char| !char.is_control() && !matches!(char, '<' | '>')).collect();
    let path = address.and_then(|address| address.strip_prefix("https://github.com/")).unwrap_or("OWNER/REPO");
    let text = format!(
        "# {title}\n\n[![Open In Colab](https://colab.research.google.com/assets/colab-badge.svg)]\
         (https://colab.research.google.com/github/{path}/blob/main/{NOTEBOOK})"
    );
    json!({"cell_type": "markdown", "id": "title", "metadata": {}, "source": lines(&text)})
}

/// The lines of a cell, each with its end.
fn lines(text: &str) -> Vec<String> {
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn cell(id: &str, text: &str) -> Value {
    code_cell(id, text, &json!({}))
}

/// A cell that only runs in Colab.
fn skipped(id: &str, text: &str) -> Value {
    code_cell(id, text, &json!({"tags": ["skip-execution"]}))
}

fn code_cell(id: &str, text: &str, metadata: &Value) -> Value {
    json!({
        "cell_type": "code",
        "execution_count": null,
        "id": id,
        "metadata": metadata,
        "outputs": [],
        "source": lines(text.trim_end()),
    })
}

/// The cell that installs the packages.
fn install(subject: &Subject<'_>, is_whole: bool, added: &mut Added) -> Option<Value> {
    let file = subject.app.install.dependencies.as_ref().and_then(|file| file.value.as_deref());
    // The clone has the file and what it includes
    let packages = match file.filter(|file| !is_whole && file.ends_with("requirements.txt")) {
        Some(file) if subject.app.install.missing.is_empty() => vec![format!("-r {file}")],
        _ => subject.requirement_lines(&mut added.notes),
    };
    added.notes.extend(subject.unnamed(file.unwrap_or("requirements.txt")));
    let debian = subject.debian_packages();
    let mut text = String::new();
    if !debian.is_empty() {
        text.push_str(&format!("!apt-get install -y -qq {}\n", debian.join(" ")));
    }
    if !packages.is_empty() {
        let words: Vec<String> = packages
            .iter()
            .map(|line| match line.split_once(' ').filter(|_| line.starts_with('-')) {
                Some((option, value)) => format!("{option} {}", quoted_word(value)),
                None => quoted_word(line),
            })
            .collect();
        text.push_str(&format!("%pip install -q {}\n", words.join(" ")));
    }
    (!text.is_empty()).then(|| skipped("install", &text))
}

/// A word of a shell, which `$` and braces do not change: Colab fills in names of Python there.
fn quoted_word(text: &str) -> String {
    let is_plain = text.chars().all(|char| char.is_ascii_alphanumeric() || "=._-/:@+".contains(char));
    if is_plain { text.to_owned() } else { super::word(&text.replace('{', "{{").replace('}', "}}")) }
}

/// The cell that takes the secrets from those of the notebook.
fn secrets(subject: &Subject<'_>) -> Option<Value> {
    let names = subject.secrets();
    if names.is_empty() {
        return None;
    }
    let list: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let text = format!(
        "import os\n\nfrom google.colab import userdata\n\nfor name in [{}]:\n    os.environ[name] = userdata.get(name)",
        list.join(", ")
    );
    Some(skipped("secrets", &text))
}

fn can_be_called(callable: &Callable) -> bool {
    inputs(callable).all(|input| {
        let has_form = !matches!(input.kind, Kind::Picture(Picture::Path) | Kind::File { .. } | Kind::Json);
        has_form || input.default.is_some()
    })
}

/// A call with the defaults, or with something of the right type.
fn call(callable: &Callable) -> String {
    let mut by_name = false;
    let arguments = callable.arguments.iter().map(|argument| match argument {
        Argument::NoMessages { name } => (name.clone(), "[]".to_owned(), false),
        Argument::Input(input) => (input.name.clone(), example(input), input.by_name),
    });
    let arguments = arguments.map(|(name, value, is_named)| {
        by_name |= is_named;
        if by_name { format!("{name}={value}") } else { value }
    });
    let call = format!("{}({})", callable.name, arguments.collect::<Vec<_>>().join(", "));
    let call = match (callable.is_generator, callable.is_async) {
        (true, true) => format!("[value async for value in {call}]"),
        (true, false) => format!("list({call})"),
        (false, true) => format!("await {call}"),
        (false, false) => call,
    };
    let takes = |form: Picture| inputs(callable).any(|input| input.kind == Kind::Picture(form));
    let mut imports = String::new();
    if takes(Picture::Array) {
        imports.push_str("import numpy\n");
    }
    if takes(Picture::Array) || takes(Picture::Pillow) {
        imports.push_str("from PIL import Image\n\n");
    }
    imports + &call
}

fn example(input: &Input) -> String {
    if let Some(default) = input.default.as_ref().or(input.choices.first()) {
        return default.source();
    }
    let mode = input.mode.as_deref().unwrap_or("RGB");
    match input.kind {
        Kind::Text => "\"Hello\"".to_owned(),
        Kind::Whole | Kind::Number => input.least.as_ref().map_or_else(|| "1".to_owned(), Literal::source),
        Kind::Boolean => "True".to_owned(),
        Kind::Texts => "[\"Hello\"]".to_owned(),
        Kind::Wholes | Kind::Numbers => "[1]".to_owned(),
        Kind::Picture(Picture::Array) => format!("numpy.array(Image.new({}, (64, 64)))", quoted(mode)),
        Kind::Picture(_) => format!("Image.new({}, (64, 64))", quoted(mode)),
        Kind::File { .. } | Kind::Json => "None".to_owned(),
    }
}
