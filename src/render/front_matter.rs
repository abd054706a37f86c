//! Writes the metadata block.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answers::Spec;
use crate::facts::fields::{Effect, FIELDS};
use crate::values::{Pins, Sdk};

/// The file that the Hub starts in a Gradio Space.
const APP: &str = "app.py";

/// The file that the Hub serves in a static Space.
const PAGE: &str = "index.html";

/// The content of a key.
enum Held {
    Text(String),
    Integer(i64),
    Boolean(bool),
    List(Vec<String>),
}

impl Serialize for Held {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::List(items) => items.serialize(serializer),
        }
    }
}

/// The keys in the order of the table.
struct Block(Vec<(&'static str, Held)>);

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, held) in &self.0 {
            map.serialize_entry(key, held)?;
        }
        map.end()
    }
}

/// The block for a specification, with both `---` lines: the keys that have an effect for its SDK, in the table's order.
///
/// # Errors
/// If the serialiser refuses a value, which does not happen with checked values.
pub(crate) fn emit(spec: &Spec, pins: &Pins) -> Result<String, serde_saphyr::ser::Error> {
    let effective = FIELDS.iter().filter(|field| has_effect(field.effect, spec.sdk()));
    let block = Block(effective.filter_map(|field| Some((field.key, held(field.key, spec, pins)?))).collect());
    let options = serde_saphyr::ser_options! {
        indent_step: 2,
        prefer_block_scalars: false,
    };
    let yaml = serde_saphyr::to_string_with_options(&block, options)?;
    Ok(format!("---\n{}\n---\n", yaml.trim_end_matches('\n')))
}

fn has_effect(effect: Effect, sdk: Sdk) -> bool {
    match effect {
        Effect::Any => true,
        Effect::Docker => sdk == Sdk::Docker,
        Effect::Gradio => sdk == Sdk::Gradio,
        Effect::GradioOrStatic => matches!(sdk, Sdk::Gradio | Sdk::Static),
        Effect::Static => sdk == Sdk::Static,
    }
}

/// The value for a key; none if the answers have none.
fn held(key: &str, spec: &Spec, pins: &Pins) -> Option<Held> {
    let text = |text: &str| Some(Held::Text(text.to_owned()));
    let list = |items: Vec<String>| (!items.is_empty()).then_some(Held::List(items));
    match key {
        "title" => text(spec.title().as_str()),
        "emoji" => text(spec.emoji().as_str()),
        "colorFrom" => text(spec.color_from().as_str()),
        "colorTo" => text(spec.color_to().as_str()),
        "sdk" => text(spec.sdk().as_str()),
        "sdk_version" => pins.version("gradio").and_then(text),
        "python_version" => spec.python().and_then(|python| text(python.as_str())),
        "app_file" => text(match spec.app_file() {
            Some(file) => file.as_str(),
            None if spec.sdk() == Sdk::Static => PAGE,
            None => APP,
        }),
        "app_build_command" => spec.build_command().and_then(|command| command.line()).map(Held::Text),
        "app_port" => spec.port().map(|port| Held::Integer(port.get().into())),
        "license" => spec.license().and_then(|license| text(license.as_str())),
        "short_description" => spec.short_description().and_then(|line| text(line.as_str())),
        "suggested_hardware" => spec.hardware().and_then(|hardware| text(hardware.as_str())),
        "tags" => list(strings(spec.tags())),
        "models" => list(strings(spec.models())),
        "datasets" => list(strings(spec.datasets())),
        "preload_from_hub" => list(strings(spec.preload())),
        "hf_oauth" => spec.hf_oauth().then_some(Held::Boolean(true)),
        "hf_oauth_scopes" => list(strings(spec.hf_oauth_scopes())),
        _ => None,
    }
}

fn strings<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
