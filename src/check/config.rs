//! The table `[check]` of `.spaces-new.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::{Finding, Fix, Level, Place};
use crate::repo::Repo;

/// The file that holds it.
pub(crate) const CONFIG: &str = ".spaces-new.toml";

/// The repository's settings of the check.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// Whether the pedantic rules run.
    pub(super) pedantic: bool,
    /// Rules with another level than their group's; `None` is off.
    pub(super) levels: BTreeMap<&'static str, Option<Level>>,
    /// What is wrong with the table.
    pub(super) findings: Vec<Finding>,
}

impl Config {
    pub(super) fn read(repo: &Repo) -> Self {
        let mut config = Self::default();
        let Some(text) = repo.text(CONFIG) else { return config };
        match DeTable::parse(text) {
            Err(error) => {
                let at = error.span().unwrap_or(0..0);
                config.wrong(at, format!("invalid TOML: {}", error.message()), "fix it, or delete the file");
            }
            Ok(table) => {
                if let Some(check) = table.get_ref().get("check") {
                    config.table(check);
                }
            }
        }
        config
    }

    fn table(&mut self, check: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = check.get_ref() else {
            self.wrong(check.span(), "`check` is not a table".to_owned(), "write `[check]` above its keys");
            return;
        };
        for (key, value) in table {
            let rule = super::rule(key.get_ref());
            if let Some(id) = super::renamed(key.get_ref()) {
                let fix = Fix::safe(format!("write `{id}`")).replace(CONFIG, key.span(), id);
                let message = format!("the rule `{}` is now called `{id}`", key.get_ref());
                let finding = Finding::new(Place::bytes(CONFIG, key.span()), message)
                    .label("the old name is understood for one version")
                    .help(format!("write `{id}`"));
                self.findings.push(finding.fix(fix));
            }
            match (key.get_ref().as_ref(), rule, value.get_ref()) {
                ("pedantic", _, DeValue::Boolean(pedantic)) => self.pedantic = *pedantic,
                ("pedantic", _, _) => {
                    self.wrong(value.span(), "`pedantic` is not a boolean".to_owned(), "write `true` or `false`");
                }
                (_, Some(rule), DeValue::String(level)) => match &**level {
                    "off" => drop(self.levels.insert(rule.id(), None)),
                    "warning" => drop(self.levels.insert(rule.id(), Some(Level::Warning))),
                    "error" => drop(self.levels.insert(rule.id(), Some(Level::Error))),
                    other => self.wrong(value.span(), format!("unknown level `{other}`"), LEVELS),
                },
                (_, Some(_), _) => self.wrong(value.span(), "the level is not a string".to_owned(), LEVELS),
                (name, None, _) => {
                    let help = match super::nearest_rule(name) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "`spaces-new rules` lists every rule".to_owned(),
                    };
                    self.wrong(key.span(), format!("unknown rule `{name}`"), help);
                }
            }
        }
    }

    fn wrong(&mut self, at: Range<usize>, message: String, help: impl Into<String>) {
        self.findings.push(Finding::new(Place::bytes(CONFIG, at), message).help(help));
    }
}

const LEVELS: &str = "write `\"off\"`, `\"warning\"` or `\"error\"`";
