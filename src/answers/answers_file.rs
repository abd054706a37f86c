//! The answers as they are kept in a generated repository, and as they are told.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::assets;
use super::manifest::Manifest;
use crate::answers::{Raw, Spec};

/// The resolved answer to a question, as an answers file would give it. None where there is none.
///
/// Assets are named by their place in the repository, so that an answers file works from any folder.
pub(crate) fn answer(spec: &Spec, key: &str) -> Option<Raw> {
    let text = |value: Option<&str>| value.map(Raw::from);
    let list = |items: Vec<String>| (!items.is_empty()).then_some(Raw::List(items));
    match key {
        "name" => text(Some(spec.name().as_str())),
        "title" => text(Some(spec.title().as_str())),
        "emoji" => text(Some(spec.emoji().as_str())),
        "color_from" => text(Some(spec.color_from().as_str())),
        "color_to" => text(Some(spec.color_to().as_str())),
        "license" => text(spec.license().map(|license| license.as_str())),
        "short_description" => text(spec.short_description().map(|text| text.as_str())),
        "sdk" => text(Some(spec.sdk().as_str())),
        "app_file" => text(spec.app_file().map(|file| file.as_str())),
        "dependencies" => text(spec.dependencies().map(|file| file.as_str())),
        "install_files" => list(texts(spec.install_files())),
        "build_command" => spec.build_command().map(|command| Raw::List(command.words().to_vec())),
        "hardware" => text(spec.hardware().map(|hardware| hardware.as_str())),
        "base" => text(spec.base().map(|base| base.reference().as_str())),
        "command" => spec.command().map(|command| Raw::List(command.words().to_vec())),
        "python" => text(spec.python().map(|python| python.as_str())),
        "installer" => text(spec.installer().map(|installer| installer.as_str())),
        "port" => spec.port().map(|port| Raw::from(port.get())),
        "dev_mode" => Some(Raw::Boolean(spec.dev_mode())),
        "tags" => list(texts(spec.tags())),
        "models" => list(texts(spec.models())),
        "datasets" => list(texts(spec.datasets())),
        "preload" => list(texts(spec.preload())),
        "pip" => list(texts(spec.pip())),
        "apt" => list(texts(spec.apt())),
        "secrets" => list(texts(spec.secrets())),
        "build_secrets" => list(texts(spec.build_secrets())),
        "variables" => list(texts(spec.variables())),
        "assets" => list(
            spec.assets()
                .iter()
                .filter_map(|path| assets::place(path.as_path()))
                .map(|path| path.to_string())
                .collect(),
        ),
        own => spec.own().iter().find(|answer| answer.key == own).and_then(|answer| answer.value.clone()),
    }
}

fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// Every resolved answer but the name, in the order of the questions, as TOML.
pub(crate) fn answers_toml(template: &Manifest, spec: &Spec) -> Result<String, toml::ser::Error> {
    let mut entries =
        vec![("template", Raw::from(spec.template())), ("template_version", Raw::from(spec.template_version()))];
    let keys = template.questions().iter().map(crate::answers::Question::key);
    let kept = keys.filter(|key| *key != "name" && !(*key == "dev_mode" && spec.port().is_none()));
    entries.extend(kept.filter_map(|key| Some((key, answer(spec, key)?))));
    toml::to_string(&Ordered(entries))
}

/// A table that keeps the order of its keys.
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
