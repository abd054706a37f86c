//! The environment that an app reads: secrets, and variables with their defaults.

use std::collections::BTreeMap;

use super::model::{Answered, Evidence, Facts, Note};
use super::project::{Project, PythonFile};
use crate::facts::environment::{ADDRESS_WORDS, PLATFORM, PLATFORM_PREFIXES, SECRET_WORDS, STORE_WORDS};
use crate::formats::python::Value;
use crate::values::{EnvName, Variable};

/// An app that reads more names than this is made to hurt.
const NAMES_MAX: usize = 200;

/// What is known of a name.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) default: Option<String>,
    /// Whether the app stops without it.
    pub(super) is_required: bool,
    pub(super) evidence: Evidence,
}

/// Names in the order of the alphabet, each as it was seen first.
pub(super) type Environment = BTreeMap<String, Read>;

/// What Python files read.
pub(super) fn of_python(files: &[&PythonFile<'_>]) -> Environment {
    let mut found = Environment::new();
    for file in files {
        for call in &file.source.calls {
            let is_read = matches!(call.path.as_str(), "os.getenv" | "os.environ.get" | "decouple.config")
                || call.path.ends_with("os.environ.get");
            let Some(name) = call.positional(0).and_then(Value::as_text).filter(|_| is_read) else { continue };
            let given = call.positional(1).or(call.keyword("default"));
            let default = given.and_then(|value| match value {
                Value::Text(text) => Some(text.to_string()),
                Value::Number(number) => Some((*number).to_owned()),
                _ => None,
            });
            let evidence = file.evidence(call.at, format!("reads `{name}`"));
            add(&mut found, name, Read { default, is_required: false, evidence });
        }
        for subscript in file.source.subscripts.iter().filter(|found| found.path == "os.environ") {
            let evidence = file.evidence(subscript.at, format!("reads `{}`", subscript.key));
            add(&mut found, &subscript.key, Read { default: None, is_required: true, evidence });
        }
    }
    found
}

/// `st.secrets["KEY"]` and `st.secrets.KEY`, which are no environment.
pub(super) fn streamlit_secrets(files: &[&PythonFile<'_>]) -> Environment {
    let mut found = Environment::new();
    for file in files {
        let subscripts = file.source.subscripts.iter().filter(|found| found.path == "streamlit.secrets");
        let keys = subscripts.map(|found| (found.key.as_str(), found.at));
        let mentions = file.source.mentions.iter().filter_map(|mention| {
            let name = mention.path.strip_prefix("streamlit.secrets.")?;
            (!name.contains(['.', '(', '['])).then_some((name, mention.at))
        });
        let gets = file
            .source
            .calls
            .iter()
            .filter(|call| call.path == "streamlit.secrets.get")
            .filter_map(|call| Some((call.positional(0)?.as_text()?, call.at)));
        for (key, at) in keys.chain(mentions).chain(gets) {
            let evidence = file.evidence(at, format!("reads `{key}` from `st.secrets`"));
            add(&mut found, key, Read { default: None, is_required: true, evidence });
        }
    }
    found
}

/// What an example of a `.env` lists.
pub(super) fn of_example(project: &Project<'_>, folder: &str) -> Environment {
    let mut found = Environment::new();
    for name in [".env.example", ".env.sample", ".env.template", "env.example", ".env.dist", "example.env"] {
        let path = super::project::within(folder, name);
        for (number, line) in project.repo.text(&path).unwrap_or_default().lines().enumerate() {
            let line = line.trim().trim_start_matches("export ");
            let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
            let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
            let default = (!value.is_empty() && !is_placeholder(value)).then(|| value.to_owned());
            let evidence = Evidence::line(&path, number + 1, format!("lists `{}`", name.trim()));
            add(&mut found, name.trim(), Read { default, is_required: false, evidence });
        }
    }
    found
}

/// What stands for a value that somebody has to fill in.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    [
        "your",
        "xxx",
        "changeme",
        "change_me",
        "change-me",
        "replace",
        "example",
        "todo",
        "<",
        "...",
        "here",
        "placeholder",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

fn add(found: &mut Environment, name: &str, read: Read) {
    if name.parse::<EnvName>().is_err() || is_of_the_platform(name) {
        return;
    }
    match found.get_mut(name) {
        Some(known) => {
            known.is_required &= read.is_required;
            known.default = known.default.take().or(read.default);
        }
        None => drop(found.insert(name.to_owned(), read)),
    }
}

/// Adds what JavaScript reads.
pub(super) fn add_javascript(found: &mut Environment, path: &str, code: &str) {
    let lines = crate::repo::Lines::of_text(code);
    for variable in super::javascript::variables(code) {
        let evidence = Evidence::line(path, lines.line(variable.at), format!("reads `{}`", variable.name));
        add(found, &variable.name, Read { default: variable.default, is_required: false, evidence });
    }
}

fn is_of_the_platform(name: &str) -> bool {
    PLATFORM.contains(&name) || PLATFORM_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a name is that of something which nobody may see.
fn is_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    upper.split('_').any(|word| SECRET_WORDS.contains(&word)) || upper.ends_with("APIKEY")
}

/// Whether a name is that of an address with a password in it: one that the app cannot do without, or that of a store. A
/// default without a password is one that all may see.
fn is_secret_address(name: &str, read: &Read) -> bool {
    let upper = name.to_ascii_uppercase();
    let words: Vec<&str> = upper.split('_').collect();
    let is_address = words.last().is_some_and(|word| ADDRESS_WORDS.contains(word))
        || words.ends_with(&["CONN", "STR"])
        || words.ends_with(&["CONNECTION", "STRING"]);
    let is_store = words.iter().any(|word| STORE_WORDS.contains(word));
    is_address
        && match &read.default {
            Some(default) => default.contains("://") && default.contains('@'),
            None => read.is_required || is_store,
        }
}

/// Puts what was found into answers: secrets by their names, other names with a default as variables.
pub(super) fn answer(found: Environment, facts: &mut Facts) {
    for (name, read) in found.into_iter().take(NAMES_MAX) {
        if is_secret(&name) || is_secret_address(&name, &read) {
            facts.answers.push(("secrets", Answered::Item(name), read.evidence));
            continue;
        }
        let variable = read.default.map(|value| format!("{name}={value}"));
        match variable.filter(|text| text.parse::<Variable>().is_ok()) {
            Some(variable) => facts.answers.push(("variables", Answered::Item(variable), read.evidence)),
            None if read.is_required => {
                let note = Note::new(format!("the app needs `{name}` in its environment"));
                let note = note.help("give it a value, or leave it to a secret if nobody may see it");
                let note = note.or_answer("variables", format!("{name}=VALUE")).or_answer("secrets", name);
                facts.notes.push(note.seen(read.evidence));
            }
            None => {}
        }
    }
}
