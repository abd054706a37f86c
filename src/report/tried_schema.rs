//! The JSON schema of what a try prints.

use serde_json::{Value, json};

use super::Printable;
use super::json::pretty;

/// The schema, draft 2020-12.
#[must_use]
pub fn tried_schema() -> Printable {
    let properties = json!({
        "engine": or_null(&object(&json!({"name": text(), "version": text()}))),
        "image": or_null(&object(&json!({"id": text(), "mb": integer(), "build_s": nullable("number")}))),
        "run": or_null(&object(&json!({
            "uid": nullable("integer"),
            "memory": nullable("string"),
            "cpus": nullable("integer"),
            "port": integer(),
            "network": nullable("string"),
            "listening": or_null(&list(&text())),
            "written_bytes": nullable("integer"),
            "exit": nullable("integer"),
        }))),
        "probe": or_null(&object(&json!({
            "status": nullable("integer"),
            "first_200_s": nullable("number"),
            "redirects": list(&text()),
        }))),
        "frame": or_null(&object(&json!({
            "x_frame_options": nullable("string"),
            "frame_ancestors": nullable("string"),
            "cookies": list(&text()),
        }))),
        "not_writable": or_null(&list(&object(&json!({
            "path": text(), "uid": integer(), "gid": integer(), "mode": text(),
        })))),
        "written_then_lost": or_null(&list(&object(&json!({"path": text(), "file": text(), "line": integer()})))),
        "stop": or_null(&object(&json!({"signal": text(), "seconds": {"type": "number"}, "exit": nullable("integer")}))),
        "oom": nullable("boolean"),
        "secrets": object(&json!({"set": list(&text()), "missing": list(&text())})),
        "not_checked": list(&text()),
        "findings": list(&object(&json!({
            "step": {"type": "string", "enum": ["read", "pull", "build", "install", "start", "probe", "examine", "stop"]},
            "level": {"type": "string", "enum": ["warning", "error"]},
            "rule": nullable("string"),
            "message": text(),
            "help": nullable("string"),
            "file": nullable("string"),
            "line": nullable("integer"),
        }))),
        "diagnoses": or_null(&list(&diagnosis())),
    });
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `spaces-new try --format json` prints",
        "description": "A value is null where the try did not get that far, or cannot know it; `not_checked` says which",
    });
    if let (Some(schema), Value::Object(object)) = (schema.as_object_mut(), object(&properties)) {
        schema.extend(object);
    }
    pretty(&schema)
}

/// A known message in the output of what failed, as `diagnose` prints it.
fn diagnosis() -> Value {
    object(&json!({
        "line": integer(),
        "message": text(),
        "cause": text(),
        "fix": text(),
        "rule": nullable("string"),
        "confidence": {"type": "string", "enum": ["certain", "likely"]},
        "id": text(),
        "stage": text(),
        "source": text(),
        "findings": list(&json!({"type": "object"})),
    }))
}

fn text() -> Value {
    json!({"type": "string"})
}

fn integer() -> Value {
    json!({"type": "integer"})
}

fn nullable(kind: &str) -> Value {
    json!({"type": [kind, "null"]})
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn or_null(value: &Value) -> Value {
    json!({"anyOf": [value, {"type": "null"}]})
}

/// An object with exactly these keys.
fn object(properties: &Value) -> Value {
    let keys: Vec<&String> = properties.as_object().map(|keys| keys.keys().collect()).unwrap_or_default();
    json!({"type": "object", "required": keys, "additionalProperties": false, "properties": properties})
}
