//! Values for the names that a Space declares: from its `.env`, or from the environment. No other name is read, and no
//! value is printed or put on a command line.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use super::left_out::left_out;
use crate::apply::Scratch;
use crate::disk;
use crate::formats::env_file;
use crate::formats::own_file::{OWN_FILE, OwnFile, Value};
use crate::order::Order;
use crate::repo::Repo;
use crate::values::{EnvName, Variable};

/// The maximum size of a `.env`.
const LARGEST: u64 = 1 << 20;

/// Shorter values are words that a log has anyway.
const SHORTEST_MASKED: usize = 4;

/// The environment that a Space declares.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// Names of secrets, with their values.
    pub(crate) secrets: Vec<(String, Option<String>)>,
    /// Names of secrets that only the build needs, with their values.
    pub(crate) of_build: Vec<(String, Option<String>)>,
    /// Names of variables, with their values.
    pub(super) variables: Vec<(String, String)>,
    /// Whether the file that declares them is invalid.
    pub(super) is_unreadable: bool,
    /// What it declares and nothing can set, a sentence each.
    pub(crate) left_out: Vec<String>,
}

impl Declared {
    /// Reads the names that `.spaces-new.toml` declares, and looks for their values: `get` reads the environment, which
    /// is preferred to `.env`.
    pub(crate) fn of(repo: &Repo, get: impl Fn(&str) -> Option<String>) -> Self {
        let text = repo.text(OWN_FILE);
        let read = text.map(OwnFile::read);
        let is_unreadable = read.as_ref().is_some_and(Result::is_err);
        let file = read.and_then(Result::ok).unwrap_or_default();
        let left_out = left_out(text.unwrap_or_default(), &file);
        let list = |key: &str| match file.get(key) {
            Some(Value::List(items)) => items.clone(),
            _ => Vec::new(),
        };
        let env_file = repo.root().and_then(|root| disk::read(&root.join(".env"), LARGEST).ok());
        let env_file = env_file.unwrap_or_default();
        let env_text = String::from_utf8_lossy(&env_file);
        let value = |name: &str| {
            let in_file = || env_file::settings(&env_text).find(|setting| setting.name == name);
            get(name).or_else(|| in_file().map(|setting| setting.value.into_owned())).filter(|value| !value.is_empty())
        };
        let secrets = |key: &str| -> Vec<(String, Option<String>)> {
            let names = list(key).into_iter().filter_map(|name| name.parse::<EnvName>().ok());
            names.map(|name| (name.to_string(), value(&name.to_string()))).collect()
        };
        let mut of_build = secrets("build_secrets");
        let secrets = secrets("secrets");
        of_build.retain(|(name, _)| secrets.iter().all(|(known, _)| known != name));
        let variables = list("variables").into_iter().filter_map(|line| line.parse::<Variable>().ok());
        let variables = variables.map(|variable| {
            let name = variable.name().to_string();
            let value = value(&name).unwrap_or_else(|| variable.value().to_owned());
            (name, value)
        });
        Self { secrets, of_build, variables: variables.collect(), is_unreadable, left_out }
    }

    /// Gives a declared secret its value, or adds a variable.
    pub(super) fn give(&mut self, name: &str, value: &str) {
        match self.secrets.iter_mut().find(|(known, _)| known == name) {
            Some((_, secret)) => *secret = Some(value.to_owned()),
            None => {
                self.variables.retain(|(known, _)| known != name);
                self.variables.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// The names of secrets with a value.
    pub(super) fn set(&self) -> Vec<String> {
        self.secrets.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| name.clone()).collect()
    }

    /// The names of secrets without a value.
    pub(super) fn missing(&self) -> Vec<String> {
        self.secrets.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| name.clone()).collect()
    }

    /// The secrets without a value that a Dockerfile mentions.
    pub(super) fn missing_in(&self, dockerfile: &str) -> Vec<String> {
        let missing = self.secrets.iter().chain(&self.of_build).filter(|(_, value)| value.is_none());
        missing.map(|(name, _)| name.clone()).filter(|name| dockerfile.contains(name.as_str())).collect()
    }

    /// All names of a run with their values.
    pub(super) fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let secrets = self.secrets.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)));
        secrets.chain(self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// Writes what a file of the engine can hold, for this user only. Values of several lines are left out.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn write(&self, scratch: &Scratch) -> io::Result<PathBuf> {
        let lines = self.values().filter(|(_, value)| is_one_line(value));
        let text: String = lines.map(|(name, value)| format!("{name}={value}\n")).collect();
        scratch.private_file("environment", text.as_bytes())
    }

    /// What such a file cannot hold.
    pub(super) fn of_several_lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values().filter(|(_, value)| !is_one_line(value) && !value.contains('\0'))
    }

    /// Writes each secret into a file of its own, for the build.
    ///
    /// # Errors
    /// If one cannot be written.
    pub(super) fn write_each(&self, scratch: &Scratch) -> io::Result<Vec<(String, PathBuf)>> {
        let all = self.secrets.iter().chain(&self.of_build);
        let set = all.filter_map(|(name, value)| Some((name, value.as_deref()?)));
        set.map(|(name, value)| Ok((name.clone(), scratch.private_file(&format!("secret-{name}"), value.as_bytes())?)))
            .collect()
    }

    /// A text without the values of secrets.
    pub(crate) fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let all = self.secrets.iter().chain(&self.of_build);
        let values = all.filter_map(|(_, value)| value.as_deref()).filter(|value| value.len() >= SHORTEST_MASKED);
        let mut values: Vec<String> = values.flat_map(forms).collect();
        values.retain(|value| text.contains(value.as_str()));
        // A longer one may contain a shorter one
        values.order_by_key(|value| std::cmp::Reverse(value.len()));
        values.into_iter().fold(Cow::Borrowed(text), |text, value| Cow::Owned(text.replace(&value, "***")))
    }
}

