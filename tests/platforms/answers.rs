//! Values that are sent and that come back: JSON, in which `"@picture 4x2 ff0000"` stands for a picture and `"@text .."` for a file.

use serde_json::Value;

use crate::process::run;
use crate::settings::{script, work};

/// The file that a value stands for.
pub struct File {
    pub name: &'static str,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// The file that a value stands for, if it does.
pub fn file(value: &Value) -> Option<File> {
    let text = value.as_str()?;
    if let Some(text) = text.strip_prefix("@text ") {
        return Some(File { name: "given.txt", media_type: "text/plain", bytes: text.as_bytes().to_vec() });
    }
    let picture: Vec<&str> = text.strip_prefix("@picture ")?.split(' ').collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.png");
    run(script("picture.py", &work()).arg("make").args(picture).arg(&path)).unwrap();
    Some(File { name: "given.png", media_type: "image/png", bytes: fs_err::read(path).unwrap() })
}

/// Compares what came back, as JSON with files as data URLs, with what is expected.
pub fn compare(got: &Value, expected: &Value) -> Result<(), String> {
    let is_right = match (got, expected) {
        (Value::Array(got), Value::Array(expected)) if got.len() == expected.len() => {
            return got.iter().zip(expected).try_for_each(|(got, expected)| compare(got, expected));
        }
        (Value::Object(got), Value::Object(expected)) if got.len() == expected.len() => {
            let missing = Value::Null;
            return expected.iter().try_for_each(|(key, one)| {
                compare(got.get(key).unwrap_or(&missing), one).map_err(|error| format!("`{key}`: {error}"))
            });
        }
        (Value::String(got), Value::String(expected)) if expected.starts_with('@') => {
            described(got.as_bytes()) == *expected
        }
        (Value::Number(got), Value::Number(expected)) => got.as_f64() == expected.as_f64(),
        _ => got == expected,
    };
    let shown = |value: &Value| value.to_string().chars().take(400).collect::<String>();
    if is_right { Ok(()) } else { Err(format!("{} came back, and not {}", shown(got), shown(expected))) }
}

/// What is in a file: `@picture 4x2 ff0000` or `@text ..`.
pub fn described(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("given");
    fs_err::write(&path, bytes).unwrap();
    run(script("picture.py", &work()).arg("read").arg(&path)).unwrap_or_default().trim_end().to_owned()
}

/// Bytes in base64.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
