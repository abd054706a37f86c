//! The lines of a `.gitattributes`.
//!
//! Source: <https://git-scm.com/docs/gitattributes>; `parse_attr_line` in git's `attr.c`. A line that git ignores is
//! skipped: one that is too long, one with a negated pattern, one with an invalid attribute name.

use std::borrow::Cow;

/// Git ignores a line of this many bytes.
const TOO_LONG: usize = 2048;
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A line that sets something.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct AttributeLine<'l> {
    pub(crate) subject: Subject<'l>,
    /// The attributes in their order, of which the last one wins.
    pub(crate) states: Vec<(&'l str, AttributeState<'l>)>,
}

/// The subject of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Subject<'l> {
    /// Files, by a pattern.
    Pattern(Cow<'l, str>),
    /// The macro that `[attr]NAME` defines.
    Macro(Cow<'l, str>),
}

/// The state of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeState<'l> {
    Set,
    /// `-NAME`.
    Unset,
    /// `!NAME`: unspecified, explicitly.
    Unspecified,
    Value(&'l str),
}

/// Reads a line. None if it sets nothing; `Err` if it is too long for git.
pub(crate) fn attribute_line(line: &str) -> Result<Option<AttributeLine<'_>>, usize> {
    let line = line.split('\0').next().unwrap_or_default().trim_start_matches(BLANKS);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    if line.len() >= TOO_LONG {
        return Err(TOO_LONG);
    }
    Ok(read(line))
}

fn read(line: &str) -> Option<AttributeLine<'_>> {
    let (name, rest) = quoted(line).unwrap_or_else(|| {
        let (name, rest) = line.split_at(word_end(line));
        (Cow::Borrowed(name), rest)
    });
    let subject = match name.strip_prefix("[attr]").filter(|name| !name.is_empty()) {
        Some(_) => Subject::Macro(macro_name(name)?),
        None if name.starts_with('!') => return None,
        None => Subject::Pattern(name),
    };
    let states = words(rest).map(state).collect::<Option<Vec<_>>>()?;
    Some(AttributeLine { subject, states })
}

/// Where the word ends that a text begins with. By bytes, because a search for characters takes a third of the time of a whole file.
fn word_end(text: &str) -> usize {
    text.bytes().position(is_blank).unwrap_or(text.len())
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The words between blanks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.bytes().position(|byte| !is_blank(byte))?..];
        let (word, after) = rest.split_at(word_end(rest));
        rest = after;
        Some(word)
    })
}

/// The name after `[attr]`. In quotes there may be blanks on both sides of it.
fn macro_name(name: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let word = |text: &str| text["[attr]".len()..].trim_start_matches(BLANKS).split(BLANKS).next().map(str::len);
    let start = name.len() - name["[attr]".len()..].trim_start_matches(BLANKS).len();
    let range = start..start + word(&name)?;
    let name = match name {
        Cow::Borrowed(name) => Cow::Borrowed(&name[range]),
        Cow::Owned(name) => Cow::Owned(name[range].to_owned()),
    };
    Some(name).filter(|name| is_name(name))
}

/// A name in double quotes, as in C, and the rest after it. None if it is malformed.
fn quoted(line: &str) -> Option<(Cow<'_, str>, &str)> {
    let inside = line.strip_prefix('"')?;
    let end = inside.find(['"', '\\'])?;
    if inside[end..].starts_with('"') {
        return Some((Cow::Borrowed(&inside[..end]), &inside[end + 1..]));
    }
    let mut bytes = Vec::new();
    let mut rest = inside.as_bytes().iter();
    loop {
        match rest.next()? {
            b'"' => break,
            b'\\' => bytes.push(match rest.next()? {
                b'a' => 7,
                b'b' => 8,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                escaped @ (b'"' | b'\\') => *escaped,
                digit @ b'0'..=b'3' => {
                    let mut value = digit - b'0';
                    for _ in 0..2 {
                        let next = rest.next().filter(|next| (b'0'..=b'7').contains(next))?;
                        value = value << 3 | (next - b'0');
                    }
                    value
                }
                _ => return None,
            }),
            byte => bytes.push(*byte),
        }
    }
    let behind = &inside[inside.len() - rest.as_slice().len()..];
    let name = String::from_utf8_lossy(&bytes).split('\0').next().unwrap_or_default().to_owned();
    Some((Cow::Owned(name), behind))
}

/// The attribute that a word sets, and its state. None if the name is invalid.
fn state(word: &str) -> Option<(&str, AttributeState<'_>)> {
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let (name, state) = match (name.strip_prefix('-'), name.strip_prefix('!'), value) {
        (Some(name), ..) => (name, AttributeState::Unset),
        (_, Some(name), _) => (name, AttributeState::Unspecified),
        (.., None) => (name, AttributeState::Set),
        (.., Some(value)) => (name, AttributeState::Value(value)),
    };
    (is_name(name) && !name.starts_with("builtin_")).then_some((name, state))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(line: &str) -> Option<String> {
        match attribute_line(line).unwrap()?.subject {
            Subject::Pattern(pattern) => Some(pattern.into_owned()),
            Subject::Macro(_) => None,
        }
    }

    #[test]
    fn patterns_are_words_or_quoted() {
        for (line, expected) in [
            ("*.png filter=lfs", "*.png"),
            ("\t *.png\tfilter=lfs\r", "*.png"),
            ("\"a b\" filter=lfs", "a b"),
            ("\"a b\"filter=lfs", "a b"),
            (r#""a\tb\"c\\d\303\251" x"#, "a\tb\"c\\dé"),
            (r#""a\q" x"#, r#""a\q""#),
            ("\"a x", "\"a"),
            (r#""a\477" x"#, r#""a\477""#),
            ("a\\ b", "a\\"),
            ("[attr] x", "[attr]"),
            ("\\!a x", "\\!a"),
            ("a", "a"),
        ] {
            assert_eq!(pattern(line).as_deref(), Some(expected), "{line}");
        }
        for line in
            ["", "  ", "# a", " # a", "!a x", "a b=c -", "a =x", "a !", "a é", "a --b", "a builtin_x", "[attr]x!y b"]
        {
            assert_eq!(attribute_line(line), Ok(None), "{line}");
        }
        assert!(attribute_line(&"a".repeat(2047)).is_ok_and(|line| line.is_some()));
        assert!(attribute_line(&"a".repeat(2048)).is_err(), "git leaves it out");
    }

    #[test]
    fn states_and_macros_are_told_apart() {
        use AttributeState::{Set, Unset, Unspecified, Value};
        let line = attribute_line("[attr]big -text filter=lfs !x y -z=1").unwrap().unwrap();
        assert_eq!(line.subject, Subject::Macro("big".into()));
        let states = [("text", Unset), ("filter", Value("lfs")), ("x", Unspecified), ("y", Set), ("z", Unset)];
        assert_eq!(line.states, states);
        let line = attribute_line("a filter= b==c").unwrap().unwrap();
        assert_eq!(line.states, [("filter", Value("")), ("b", Value("=c"))]);
    }
}
