//! The environment that an app reads: secrets, and variables with their defaults.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{App, EnvironmentRead, Evidence, Note, Seen};
use super::project::{Project, PythonFile};
use crate::facts::environment::{ABOUT_SECRETS, ADDRESS_WORDS, PLATFORM, PLATFORM_PREFIXES, SECRET_WORDS, STORE_WORDS};
use crate::formats::python::Value;
use crate::formats::{env_file, environment_calls, javascript};
use crate::order;
use crate::values::{EnvName, Variable};

/// An app that reads more names than this is hostile.
const NAMES_MAX: usize = 200;

/// What is known about a name.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) default: Option<String>,
    /// Whether the app stops without it.
    pub(super) is_required: bool,
    pub(super) evidence: Evidence,
}

/// Names in alphabetical order, each with its first occurrence.
pub(super) type Environment = BTreeMap<String, Read>;

/// The names that Python files read.
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
        let asked = asked_for(file.text);
        for subscript in file.source.subscripts.iter().filter(|found| found.path == "os.environ") {
            let evidence = file.evidence(subscript.at, format!("reads `{}`", subscript.key));
            let is_required = !asked.contains(subscript.key.as_str());
            add(&mut found, &subscript.key, Read { default: None, is_required, evidence });
        }
    }
    found
}

/// The variables of which code asks whether they are set: `if "X" in os.environ`.
fn asked_for(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().filter_map(|line| line.split_once(" in os.environ").map(|(before, _)| before));
    let named = lines.filter_map(|before| {
        let quote = before.chars().next_back().filter(|quote| matches!(quote, '"' | '\''))?;
        let (condition, name) = before[..before.len() - 1].rsplit_once(quote)?;
        condition.ends_with("if ").then_some(name)
    });
    order::set(named)
}

/// `st.secrets["KEY"]` and `st.secrets.KEY`, which are not environment variables.
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

/// The names in an example of a `.env`.
pub(super) fn of_example(project: &Project<'_>, folder: &str) -> Environment {
    const NAMES: [&str; 8] = [
        ".env.example",
        ".env.sample",
        ".env.template",
        "env.example",
        ".env.dist",
        "example.env",
        ".example.env",
        ".sample.env",
    ];
    let mut found = Environment::new();
    for name in NAMES {
        let path = super::paths::within(folder, name);
        for setting in env_file::settings(project.repo.text(&path).unwrap_or_default()) {
            let default =
                (!setting.value.is_empty() && !is_placeholder(&setting.value)).then(|| setting.value.into_owned());
            let evidence = project.evidence_at(&path, setting.span.start, format!("lists `{}`", setting.name));
            add(&mut found, setting.name, Read { default, is_required: false, evidence });
        }
    }
    found
}

/// Whether a value is a placeholder that a person must replace.
pub(crate) fn is_placeholder(value: &str) -> bool {
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
        || is_name(value)
}

/// Whether a value is a name: `MY_KEY`, or `__MY_KEY__`, `%MY_KEY%`, `@MY_KEY@`, which a script replaces later.
fn is_name(value: &str) -> bool {
    let name = value.trim_matches(['%', '@', '#']);
    let is_of_names = |byte: u8| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit();
    let is_marked = name.len() < value.len() || (name.starts_with("__") && name.ends_with("__"));
    let has_no_digits = !name.bytes().any(|byte| byte.is_ascii_digit());
    name.contains('_') && name.bytes().all(is_of_names) && (is_marked || has_no_digits)
}

pub(super) fn add(found: &mut Environment, name: &str, mut read: Read) {
    if name.parse::<EnvName>().is_err() || is_of_the_platform(name) {
        return;
    }
    read.default = read.default.filter(|default| !says_nothing(name, default));
    match found.get_mut(name) {
        Some(known) => {
            known.is_required &= read.is_required;
            known.default = known.default.take().or(read.default);
        }
        None => drop(found.insert(name.to_owned(), read)),
    }
}

/// Adds the names that JavaScript reads.
pub(super) fn add_javascript(found: &mut Environment, path: &str, code: &str) {
    let lines = crate::repo::Lines::of_text(code);
    for variable in javascript::variables(code) {
        let evidence = Evidence::line(path, lines.line(variable.at), format!("reads `{}`", variable.name));
        add(found, &variable.name, Read { default: variable.default, is_required: false, evidence });
    }
}

/// Adds a name that a compiled program reads.
pub(super) fn add_compiled(found: &mut Environment, read: environment_calls::Variable, evidence: Evidence) {
    let default = read.default.filter(|value| !value.is_empty());
    add(found, &read.name, Read { default, is_required: read.is_required, evidence });
}

fn is_of_the_platform(name: &str) -> bool {
    PLATFORM.contains(&name) || PLATFORM_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a name is that of a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    // `ACCESS_TOKEN_EXPIRE_MINUTES`, `DAILY_TOKEN_LIMIT`
    let is_about_one = upper.rsplit('_').next().is_some_and(|last| ABOUT_SECRETS.contains(&last));
    !is_about_one && (upper.split('_').any(|word| SECRET_WORDS.contains(&word)) || upper.ends_with("APIKEY"))
}

