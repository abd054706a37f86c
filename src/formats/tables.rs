//! Values of TOML, by their keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Placed;

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Why a file is not TOML.
#[derive(Debug)]
pub(crate) struct NotToml {
    pub(crate) message: String,
    pub(crate) range: Range<usize>,
}

impl NotToml {
    /// The line at which reading stopped, from 1.
    pub(crate) fn line(&self, text: &str) -> usize {
        super::own_file::line_of(text, self.range.start)
    }
}

/// Reads a file.
pub(super) fn parse(text: &str) -> Result<DeTable<'_>, NotToml> {
    DeTable::parse(text)
        .map(Spanned::into_inner)
        .map_err(|error| NotToml { message: error.message().replace('\n', ", "), range: error.span().unwrap_or(0..0) })
}

/// A file in JSON: so one reader of the values is enough, which is a twentieth of a megabyte less than one for each.
///
/// # Errors
/// If it is not TOML, with the line.
pub(crate) fn toml_in_json(text: &str) -> Result<serde_json::Value, String> {
    let table = parse(text).map_err(|error| format!("line {}: {}", error.line(text), error.message))?;
    Ok(table_in_json(&table))
}

fn table_in_json(table: &DeTable<'_>) -> serde_json::Value {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), value_in_json(value.get_ref()))).collect()
}

fn value_in_json(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Boolean(is) => (*is).into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).into_iter().next().into(),
        DeValue::Float(number) => number.as_str().parse::<f64>().into_iter().next().into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| value_in_json(item.get_ref())).collect(),
        DeValue::Table(table) => table_in_json(table),
    }
}

/// Reads a file. None if it is not TOML.
pub(super) fn read(text: &str) -> Option<DeTable<'_>> {
    parse(text).ok()
}

/// The value behind keys, each in the table of the one before.
pub(super) fn at<'v, 't>(table: &'v DeTable<'t>, keys: &[&str]) -> Option<&'v Value<'t>> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(table.get(*first)?, |value, key| value.get_ref().get(*key))
}

/// The table behind keys.
pub(super) fn table<'v, 't>(table: &'v DeTable<'t>, keys: &[&str]) -> Option<&'v DeTable<'t>> {
    at(table, keys)?.get_ref().as_table()
}

/// The text that a value is.
pub(super) fn text(value: &Value<'_>) -> Option<Placed> {
    let text = value.get_ref().as_str()?.to_owned();
    Some(Placed { text, range: value.span() })
}

/// The texts of a list. Other values in it are left out.
pub(super) fn texts(value: &Value<'_>) -> Option<Vec<Placed>> {
    Some(value.get_ref().as_array()?.iter().filter_map(text).collect())
}
