//! Values, as far as the text shows them.

use std::borrow::Cow;

use super::token::{Kind, tokens};

/// The value of an expression, if the text shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value<'t> {
    /// A decoded string. Neither bytes nor an f-string with braces.
    Text(Cow<'t, str>),
    /// A number as written.
    Number(&'t str),
    /// `True` or `False`.
    Boolean(bool),
    /// A name, possibly dotted.
    Name(&'t str),
    /// A call and nothing after it: the callee, resolved as [`super::Call::path`] is, and its text.
    Call(String, &'t str),
    /// Anything else, as written.
    Expression(&'t str),
}

impl Value<'_> {
    /// The text of a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The last integer in it, also in a string, as in `int(os.environ.get("PORT", "7860"))`.
    pub(crate) fn last_number(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.trim().parse().ok(),
            Self::Number(text) => text.replace('_', "").parse().ok(),
            Self::Call(_, text) | Self::Expression(text) => {
                let number = |token: super::token::Token| match token.kind {
                    Kind::Number => text[token.range()].replace('_', "").parse().ok(),
                    Kind::Text => decode(&text[token.range()])?.trim().parse().ok(),
                    _ => None,
                };
                tokens(text).filter_map(number).last()
            }
            Self::Boolean(_) | Self::Name(_) => None,
        }
    }
}

/// The text of a string token; none for bytes, for f-strings with braces, and for an unterminated string.
pub(super) fn decode(token: &str) -> Option<Cow<'_, str>> {
    let quote_at = token.find(['\'', '"'])?;
    let (prefix, quoted) = token.split_at(quote_at);
    let quote = &quoted[..1];
    let triple = quote.repeat(3);
    let marks = if quoted.len() >= 6 && quoted.starts_with(&triple) { triple.as_str() } else { quote };
    let inner = quoted.strip_prefix(marks)?.strip_suffix(marks)?;
    let has = |letters: [char; 2]| prefix.contains(letters);
    if has(['b', 'B']) || ((has(['f', 'F']) || has(['t', 'T'])) && inner.contains('{')) {
        return None;
    }
    if has(['r', 'R']) || !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    Some(Cow::Owned(unescape(inner)))
}

/// The usual escapes; any other stays as written.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some('r') => plain.push('\r'),
            Some(char @ ('\\' | '\'' | '"')) => plain.push(char),
            Some('\n') => {}
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn strings_are_decoded_when_their_text_is_certain() {
        for (token, text) in [
            ("'a'", Some("a")),
            ("\"\"\"a\n\"\"\"", Some("a\n")),
            (r"r'\d'", Some(r"\d")),
            (r"'it\'s\x20'", Some(r"it's\x20")),
            ("f'plain'", Some("plain")),
            ("f'{a}'", None),
            ("b'a'", None),
            ("'open", None),
            ("''", Some("")),
            ("'", None),
        ] {
            assert_eq!(decode(token).as_deref(), text, "{token}");
        }
    }
}
