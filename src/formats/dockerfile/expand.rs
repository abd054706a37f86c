//! Expands variables, as Docker does in most instructions.
//!
//! Source: <https://docs.docker.com/reference/dockerfile/#environment-replacement>.

/// A longer text after expansion counts as unknown.
const LONGEST: usize = 64 * 1024;
/// Defaults nested deeper than this count as unknown.
const DEEPEST: usize = 16;

/// The text with `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` expanded. None if a value is unknown.
///
/// `lookup` returns `None` for a variable whose value is unknown and `Some(None)` for an unset one.
pub(super) fn expand(text: &str, lookup: &dyn Fn(&str) -> Option<Option<String>>) -> Option<String> {
    within(text, lookup, DEEPEST)
}

fn within(text: &str, lookup: &dyn Fn(&str) -> Option<Option<String>>, depth: usize) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\\']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            let next = escaped.chars().next();
            out.push(next.unwrap_or('\\'));
            rest = &escaped[next.map_or(0, char::len_utf8)..];
            continue;
        }
        let (value, length) = variable(rest, lookup, depth.checked_sub(1)?)?;
        out.push_str(&value);
        if out.len() > LONGEST {
            return None;
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    Some(out)
}

/// The value of the variable at the beginning of a text, and the length of its name.
fn variable(text: &str, lookup: &dyn Fn(&str) -> Option<Option<String>>, depth: usize) -> Option<(String, usize)> {
    let body = &text[1..];
    if let Some(braced) = body.strip_prefix('{') {
        let end = closing_brace(braced)?;
        let inside = &braced[..end];
        let name_end = inside.find(|char: char| !is_name(char)).unwrap_or(inside.len());
        let (name, operator) = inside.split_at(name_end);
        let value = lookup(name)?;
        let set = value.filter(|value| !value.is_empty() || !operator.starts_with(':'));
        let plain = operator.trim_start_matches(':');
        let value = match plain.as_bytes().first() {
            None => set.unwrap_or_default(),
            Some(b'-') => match set {
                Some(value) => value,
                None => within(&plain[1..], lookup, depth)?,
            },
            Some(b'+') => match set {
                Some(_) => within(&plain[1..], lookup, depth)?,
                None => String::new(),
            },
            _ => return None,
        };
        return Some((value, end + 3));
    }
    let end = body.find(|char: char| !is_name(char)).unwrap_or(body.len());
    if end == 0 {
        return Some(("$".to_owned(), 1));
    }
    Some((lookup(&body[..end])?.unwrap_or_default(), end + 1))
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 1_usize;
    text.char_indices().find_map(|(at, char)| {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

fn is_name(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_as_docker_does() {
        let lookup = |name: &str| match name {
            "A" => Some(Some("x".to_owned())),
            "EMPTY" => Some(Some(String::new())),
            "UNKNOWN" => None,
            _ => Some(None),
        };
        for (text, expected) in [
            ("/$A/b", Some("/x/b")),
            ("${A}b", Some("xb")),
            ("${EMPTY:-d}", Some("d")),
            ("${EMPTY-d}", Some("")),
            ("${NONE:-${A}}", Some("x")),
            ("${A:+yes}", Some("yes")),
            ("\\$A", Some("$A")),
            ("$UNKNOWN", None),
            ("${A", None),
            ("cost$", Some("cost$")),
        ] {
            assert_eq!(expand(text, &lookup).as_deref(), expected, "{text}");
        }
    }
}
