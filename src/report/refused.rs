//! Why nothing was done, for programs.

use serde_json::{Value, json};

use super::Printable;
use super::json::pretty;
use crate::answers::SpecError;
use crate::apply::WriteError;

/// Why nothing was done, and what to do.
#[derive(Debug, Clone)]
pub struct Refused {
    errors: Vec<Value>,
    hint: Option<String>,
}

impl Refused {
    /// Problems with answers.
    pub fn answers<'e>(errors: impl IntoIterator<Item = &'e SpecError>) -> Self {
        let of_answer = |error: &SpecError| {
            json!({
                "key": error.key(),
                "flag": error.flag().map(|flag| format!("--{flag}")),
                "line": error.line(),
                "missing": error.is_missing(),
                "message": error.message(),
                "hint": error.hint(),
            })
        };
        Self { errors: errors.into_iter().map(of_answer).collect(), hint: None }
    }

    /// A folder could not be written.
    #[must_use]
    pub fn write(error: &WriteError) -> Self {
        let found: Vec<&str> = error.entries().collect();
        let errors = vec![json!({"message": error.to_string(), "found": found})];
        Self { errors, hint: error.hint().map(str::to_owned) }
    }

    /// Anything else.
    #[must_use]
    pub fn message(message: &str) -> Self {
        Self { errors: vec![json!({"message": message})], hint: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(self, hint: Option<&str>) -> Self {
        Self { hint: hint.map(str::to_owned), ..self }
    }
}

/// A document with the reason why nothing was done.
#[must_use]
pub fn refused_json(refused: &Refused) -> Printable {
    pretty(&json!({"ok": false, "errors": refused.errors, "hint": refused.hint}))
}
