//! What a file is that git considers binary, and what its ending suggests.
//!
//! Git, and with it the Hub, looks for a zero byte. Text has one too if it is UTF-16, or if a tool damaged it; such a file
//! must not go to LFS, least of all by its ending.

use crate::facts::lfs::{GROUPS, MORE_BINARY, TEXT_ENDINGS, TEXT_NAMES};

/// The kind of a file that has a zero byte near its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zeros {
    /// A binary file.
    Binary,
    /// Text in UTF-16.
    Utf16,
    /// Text with zero bytes that do not belong there.
    InText,
    /// A file that is text by its name, but not by its content.
    NamedAsText,
}

impl Zeros {
    /// Determines the kind of a file, by its name and its beginning.
    pub(crate) fn of(name: &str, head: &[u8]) -> Self {
        if ending_pattern(name).is_some() {
            Self::Binary
        } else if is_utf16(head) {
            Self::Utf16
        } else if is_text_with_zeros(head) {
            Self::InText
        } else if is_named_as_text(name) {
            Self::NamedAsText
        } else {
            Self::Binary
        }
    }
}

/// The pattern for the ending of a file, if all files with that ending are binary.
pub(crate) fn ending_pattern(name: &str) -> Option<String> {
    let known = |ending: &str| {
        let ending = ending.to_ascii_lowercase();
        GROUPS.iter().any(|group| group.extensions.contains(&&*ending)) || MORE_BINARY.contains(&&*ending)
    };
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && known(ending) => Some(format!("*.{ending}")),
        _ if name.contains(".tar.") => Some("*.tar.*".to_owned()),
        _ => None,
    }
}

fn is_named_as_text(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    TEXT_ENDINGS.contains(&ending) || TEXT_NAMES.contains(&&*name) || stem == "dockerfile" || name.starts_with(".env")
}

/// Whether this is UTF-16: by its byte order mark, or because every second byte of plain text is zero.
fn is_utf16(head: &[u8]) -> bool {
    let (head, little) = match head {
        [0xff, 0xfe, rest @ ..] => (rest, Some(true)),
        [0xfe, 0xff, rest @ ..] => (rest, Some(false)),
        _ => (head, None),
    };
    let is_text = |little: bool, has_mark: bool| {
        let units = head.chunks_exact(2).map(|pair| {
            let pair = [pair[0], pair[1]];
            if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        });
        let mut chars: Vec<_> = char::decode_utf16(units).collect();
        // The end of the bytes that were read may split a pair
        chars.pop_if(|last| last.is_err());
        let plain = chars.iter().flatten().filter(|char| matches!(char, '\t' | '\n' | '\r' | ' '..='~')).count();
        let is_valid =
            chars.iter().all(|char| char.as_ref().is_ok_and(|char| !char.is_control() || char.is_whitespace()));
        !chars.is_empty() && is_valid && (has_mark || plain * 2 > chars.len())
    };
    match little {
        Some(little) => is_text(little, true),
        None => is_text(true, false) || is_text(false, false),
    }
}

/// Whether this is UTF-8 once the few zero bytes are removed.
fn is_text_with_zeros(head: &[u8]) -> bool {
    let rest: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let text = match std::str::from_utf8(&rest) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let is_plain = |char: char| !char.is_control() || matches!(char, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}');
    (head.len() - rest.len()) * 4 <= head.len() && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn text_is_told_from_binary_by_its_content() {
        for (mark, little) in [(true, true), (true, false), (false, true), (false, false)] {
            let text = utf16("title: Demo, é 漢 🚀\r\n", mark, little);
            assert_eq!(Zeros::of("anything", &text), Zeros::Utf16, "{mark} {little}");
        }
        assert_eq!(Zeros::of("anything", b"text\0more\n"), Zeros::InText);
        assert_eq!(Zeros::of("anything", "é\0".repeat(9).as_bytes()), Zeros::Binary, "a third of it is zero");
        assert_eq!(Zeros::of("server", b"\x7fELF\x02\x01\x01\0\0\0\0"), Zeros::Binary);
        assert_eq!(Zeros::of("a.dat", &[0; 64]), Zeros::Binary);
    }

    #[test]
    fn a_name_decides_where_the_content_does_not() {
        for name in [
            "README.md",
            "a.TXT",
            "Dockerfile",
            "Dockerfile.gpu",
            "LICENSE",
            ".env.local",
            "app.py",
            "page.ipynb",
            "uv.lock",
        ] {
            assert_eq!(Zeros::of(name, &[0; 64]), Zeros::NamedAsText, "{name}");
            assert_eq!(Zeros::of(name, b"text\0more\n"), Zeros::InText, "{name}");
            assert_eq!(ending_pattern(name), None, "{name}");
        }
        assert_eq!(Zeros::of("a.PNG", b"text\0more\n"), Zeros::Binary);
        assert_eq!(ending_pattern("a.PNG").as_deref(), Some("*.PNG"));
        assert_eq!(ending_pattern("a.tar.001").as_deref(), Some("*.tar.*"));
        assert_eq!(ending_pattern(".png"), None, "a name, no ending");
        assert_eq!(ending_pattern("a.weird"), None);
    }

    #[test]
    fn no_ending_is_text_and_binary() {
        for ending in TEXT_ENDINGS {
            assert_eq!(ending_pattern(&format!("a.{ending}")), None, "{ending}");
        }
    }
}
