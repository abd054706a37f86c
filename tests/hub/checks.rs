//! Which bodies the real clients send: their keys, and the types of the values. Everything else is refused.

use serde_json::Value;

use super::http::{Answer, Head};

/// A request that neither real client makes, with the reason.
#[derive(Debug, Clone)]
pub struct Refusal(pub String);

/// What comes of a request.
pub type Outcome = Result<Answer, Refusal>;

/// Refuses a request.
pub fn refuse<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(why.into()))
}

/// The type of a value: a text, a number, a yes or no, an object with these keys, or a list of such.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Text,
    TextOrNull,
    Number,
    Object(&'static [Key]),
    List(&'static Kind),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// So many digits of a number with the base sixteen.
    Hex(usize),
}

/// A key of an object, and whether each client sends it always.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    name: &'static str,
    kind: Kind,
    needed: bool,
}

/// A key that is always sent.
pub const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, needed: true }
}

/// A key that is sent sometimes.
pub const fn may(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, needed: false }
}

/// Checks a body.
pub fn check(value: &Value, kind: Kind, at: &str) -> Result<(), Refusal> {
    let fits = match kind {
        Kind::Text => value.is_string(),
        Kind::TextOrNull => value.is_string() || value.is_null(),
        Kind::Number => value.is_u64() || value.is_i64(),
        Kind::OneOf(texts) => value.as_str().is_some_and(|text| texts.contains(&text)),
        Kind::Hex(length) => value.as_str().is_some_and(|text| is_hex(text, length)),
        Kind::List(inner) => {
            let Some(values) = value.as_array() else { return refuse(format!("{at} is not a list: {value}")) };
            return values.iter().try_for_each(|value| check(value, *inner, &format!("{at}[]")));
        }
        Kind::Object(keys) => return check_keys(value, keys, at),
    };
    if fits { Ok(()) } else { refuse(format!("{at} is `{value}`, not {kind:?}")) }
}

fn check_keys(value: &Value, keys: &[Key], at: &str) -> Result<(), Refusal> {
    let Some(map) = value.as_object() else { return refuse(format!("{at} is not an object: {value}")) };
    for (name, value) in map {
        let Some(key) = keys.iter().find(|key| key.name == name) else {
            return refuse(format!("no client sends {at}.{name}"));
        };
        check(value, key.kind, &format!("{at}.{name}"))?;
    }
    match keys.iter().find(|key| key.needed && !map.contains_key(key.name)) {
        Some(key) => refuse(format!("{at}.{} is missing", key.name)),
        None => Ok(()),
    }
}

pub fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Refuses other parameters of the query than these.
pub fn parameters(head: &Head, known: &[&str]) -> Result<(), Refusal> {
    match head.parameters().find(|name| !known.contains(name)) {
        Some(name) => refuse(format!("no client sends the parameter `{name}`")),
        None => Ok(()),
    }
}

/// Refuses another media type.
pub fn media_type(head: &Head, wanted: &str) -> Result<(), Refusal> {
    match head.media_type() {
        found if found == wanted => Ok(()),
        found => refuse(format!("the content type is `{found}`, not `{wanted}`")),
    }
}

/// Settings that have a name, a value and a description: secrets and variables.
pub const SETTING: Kind =
    Kind::Object(&[key("key", Kind::Text), key("value", Kind::Text), may("description", Kind::Text)]);
/// What names a setting that is deleted.
pub const SETTING_NAME: Kind = Kind::Object(&[key("key", Kind::Text)]);
/// A new repository.
pub const CREATE: Kind = Kind::Object(&[
    key("name", Kind::Text),
    key("organization", Kind::TextOrNull),
    key("type", Kind::OneOf(&["space"])),
    key("sdk", Kind::OneOf(&["gradio", "docker", "static", "streamlit"])),
    may("visibility", Kind::OneOf(&["public", "private", "protected"])),
    may("hardware", Kind::Text),
    may("sleepTimeSeconds", Kind::Number),
    may("secrets", Kind::List(&SETTING)),
    may("variables", Kind::List(&SETTING)),
]);
/// A README that is validated.
pub const README: Kind = Kind::Object(&[key("content", Kind::Text), key("repoType", Kind::OneOf(&["space"]))]);
/// Files whose upload is prepared.
pub const PREUPLOAD: Kind = Kind::Object(&[
    key(
        "files",
        Kind::List(&Kind::Object(&[key("path", Kind::Text), key("sample", Kind::Text), key("size", Kind::Number)])),
    ),
    may("gitIgnore", Kind::Text),
    may("gitAttributes", Kind::Text),
]);
const LARGE: &[Key] = &[key("oid", Kind::Hex(64)), key("size", Kind::Number)];
/// Large files that will be uploaded.
pub const BATCH: Kind = Kind::Object(&[
    key("operation", Kind::OneOf(&["upload"])),
    key("transfers", Kind::List(&Kind::OneOf(&["basic", "multipart", "xet"]))),
    key("objects", Kind::List(&Kind::Object(LARGE))),
    key("hash_algo", Kind::OneOf(&["sha256", "sha_256"])),
    key("ref", Kind::Object(&[key("name", Kind::OneOf(&["main"]))])),
]);
/// A large file that was uploaded.
pub const VERIFY: Kind = Kind::Object(LARGE);
/// The parts of a large file that were uploaded.
pub const COMPLETE: Kind = Kind::Object(&[
    key("oid", Kind::Hex(64)),
    key("parts", Kind::List(&Kind::Object(&[key("partNumber", Kind::Number), key("etag", Kind::Text)]))),
]);
/// Other hardware.
pub const HARDWARE: Kind = Kind::Object(&[key("flavor", Kind::Text), may("sleepTimeSeconds", Kind::Number)]);
/// Another time before a Space sleeps.
pub const SLEEP: Kind = Kind::Object(&[key("seconds", Kind::Number)]);
/// Another visibility.
pub const SETTINGS: Kind = Kind::Object(&[key("visibility", Kind::OneOf(&["public", "private", "protected"]))]);
/// The first line of a commit.
pub const COMMIT_HEADER: Kind =
    Kind::Object(&[key("summary", Kind::Text), may("description", Kind::Text), may("parentCommit", Kind::Hex(40))]);
/// A file of a commit.
pub const COMMIT_FILE: Kind =
    Kind::Object(&[key("content", Kind::Text), key("path", Kind::Text), key("encoding", Kind::OneOf(&["base64"]))]);
/// A large file of a commit.
pub const COMMIT_LARGE: Kind = Kind::Object(&[
    key("path", Kind::Text),
    key("algo", Kind::OneOf(&["sha256"])),
    key("oid", Kind::Hex(64)),
    key("size", Kind::Number),
]);
/// A file that a commit deletes.
pub const COMMIT_DELETED: Kind = Kind::Object(&[key("path", Kind::Text)]);
