//! Renders the files that a target adds to an app that exists.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;

use super::engine::{Engine, RenderError};
use super::files::Files;
use crate::answers::object;
use crate::plan::{Mode, Plan, PlannedFile};
use crate::target::{Added, Target};

/// Renders the files of a target with its values, and takes those that need no template as they are.
///
/// # Errors
/// If a template of the target is missing or invalid.
pub(crate) fn added_plan(target: &dyn Target, added: &Added) -> Result<Plan, RenderError> {
    let files = Arc::new(Files::default());
    let engine = Engine::new(&files)?;
    let context = value(&added.values);
    let mut planned = BTreeMap::new();
    for (template, path) in &added.files {
        let file = format!("targets/{}/repo/{template}.j2", target.id());
        planned.insert(path.clone(), PlannedFile::text(engine.render(&file, &context)?, Mode::default()));
    }
    for (path, text) in &added.texts {
        planned.insert(path.clone(), PlannedFile::text(text.clone(), Mode::default()));
    }
    for edit in &added.edits {
        planned.insert(edit.path.clone(), PlannedFile::text(edit.text.clone(), Mode::default()));
    }
    Ok(Plan::new(planned))
}

/// A value of a target as templates get it. Texts pass no file unless a filter for its language lets them.
fn value(data: &serde_json::Value) -> Value {
    match data {
        serde_json::Value::Null => Value::from(()),
        serde_json::Value::Bool(value) => Value::from(*value),
        serde_json::Value::Number(number) => {
            number.as_i64().map(Value::from).or(number.as_f64().map(Value::from)).unwrap_or_default()
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::from_iter(items.iter().map(value)),
        serde_json::Value::Object(entries) => {
            object(entries.iter().map(|(key, item)| (key.as_str(), value(item))).collect())
        }
    }
}
