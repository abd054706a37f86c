//! Common parts of the checked values: the error of an invalid value, and the macro that declares a text value.

use super::token::without_tokens;
use std::fmt;

use crate::escape::shown;

/// Why a value is invalid, and what is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The fault.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: Option<String>,
}

impl Invalid {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The fault.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it, if there is a better hint than the rule itself.
    #[must_use]
    pub fn hint_text(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Invalid {}

/// Declares a text type with a rule: `text_value!(/** docs */ Name, rule)`, with `rule: fn(&str) -> Result<String, Invalid>`.
macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, $rule:path) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::values::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $rule(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}
pub(crate) use text_value;

/// The allowed name that is closest to the input, if any is close.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    known
        .into_iter()
        // Names of very different lengths cannot be close, and comparing them would take quadratic time.
        .filter(|name| name.chars().count().abs_diff(length) <= name.len())
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The maximum number of names that an error proposes.
const PROPOSED_MOST: usize = 4;

/// The error for a value that is not one of the allowed ones.
pub(crate) fn not_listed(typed: &str, known: &[&str], source: &str) -> Invalid {
    let message = format!("`{}` is not {source}", excerpt(typed));
    let lower = typed.to_lowercase();
    let begun = known.iter().copied().filter(|name| typed.len() > 1 && name.starts_with(&lower)).take(PROPOSED_MOST);
    let begun: Vec<String> = begun.map(|name| format!("`{name}`")).collect();
    if !begun.is_empty() {
        return Invalid::new(message).hint(format!("did you mean {}?", begun.join(" or ")));
    }
    match nearest(typed, known.iter().copied()) {
        Some(name) => Invalid::new(message).hint(format!("did you mean `{name}`?")),
        None if known.len() <= 12 => Invalid::new(message).hint(format!("one of: {}", known.join(", "))),
        None => Invalid::new(message).hint("`spaces-new schema` lists them"),
    }
}

/// A value as an error message shows it: one line, escaped, not longer than a message should be.
pub(crate) fn excerpt(text: &str) -> String {
    const MAX: usize = 60;
    let text = without_tokens(text);
    let text = &*text;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", shown(&text[..end])),
        None => shown(text).into_owned(),
    }
}

/// Whether a line ends here for some reader of YAML, TOML or Dockerfiles.
pub(crate) fn is_line_break(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Text on one line, without surrounding white space and without anything that a reader of the generated files
/// would refuse or lose: no control characters, no line breaks of any standard, no byte-order mark, no noncharacters.
pub(crate) fn one_line(text: &str) -> Result<String, Invalid> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Invalid::new("it is empty"));
    }
    if trimmed.chars().any(is_line_break) {
        return Err(Invalid::new(format!("`{}` has a line break", excerpt(trimmed))).hint("keep it on one line"));
    }
    let unprintable =
        |char: &char| char.is_control() || matches!(u32::from(*char), 0xFEFF) || u32::from(*char) & 0xFFFE == 0xFFFE;
    if let Some(char) = trimmed.chars().find(unprintable) {
        let code = u32::from(char);
        return Err(Invalid::new(format!("it has the character U+{code:04X}, which YAML cannot hold"))
            .hint("remove that character"));
    }
    Ok(trimmed.to_owned())
}