/// Whether a name is that of an address with a password: one that the app requires, or that of a store.
fn is_secret_address(name: &str, read: &Read) -> bool {
    read.default.is_none() && is_address(name) && (read.is_required || is_store(name))
}

fn is_address(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let words: Vec<&str> = upper.split('_').collect();
    words.last().is_some_and(|word| ADDRESS_WORDS.contains(word))
        || words.ends_with(&["CONN", "STR"])
        || words.ends_with(&["CONNECTION", "STRING"])
}

fn is_store(name: &str) -> bool {
    name.to_ascii_uppercase().split('_').any(|word| STORE_WORDS.contains(&word))
}

/// Whether a default says nothing about the value, as `""` for the address of a database.
fn says_nothing(name: &str, default: &str) -> bool {
    const EMPTY: [&str; 4] = ["", "none", "null", "undefined"];
    let default = default.trim();
    EMPTY.iter().any(|empty| default.eq_ignore_ascii_case(empty)) && is_address(name) && is_store(name)
}

/// Whether a value has a user or a password in it: `postgres://user:pass@host/db`, `user:pass@tcp(host)/db`,
/// `Server=host;Password=pass`.
fn has_credentials(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let of_address = lower.split_once("://").is_some_and(|(_, rest)| {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        // A password may have a `/` in it
        let is_cut = || {
            let after = authority.rsplit_once(':').map(|(_, port)| port);
            after.is_some_and(|port| !port.ends_with(']') && !port.bytes().all(|byte| byte.is_ascii_digit()))
        };
        authority.contains('@') || (path.contains('@') && is_cut())
    });
    let of_setting = ["password=", "pwd="].iter().any(|key| {
        lower.split_once(key).is_some_and(|(_, rest)| rest.starts_with(|char: char| !matches!(char, ';' | '&' | ' ')))
    });
    of_address || of_setting || lower.contains("@tcp(") || lower.contains("@unix(")
}

/// Adds the names to an app: secrets by their names, other names with a default as variables.
pub(super) fn fill(found: Environment, app: &mut App) {
    for (name, read) in found.into_iter().take(NAMES_MAX) {
        // Everyone can read the default of a variable
        let is_private = read.default.as_deref().is_some_and(has_credentials);
        if is_private || is_secret(&name) || is_secret_address(&name, &read) {
            app.environment.push(Seen::usual(EnvironmentRead::Secret(name), read.evidence));
            continue;
        }
        let default = read.default.filter(|value| format!("{name}={value}").parse::<Variable>().is_ok());
        match default {
            Some(value) => app.environment.push(Seen::usual(EnvironmentRead::Variable(name, value), read.evidence)),
            None if read.is_required => {
                let note = Note::new(format!("the app needs `{name}` in its environment"));
                let note = note.help("give it a value, or make it a secret if its value must stay private");
                let note = note.or_answer("variables", format!("{name}=VALUE")).or_answer("secrets", name);
                app.notes.push(note.seen(read.evidence));
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, Evidence, Read, add, has_credentials, is_secret, is_secret_address};

    #[test]
    fn an_address_of_a_store_without_a_default_is_a_secret() {
        for (name, default, secret) in [
            ("DATABASE_URL", None, true),
            ("DATABASE_URL", Some(""), true),
            ("MONGODB_URI", Some(" "), true),
            ("POSTGRES_URL", Some("None"), true),
            ("REDIS_URL", Some("redis://localhost:6379"), false),
            ("DATABASE_URL", Some("sqlite:///data.db"), false),
            ("API_URL", Some(""), false),
            ("DATABASE_NAME", Some(""), false),
        ] {
            let mut found = Environment::new();
            let default = default.map(str::to_owned);
            add(&mut found, name, Read { default, is_required: false, evidence: Evidence::file("a", "reads it") });
            assert_eq!(is_secret_address(name, &found[name]), secret, "{name}: {found:?}");
        }
    }

    #[test]
    fn credentials_in_a_value_are_seen() {
        for value in [
            "postgres://user:pass@host/db",
            "amqp://guest@broker",
            "redis://:p/a#s@host:6379/0",
            "user:pass@tcp(db:3306)/x",
            "Server=db;User=a;Password=b",
            "host=db user=a password=b",
        ] {
            assert!(has_credentials(value), "{value}");
        }
        for value in [
            "redis://localhost:6379/0",
            "https://cdn.example.org/npm/react@18",
            "http://localhost:3000/@a",
            "http://[::1]/@a",
            "me@example.org",
            "host=db password=",
            "",
        ] {
            assert!(!has_credentials(value), "{value}");
        }
    }

    #[test]
    fn a_name_about_a_secret_is_none() {
        for (name, secret) in [
            ("OPENAI_API_KEY", true),
            ("api_token", true),
            ("GROQ_APIKEY", true),
            ("ACCESS_TOKEN_EXPIRE_MINUTES", false),
            ("DAILY_TOKEN_LIMIT", false),
            ("MAX_TOKENS", false),
            ("LIMIT_KEY", true),
        ] {
            assert_eq!(is_secret(name), secret, "{name}");
        }
    }
}
