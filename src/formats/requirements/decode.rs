//! The text of a requirements file in any encoding.

use std::borrow::Cow;

/// The text of a file in UTF-8 or UTF-16, with or without a byte order mark. PowerShell's `pip freeze >` writes UTF-16.
///
/// A byte order mark in UTF-8 stays in the text, so that offsets in the text are offsets in the file.
/// Source: <https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding>.
pub(crate) fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // No requirement begins with a zero byte or has one after its first letter
        [first, 0, ..] if *first != 0 => utf16(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => utf16(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'static, str>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Option<String> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(Result::ok).collect();
    text.filter(|_| rest.is_empty()).map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_and_utf_16_are_read_with_and_without_a_mark() {
        let text = "gradio==6.31.0\r\n# \u{e9}\u{1f600}\n";
        let marked = format!("\u{feff}{text}");
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        for bytes in [text.as_bytes().to_vec(), little(text), big(text), little(&marked), big(&marked)] {
            assert_eq!(decode(&bytes).as_deref(), Some(text));
        }
        assert_eq!(decode(marked.as_bytes()).as_deref(), Some(marked.as_str()), "places stay");
    }

    #[test]
    fn other_bytes_are_not_a_text() {
        for bytes in [&b"caf\xe9"[..], b"\xff\xfea", b"\xff\xfe\x00\xd8a\x00"] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
        assert_eq!(decode(b"").as_deref(), Some(""));
    }
}
