//! A value of the block and what it means.

use std::ops::Range;

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key.
    pub(crate) key: Node,
    /// The value; an empty one is placed right after the colon.
    pub(crate) value: Node,
}

impl Entry {
    /// The bytes of both.
    pub(crate) fn range(&self) -> Range<usize> {
        self.key.range.start..self.value.range.end.max(self.key.range.end)
    }
}

/// A value with its byte range in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// The content.
    pub(crate) value: Value,
    /// The place, including quotes.
    pub(crate) range: Range<usize>,
}

/// The content of a node.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A text. A plain one, without quotes or tag, may be a number, a boolean or null.
    Scalar {
        /// The text after unquoting.
        text: String,
        /// Whether it has neither quotes nor a tag.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values.
    Mapping(Vec<Entry>),
    /// An alias. It is not resolved.
    Alias,
}

/// The type of a value, as a YAML 1.2 reader resolves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YamlType {
    Null,
    Boolean,
    Integer,
    Float,
    Text,
    Sequence,
    Mapping,
    /// An alias: unknown.
    Alias,
}

impl YamlType {
    /// The type, as messages name it.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Null => "empty",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Text => "text",
            Self::Sequence => "a list",
            Self::Mapping => "a mapping",
            Self::Alias => "a reference",
        }
    }
}

impl Node {
    /// The text of a scalar of any type; none if it is empty.
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if self.yaml_type() != YamlType::Null => Some(text),
            _ => None,
        }
    }

    /// A whole number.
    pub(crate) fn as_integer(&self) -> Option<i64> {
        match &self.value {
            Value::Scalar { text, plain: true } => integer(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key, if it is a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let entry = self.entries()?.iter().find(|entry| entry.key.as_str() == Some(key))?;
        Some(&entry.value)
    }

    /// Whether it is a scalar without quotes.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.value, Value::Scalar { plain: true, .. })
    }

    /// The type by the core schema of YAML 1.2, chapter 10.3.
    pub(crate) fn yaml_type(&self) -> YamlType {
        let text = match &self.value {
            Value::Sequence(_) => return YamlType::Sequence,
            Value::Mapping(_) => return YamlType::Mapping,
            Value::Alias => return YamlType::Alias,
            Value::Scalar { plain: false, .. } => return YamlType::Text,
            Value::Scalar { text, .. } => text.as_str(),
        };
        match text {
            "" | "~" | "null" | "Null" | "NULL" => YamlType::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => YamlType::Boolean,
            _ if integer(text).is_some() => YamlType::Integer,
            _ if is_float(text) => YamlType::Float,
            _ => YamlType::Text,
        }
    }
}

fn integer(text: &str) -> Option<i64> {
    if let Some(digits) = text.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok();
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return i64::from_str_radix(digits, 8).ok();
    }
    text.parse().ok()
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, infinities and not-a-number.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    unsigned.starts_with(|char: char| char.is_ascii_digit() || char == '.')
        && unsigned.contains(|char: char| char.is_ascii_digit())
        && unsigned.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | 'e' | 'E' | '+' | '-'))
        && unsigned.parse::<f64>().is_ok()
}
