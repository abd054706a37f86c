//! A block of keys that lost its lines of dashes.

use std::ops::Range;

/// The lines of keys at the beginning of a README, if an SDK is among them and no line of dashes before them.
pub(crate) fn keys_without_dashes(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', '\r', '\n']).len();
    let mut end = start;
    let mut has_sdk = false;
    for line in text[start..].split_inclusive('\n') {
        if !(is_key(line) || (end > start && is_continued(line))) {
            break;
        }
        has_sdk |= line.starts_with("sdk:");
        end += line.len();
    }
    has_sdk.then_some(start..end)
}

fn is_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == '-';
        key.starts_with(|char: char| char.is_ascii_alphabetic())
            && key.chars().all(is_name)
            && (value.trim().is_empty() || value.starts_with([' ', '\t']))
    })
}

/// A continuation of the key above it.
fn is_continued(line: &str) -> bool {
    (line.starts_with([' ', '\t']) && !line.trim().is_empty()) || line.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_at_the_top_are_found_up_to_the_first_other_line() {
        for (text, expected) in [
            (
                "title: A\ntags:\n- b\n  - c\nsdk: docker\n\n# A\nsdk: b\n",
                Some("title: A\ntags:\n- b\n  - c\nsdk: docker\n"),
            ),
            ("\n\nsdk: docker\n---\n", Some("sdk: docker\n")),
            ("sdk: docker", Some("sdk: docker")),
            ("---\nsdk: docker\n---\n", None),
            ("# A\n\nsdk: docker\n", None),
            ("title: A\n\nsdk: docker\n", None),
            ("See https://example.com\nsdk: docker\n", None),
        ] {
            assert_eq!(keys_without_dashes(text).map(|range| &text[range]), expected, "{text}");
        }
    }
}
