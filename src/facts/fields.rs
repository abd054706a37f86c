//! The keys of the README metadata block, in the order in which they are written.
//!
//! Source: <https://huggingface.co/docs/hub/spaces-config-reference>; `license` from
//! <https://huggingface.co/docs/hub/repositories-licenses>.

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldType {
    /// Text.
    Text,
    /// An integer.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A list of text.
    TextList,
    /// A mapping from text to text.
    TextMap,
}

/// The kinds of Space in which a key has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// Every Space.
    Any,
    /// Only `sdk: docker`.
    Docker,
    /// Only `sdk: gradio`.
    Gradio,
    /// `sdk: gradio` and `sdk: static`.
    GradioOrStatic,
    /// Only `sdk: static`.
    Static,
}

/// One key of the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The key as the Hub spells it.
    pub key: &'static str,
    /// What it holds.
    pub kind: FieldType,
    /// Where it has an effect.
    pub effect: Effect,
}

const fn field(key: &'static str, kind: FieldType, effect: Effect) -> Field {
    Field { key, kind, effect }
}

/// Every key, in writing order.
pub const FIELDS: &[Field] = &[
    field("title", FieldType::Text, Effect::Any),
    field("emoji", FieldType::Text, Effect::Any),
    field("colorFrom", FieldType::Text, Effect::Any),
    field("colorTo", FieldType::Text, Effect::Any),
    field("sdk", FieldType::Text, Effect::Any),
    field("sdk_version", FieldType::Text, Effect::Gradio),
    field("python_version", FieldType::Text, Effect::Gradio),
    field("app_file", FieldType::Text, Effect::GradioOrStatic),
    field("app_build_command", FieldType::Text, Effect::Static),
    field("app_port", FieldType::Integer, Effect::Docker),
    field("base_path", FieldType::Text, Effect::Any),
    field("fullWidth", FieldType::Boolean, Effect::Any),
    field("header", FieldType::Text, Effect::Any),
    field("pinned", FieldType::Boolean, Effect::Any),
    field("license", FieldType::Text, Effect::Any),
    field("short_description", FieldType::Text, Effect::Any),
    field("thumbnail", FieldType::Text, Effect::Any),
    field("tags", FieldType::TextList, Effect::Any),
    field("models", FieldType::TextList, Effect::Any),
    field("datasets", FieldType::TextList, Effect::Any),
    field("suggested_hardware", FieldType::Text, Effect::Any),
    field("suggested_storage", FieldType::Text, Effect::Any),
    field("startup_duration_timeout", FieldType::Text, Effect::Any),
    field("preload_from_hub", FieldType::TextList, Effect::Any),
    field("hf_oauth", FieldType::Boolean, Effect::Any),
    field("hf_oauth_scopes", FieldType::TextList, Effect::Any),
    field("hf_oauth_expiration_minutes", FieldType::Integer, Effect::Any),
    field("hf_oauth_authorized_org", FieldType::TextList, Effect::Any),
    field("disable_embedding", FieldType::Boolean, Effect::Any),
    field("custom_headers", FieldType::TextMap, Effect::Any),
];

/// Words that are mistaken for keys of a Space, seen in public READMEs, and what to do instead.
pub const TAKEN_FOR_KEYS: &[(&str, &str)] = &[
    ("dockerfile", "the Hub builds the file `Dockerfile` at the root"),
    ("hardware", "write `suggested_hardware`, and choose the hardware in the settings"),
    ("env", "set variables in the settings of the Space"),
    ("port", "write `app_port`"),
];
