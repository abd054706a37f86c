//! The JSON schema of an answers file.

use serde_json::{Map, Value, json};

use super::Printable;
use super::json::pretty;
use crate::answers::{Kind, Question, Raw};
use crate::render::Catalog;

/// A schema, draft 2020-12, derived from the questions.
#[must_use]
pub fn schema(catalog: &Catalog) -> Printable {
    let template = catalog.question();
    let version = ("template_version".to_owned(), json!({"type": "string", "description": "Version of the template"}));
    let questions = catalog.questions();
    let properties: Map<String, Value> = std::iter::once((template.key().to_owned(), property(&template)))
        .chain([version])
        .chain(questions.iter().map(|question| (question.key().to_owned(), property(question))))
        .collect();
    pretty(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers for spaces-new",
        "description": "An answers file in TOML, as `spaces-new --answers` reads it and `.spaces-new.toml` keeps it",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    }))
}

fn property(question: &Question) -> Value {
    let mut property = match question.kind() {
        Kind::Text => json!({"type": "string"}),
        Kind::Integer { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Choice(choices) => json!({"type": "string", "enum": choices}),
        Kind::List => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Words => {
            json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]})
        }
    };
    if let Some(object) = property.as_object_mut() {
        object.insert("description".to_owned(), Value::from(question.help()));
        match question.default() {
            Some(Raw::Text(text)) => object.insert("default".to_owned(), Value::from(text.as_str())),
            Some(Raw::Integer(number)) => object.insert("default".to_owned(), Value::from(*number)),
            Some(Raw::Boolean(value)) => object.insert("default".to_owned(), Value::from(*value)),
            _ => None,
        };
    }
    property
}
