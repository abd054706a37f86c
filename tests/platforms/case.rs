//! The apps in `apps/`: each file is a whole folder, as fenced blocks, and in `expected.toml` what the platforms find in it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::settings::beside;

/// An app and what is expected of it.
pub struct Case {
    pub name: String,
    /// Its files, by their paths.
    pub files: Vec<(String, String)>,
    pub expected: Expected,
}

/// What the platforms have to find.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The platforms that take the app.
    pub targets: Vec<String>,
    /// The template that makes the app, where the case holds none.
    pub template: Option<String>,
    /// What `add` is told.
    #[serde(default)]
    pub flags: Vec<String>,
    /// The function that is called.
    #[serde(default)]
    pub function: String,
    /// What has to be installed.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The inputs as Cog's inspector shows them.
    #[serde(default)]
    pub inputs: BTreeMap<String, Value>,
    #[serde(default)]
    pub answers: Vec<Call>,
    /// What is out of the limits.
    #[serde(default)]
    pub refuses: Vec<Call>,
    /// Pages that are requested by GET.
    #[serde(default)]
    pub gets: Vec<Get>,
    pub notebook: Option<Notebook>,
    /// Where Northflank finds the app.
    pub port: Option<u16>,
    /// The pages of a Streamlit app, their titles, its Debian packages and its settings.
    #[serde(default)]
    pub pages: Vec<String>,
    #[serde(default)]
    pub titles: Vec<String>,
    #[serde(default)]
    pub apt: Vec<String>,
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

/// A call, and what comes back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub input: serde_json::Map<String, Value>,
    #[serde(default)]
    pub output: Value,
    /// What comes of a generator from a server that sends its parts one after another.
    pub stream: Option<String>,
}

/// A page, and what is on it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Get {
    pub path: String,
    pub output: Value,
}

/// An expression in a notebook, and its value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notebook {
    pub expression: String,
    pub value: Value,
}

impl Case {
    /// A case by its name.
    pub fn named(name: &str) -> Self {
        let path = beside("apps").join(format!("{name}.md"));
        let text = fs_err::read_to_string(path).unwrap();
        let mut files = blocks(&text);
        let at = files.iter().position(|(path, _)| path == "expected.toml").expect("the case has an `expected.toml`");
        let (_, expected) = files.remove(at);
        let expected = toml::from_str(&expected).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { name: name.to_owned(), files, expected }
    }

    /// Those that a platform takes, in alphabetical order.
    pub fn of_target(target: &str) -> Vec<Self> {
        let mut names: Vec<String> = fs_err::read_dir(beside("apps"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
            .collect();
        names.sort();
        let cases = names.iter().map(|name| Self::named(name));
        let cases: Vec<_> = cases.filter(|case| case.expected.targets.iter().any(|one| one == target)).collect();
        assert!(!cases.is_empty(), "no app is taken to {target}");
        cases
    }
}

/// The fenced blocks of a text, each with the words after its opening fence.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(path) if !is_inside => {
                blocks.push((path.trim().to_owned(), String::new()));
                is_inside = true;
            }
            Some(_) => is_inside = false,
            None if is_inside => {
                let (_, content) = blocks.last_mut().unwrap();
                content.push_str(line);
                content.push('\n');
            }
            None => {}
        }
    }
    blocks
}