/// A value as programs print it: as it is, as a string of Python or JSON, within an address, and line by line.
fn forms(value: &str) -> Vec<String> {
    let json = |value: &str| serde_json::Value::from(value).to_string().trim_matches('"').to_owned();
    let ascii = |text: &str| -> String {
        text.chars()
            .flat_map(|char| match char {
                ' '..='~' | '\n' => vec![char.to_string()],
                _ => char.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
            })
            .collect()
    };
    let python = value.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    let percent: String = value
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let in_json = json(value);
    let mut all = vec![
        value.to_owned(),
        ascii(&in_json),
        in_json,
        python.replace('\'', "\\'"),
        python,
        percent.replace("%20", "+"),
        percent,
    ];
    all.extend(value.lines().filter(|line| line.len() >= SHORTEST_MASKED && value.contains('\n')).map(str::to_owned));
    all
}

/// Removes a file with values as soon as the engine has read it.
pub(super) fn remove(path: &Path) {
    let _ = fs_err::remove_file(path);
}

fn is_one_line(value: &str) -> bool {
    !value.contains(['\n', '\r', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_declared_names_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let own = "secrets = [\"API_KEY\", \"OTHER_KEY\", \"PATH\"]\nvariables = [\"MODE=demo\", \"SIZE=1\"]\n";
        fs_err::write(folder.path().join(".spaces-new.toml"), own).unwrap();
        fs_err::write(folder.path().join(".env"), "API_KEY=from-file\nNOT_DECLARED=x\nSIZE=2\n").unwrap();
        fs_err::write(folder.path().join(".gitignore"), ".env\n").unwrap();
        let repo = Repo::open(folder.path()).unwrap();
        let declared = Declared::of(&repo, |name| (name == "NOT_DECLARED" || name == "PATH").then(|| "x".to_owned()));
        assert_eq!((declared.set(), declared.missing()), (vec!["API_KEY".to_owned()], vec!["OTHER_KEY".to_owned()]));
        let values: Vec<_> = declared.values().collect();
        assert_eq!(values, [("API_KEY", "from-file"), ("MODE", "demo"), ("SIZE", "2")]);
        let preferred = Declared::of(&repo, |name| (name == "API_KEY").then(|| "from-environment".to_owned()));
        assert_eq!(preferred.values().next(), Some(("API_KEY", "from-environment")));
    }

    #[test]
    fn values_are_masked_and_written_for_this_user_alone() {
        let value = |text: &str| Some(text.to_owned());
        let declared = Declared {
            secrets: vec![
                ("A_KEY".to_owned(), value("hidden")),
                ("B_KEY".to_owned(), value("hidden-longer")),
                ("C_KEY".to_owned(), value("line\nline")),
                ("D_KEY".to_owned(), value("1")),
            ],
            ..Declared::default()
        };
        assert_eq!(declared.masked("1: hidden-longer, hidden"), "1: ***, ***");
        let odd = Declared { secrets: vec![("A_KEY".to_owned(), value("a\"b\\c ö d"))], ..Declared::default() };
        let shown =
            [r#"a"b\c ö d"#, r#"a\"b\\c ö d"#, r#"a\"b\\c \u00f6 d"#, r#"a"b\\c ö d"#, "a%22b%5Cc%20%C3%B6%20d"];
        for text in shown {
            assert_eq!(odd.masked(text), "***", "{text}");
        }
        let scratch = Scratch::new().unwrap();
        let file = declared.write(&scratch).unwrap();
        let text = String::from_utf8(disk::read(&file, LARGEST).unwrap()).unwrap();
        assert_eq!(text, "A_KEY=hidden\nB_KEY=hidden-longer\nD_KEY=1\n");
        assert_eq!(declared.of_several_lines().map(|(name, _)| name).collect::<Vec<_>>(), ["C_KEY"]);
        remove(&file);
        assert!(!file.exists() && declared.write_each(&scratch).unwrap().len() == 4);
    }
}
