//! An unchecked value.

/// An unchecked value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Raw {
    /// Text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// Several texts, in order.
    List(Vec<String>),
}

impl Raw {
    /// The type of the value, with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::List(_) => "a list",
        }
    }

    /// The value as a person would type it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
            Self::List(items) => items.join(", "),
        }
    }
}

impl From<&str> for Raw {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Raw {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i32> for Raw {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<u16> for Raw {
    fn from(value: u16) -> Self {
        Self::Integer(value.into())
    }
}

impl From<i64> for Raw {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl<T: Into<String>> From<Vec<T>> for Raw {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}
