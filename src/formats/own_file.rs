//! `.spaces-new.toml`: the answers that a Space was made with, and the settings of the check. An answers file written by
//! a user has the same format.

use crate::order::Order;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Placed;
use super::tables::{self, NotToml};

/// The path of the file in a repository.
pub(crate) const OWN_FILE: &str = ".spaces-new.toml";

/// The table that holds no answers but the settings of the check.
const CHECK: &str = "check";

/// The table that holds what was chosen for other platforms, a table each.
pub(crate) const ADD: &str = "add";

/// A file.
#[derive(Debug, Default)]
pub(crate) struct OwnFile {
    /// Every key outside of the settings of the check, in the order of the file.
    pub(crate) answers: Vec<Entry>,
    /// The content of `check`, if it exists.
    pub(crate) check: Option<CheckTable>,
}

/// The settings of the check.
#[derive(Debug)]
pub(crate) enum CheckTable {
    /// In alphabetical order.
    Settings(Vec<Entry>),
    /// Another type, with its place.
    NotATable(Range<usize>),
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: Placed,
    pub(crate) value: Value,
    /// The place of the value.
    pub(crate) range: Range<usize>,
}

/// A value of a supported type, or the name of its type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<String>),
    Other(&'static str),
}

impl OwnFile {
    /// Reads a file.
    ///
    /// # Errors
    /// If it is not TOML.
    pub(crate) fn read(text: &str) -> Result<Self, NotToml> {
        let root = tables::parse(text)?;
        let check = root.get(CHECK).map(|check| match check.get_ref() {
            DeValue::Table(table) => CheckTable::Settings(entries(table)),
            _ => CheckTable::NotATable(check.span()),
        });
        let is_settings = matches!(check, Some(CheckTable::Settings(_)));
        let mut answers = entries(&root);
        answers.retain(|entry| match entry.key.text.as_str() {
            CHECK => !is_settings,
            ADD => entry.value != Value::Other("a table"),
            _ => true,
        });
        answers.order_by_key(|entry| entry.key.range.start);
        Ok(Self { answers, check })
    }

    /// What was chosen for a platform.
    pub(crate) fn added(text: &str, target: &str, key: &str) -> Option<String> {
        let root = tables::read(text)?;
        tables::at(&root, &[ADD, target, key])?.get_ref().as_str().map(str::to_owned)
    }

    /// The value of a key outside of `check`.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.answers.iter().find(|entry| entry.key.text == key).map(|entry| &entry.value)
    }

    /// The same, if it is a text.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The line of an offset, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let entry = |(key, value): (&toml::Spanned<_>, &tables::Value<'_>)| Entry {
        key: Placed { text: std::string::ToString::to_string(key.get_ref()), range: key.span() },
        value: read_value(value.get_ref()),
        range: value.span(),
    };
    table.iter().map(entry).collect()
}

fn read_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Boolean(value) => Value::Boolean(*value),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number out of range"), Value::Integer),
        DeValue::Float(_) => Value::Other("a number with a point, which needs quotes to keep its last zero"),
        DeValue::Datetime(_) => Value::Other("a date"),
        DeValue::Table(_) => Value::Other("a table"),
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> =
                items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            texts.map_or(Value::Other("a list with items other than strings"), Value::List)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_settings_are_told_apart() {
        let text = "template = \"gradio\"\nport = 0x1ea4\nversion = 6.10\npip = ['a', \"b\"]\nodd = [1]\n\n[check]\npedantic = true\nfloating-base = \"off\"\n\n[other]\nx = 1\n";
        let read = OwnFile::read(text).unwrap();
        let keys: Vec<_> = read.answers.iter().map(|entry| entry.key.text.as_str()).collect();
        assert_eq!(keys, ["template", "port", "version", "pip", "odd", "other"]);
        assert_eq!(read.text("template"), Some("gradio"));
        assert_eq!(read.get("port"), Some(&Value::Integer(7844)));
        assert_eq!(read.get("pip"), Some(&Value::List(vec!["a".to_owned(), "b".to_owned()])));
        assert!(matches!(read.get("version"), Some(Value::Other(kind)) if kind.contains("quotes")));
        assert!(matches!(read.get("odd"), Some(Value::Other(_))));
        let Some(CheckTable::Settings(settings)) = read.check else { panic!("settings") };
        let off = settings.iter().find(|entry| entry.value == Value::Text("off".to_owned())).unwrap();
        assert_eq!((&text[off.key.range.clone()], &text[off.range.clone()]), ("floating-base", "\"off\""));
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let text = "a = 1\nb = = 2\n";
        let error = OwnFile::read(text).unwrap_err();
        assert_eq!(error.line(text), 2);
        let read = OwnFile::read("check = 1\n").unwrap();
        assert!(matches!(read.check, Some(CheckTable::NotATable(ref range)) if *range == (8..9)));
        assert_eq!(read.get("check"), Some(&Value::Integer(1)));
    }
}
