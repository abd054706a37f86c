//! The table `[check]` of `.spaces-new.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::diagnostic::{Finding, Fix, Level, Place};
use crate::formats::own_file::{CheckTable, Entry, OwnFile, Value};
use crate::repo::Repo;

/// The file that holds it.
pub(crate) use crate::formats::own_file::OWN_FILE as CONFIG;

/// The repository's settings for the check.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// Whether the pedantic rules run.
    pub(super) pedantic: bool,
    /// Rules whose level differs from their group's; `None` is off.
    pub(super) levels: BTreeMap<&'static str, Option<Level>>,
    /// The faults in the table.
    pub(super) findings: Vec<Finding>,
}

impl Config {
    pub(super) fn read(repo: &Repo) -> Self {
        let mut config = Self::default();
        let Some(text) = repo.text(CONFIG) else { return config };
        match OwnFile::read(text).map(|file| file.check) {
            Err(error) => {
                config.wrong(error.range, format!("invalid TOML: {}", error.message), "fix it, or delete the file");
            }
            Ok(Some(CheckTable::NotATable(range))) => {
                config.wrong(range, "`check` is not a table".to_owned(), "write `[check]` above its keys");
            }
            Ok(Some(CheckTable::Settings(settings))) => config.settings(settings),
            Ok(None) => {}
        }
        config
    }

    fn settings(&mut self, settings: Vec<Entry>) {
        for Entry { key, value, range } in settings {
            let rule = super::rule(&key.text);
            if let Some(id) = super::renamed(&key.text) {
                let fix = Fix::safe(format!("write `{id}`")).replace(CONFIG, key.range.clone(), id);
                let message = format!("the rule `{}` is now called `{id}`", key.text);
                let finding = Finding::new(Place::bytes(CONFIG, key.range.clone()), message)
                    .label("the old name is understood for one version")
                    .help(format!("write `{id}`"));
                self.findings.push(finding.fix(fix));
            }
            match (key.text.as_str(), rule, value) {
                ("pedantic", _, Value::Boolean(pedantic)) => self.pedantic = pedantic,
                ("pedantic", _, _) => {
                    self.wrong(range, "`pedantic` is not a boolean".to_owned(), "write `true` or `false`");
                }
                (_, Some(rule), Value::Text(level)) => match level.as_str() {
                    "off" => drop(self.levels.insert(rule.id(), None)),
                    "warning" => drop(self.levels.insert(rule.id(), Some(Level::Warning))),
                    "error" => drop(self.levels.insert(rule.id(), Some(Level::Error))),
                    other => self.wrong(range, format!("unknown level `{other}`"), LEVELS),
                },
                (_, Some(_), _) => self.wrong(range, "the level is not a string".to_owned(), LEVELS),
                (name, None, _) => {
                    let help = match super::nearest_rule(name) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`spaces-new rules` lists every rule".to_owned(),
                    };
                    self.wrong(key.range.clone(), format!("unknown rule `{name}`"), help);
                }
            }
        }
    }

    fn wrong(&mut self, at: Range<usize>, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(Place::bytes(CONFIG, at), message).help(help));
    }
}

const LEVELS: &str = "write `\"off\"`, `\"warning\"` or `\"error\"`";
