//! The answers for `.spaces-new.toml` and for templates.

use minijinja::Value;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::answer::shown;
use crate::answers::{Raw, Spec};

/// The resolved answer to a question, in the form of an answers file. None if there is none.
pub(crate) fn answer(spec: &Spec, key: &str) -> Option<Raw> {
    let own = || spec.own().iter().find(|answer| answer.key == key).and_then(|answer| answer.value.clone());
    spec.values.raw(key).or_else(own)
}

/// Every resolved answer by its key, as templates get it.
pub(crate) fn template_values(spec: &Spec) -> Vec<(&str, Value)> {
    let common = spec.values.shown().into_iter();
    common.chain(spec.own().iter().map(|own| (own.key.as_str(), shown::optional(own.value.as_ref())))).collect()
}

/// The content of `.spaces-new.toml`: the template with its version, and the answers in [`Spec::kept`], ordered as the
/// questions.
pub(crate) fn answers_toml(spec: &Spec) -> Result<String, toml::ser::Error> {
    let mut entries =
        vec![("template", Raw::from(spec.template())), ("template_version", Raw::from(spec.template_version()))];
    entries.extend(spec.kept().filter_map(|key| Some((key, answer(spec, key)?))));
    toml::to_string(&Ordered(entries))
}

/// A table that preserves the order of its keys.
struct Ordered<'a>(Vec<(&'a str, Raw)>);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::List(items) => items.serialize(serializer),
        }
    }
}
