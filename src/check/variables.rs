//! Shared parts of the rules about variables of a Dockerfile.

use std::ops::Range;

/// Build arguments that every builder sets.
/// Source: <https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope>.
pub(super) fn is_predefined(name: &str) -> bool {
    name.starts_with("TARGET")
        || name.starts_with("BUILDPLATFORM")
        || matches!(name, "BUILDOS" | "BUILDARCH" | "BUILDVARIANT" | "SOURCE_DATE_EPOCH" | "PATH" | "HOME")
        || name.starts_with("BUILDKIT_")
        || name.to_ascii_uppercase().ends_with("_PROXY")
}

/// The variables in a text that have no default there, each with its place. In a shell, single quotes hide them.
pub(super) fn uses(text: &str, offset: usize, in_shell: bool) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut is_single, mut is_double) = (0, false, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if !is_single => at += 1,
            b'\'' if in_shell && !is_double => is_single = !is_single,
            b'"' if in_shell && !is_single => is_double = !is_double,
            b'$' if !is_single => {
                let rest = &text[at + 1..];
                let (body, braces) = rest.strip_prefix('{').map_or((rest, 0), |body| (body, 1));
                let length = body.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(body.len());
                let is_plain = braces == 0 || body[length..].starts_with('}');
                if is_plain && body.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_') {
                    found.push((body[..length].to_owned(), offset + at..offset + at + 1 + length + 2 * braces));
                }
                at += length + braces;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_without_a_default_are_found() {
        let names = |text: &str| uses(text, 0, true).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("a $B ${C} ${D:-x} ${E-} '$F' \"$G\" \\$H $(I) $1 é$J"), ["B", "C", "G", "J"]);
        assert_eq!(uses("${A}", 3, false), [("A".to_owned(), 3..7)]);
        assert!(names("$ ${ $").is_empty());
    }
}
