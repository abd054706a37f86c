//! The tokens of Python source.
//!
//! Source: <https://docs.python.org/3/reference/lexical_analysis.html>. A string of any prefix is one token, an f-string
//! with everything in its braces. Every byte of any text belongs to exactly one token.

use std::ops::Range;

/// The type of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Name,
    /// A number.
    Number,
    /// A string with its prefix and quotes, terminated or not.
    Text,
    /// A bracket, an operator, a comma, a dot, a colon.
    Operator,
    /// A line break outside of strings.
    LineEnd,
    /// Blanks, tabs, form feeds, a byte order mark.
    Blank,
    /// From `#` to the end of the line.
    Comment,
    /// A backslash and the line break after it.
    Join,
    /// Invalid in Python.
    Other,
}

/// A token and its byte range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// The byte of a token of one byte, to compare it with; otherwise 0.
    pub(super) sign: u8,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Token {
    #[inline]
    pub(crate) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether it is code and not layout.
    #[inline]
    pub(super) fn is_code(self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Number | Kind::Text | Kind::Operator | Kind::Other)
    }
}

/// The maximum depth of strings in the braces of f-strings in real code.
const NESTING_MAX: usize = 8;

/// Splits a text into tokens.
pub(crate) fn tokens(text: &str) -> Lexer<'_> {
    Lexer { text, at: 0, plain_to: 0 }
}

/// The tokens of a text, one by one.
pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// Up to this offset a search for the end of a string in braces failed: it is not repeated.
    plain_to: usize,
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let first = *self.text.as_bytes().get(start)?;
        let kind = self.kind();
        // Unknown text is skipped, so that the reader always reaches the end
        if self.at <= start {
            self.at = start + self.rest().chars().next().map_or(1, char::len_utf8);
        }
        let sign = if self.at == start + 1 { first } else { 0 };
        Some(Token { kind, sign, start, end: self.at })
    }
}

impl<'t> Lexer<'t> {
    #[inline]
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    #[inline]
    fn byte(&self, offset: usize) -> u8 {
        self.text.as_bytes().get(self.at + offset).copied().unwrap_or(0)
    }

    #[inline]
    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() && is_part(bytes[self.at]) {
            self.at += 1;
        }
    }

    /// Reads past a token.
    fn kind(&mut self) -> Kind {
        match self.byte(0) {
            b' ' | b'\t' | b'\x0c' => {
                self.take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0c'));
                Kind::Blank
            }
            b'\n' | b'\r' => {
                self.at += line_break(self.rest());
                Kind::LineEnd
            }
            b'#' => {
                self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                Kind::Comment
            }
            b'\\' => {
                let length = line_break(&self.rest()[1..]);
                self.at += 1 + length;
                if length > 0 { Kind::Join } else { Kind::Other }
            }
            b'\'' | b'"' => {
                self.at = self.string_end(self.at, false, 0);
                Kind::Text
            }
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() => self.number(),
            byte if byte == b'_' || byte.is_ascii_alphabetic() => self.name(),
            byte if byte.is_ascii() => self.operator(byte),
            _ => match self.rest().chars().next() {
                Some(char) if char.is_alphanumeric() => self.name(),
                Some('\u{feff}') => {
                    self.at += '\u{feff}'.len_utf8();
                    Kind::Blank
                }
                // The caller goes on behind it
                _ => Kind::Other,
            },
        }
    }

    #[inline]
    fn name(&mut self) -> Kind {
        let start = self.at;
        loop {
            self.take_while(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
            let other = if self.byte(0).is_ascii() { None } else { self.rest().chars().next() };
            match other.filter(|char| char.is_alphanumeric()) {
                Some(char) => self.at += char.len_utf8(),
                None => break,
            }
        }
        let name = &self.text.as_bytes()[start..self.at];
        let is_prefix = name.len() <= 2 && name.iter().all(|byte| b"rRbBuUfFtT".contains(byte));
        if is_prefix && matches!(self.byte(0), b'\'' | b'"') {
            let has_braces = name.iter().any(|byte| matches!(byte, b'f' | b'F' | b't' | b'T'));
            self.at = self.string_end(self.at, has_braces, 0);
            return Kind::Text;
        }
        Kind::Name
    }

    fn number(&mut self) -> Kind {
        let mut last = b'0';
        loop {
            let byte = self.byte(0);
            let signed_exponent = matches!(byte, b'+' | b'-') && matches!(last, b'e' | b'E');
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || signed_exponent) {
                return Kind::Number;
            }
            last = byte;
            self.at += 1;
        }
    }

    /// Longer ones must not be read as `=`, `.` or `:`.
    fn operator(&mut self, byte: u8) -> Kind {
        let (second, third) = (self.byte(1), self.byte(2));
        let doubles = matches!(byte, b'*' | b'/' | b'<' | b'>') && second == byte;
        let length = match (second, third) {
            (b'.', b'.') if byte == b'.' => 3,
            (_, b'=') if doubles => 3,
            _ if doubles => 2,
            (b'=', _) if b"=!<>:+-*/%@&|^".contains(&byte) => 2,
            (b'>', _) if byte == b'-' => 2,
            _ => 1,
        };
        self.at += length;
        if length > 1 || b"()[]{},.:;=+-*/%@&|^~<>".contains(&byte) { Kind::Operator } else { Kind::Other }
    }

    /// The end of the string whose first quote is at `start`. An unterminated string ends with its line, or with the text if
    /// it has three quotes.
    fn string_end(&mut self, start: usize, has_braces: bool, nesting: usize) -> usize {
        let text = self.text;
        let bytes = text.as_bytes();
        let quote = bytes[start];
        let triple = bytes[start..].starts_with(&[quote; 3]);
        let mut at = start + if triple { 3 } else { 1 };
        // The number of open braces, of brackets in the last one, and whether `:` and a format were reached
        let (mut depth, mut brackets, mut in_format) = (0_usize, 0_usize, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => {
                    // A line break after a backslash may be two bytes; an escaped character may be several
                    at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
                    at += usize::from(bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n'));
                }
                b'\n' | b'\r' if !triple => return at,
                b'{' if has_braces && depth == 0 && bytes.get(at + 1) == Some(&b'{') => at += 2,
                // A dict or a set in an expression
                b'{' if depth > 0 && !in_format => {
                    brackets += 1;
                    at += 1;
                }
                b'}' if depth > 0 && !in_format && brackets > 0 => {
                    brackets -= 1;
                    at += 1;
                }
                b'{' if has_braces => {
                    (depth, brackets, in_format) = (depth + 1, 0, false);
                    at += 1;
                }
                b'}' if has_braces => {
                    depth = depth.saturating_sub(1);
                    in_format = depth > 0;
                    at += 1;
                }
                b'(' | b'[' if depth > 0 => {
                    brackets += 1;
                    at += 1;
                }
                b')' | b']' if depth > 0 => {
                    brackets = brackets.saturating_sub(1);
                    at += 1;
                }
                b':' if depth > 0 && brackets == 0 => {
                    in_format = true;
                    at += 1;
                }
                byte if *byte == quote && !triple && depth == 0 => return at + 1,
                byte if *byte == quote && depth == 0 && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
                // Since Python 3.12 a string in the braces may use the quotes of the outer string
                b'\'' | b'"' if depth > 0 && !in_format && nesting < NESTING_MAX && at >= self.plain_to => {
                    let inner_braces = matches!(bytes[at - 1], b'f' | b'F' | b't' | b'T');
                    let end = self.string_end(at, inner_braces, nesting + 1);
                    if bytes.get(end - 1) == Some(byte) && end > at + 1 {
                        at = end;
                    } else {
                        self.plain_to = self.plain_to.max(end);
                        at += 1;
                    }
                }
                byte if *byte == quote && !triple => return at + 1,
                byte if *byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
                _ => at += 1,
            }
        }
        bytes.len()
    }
}

/// The length in bytes of the line break at the beginning of a text.
fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<(Kind, &str)> {
        let code = tokens(text).filter(|token| token.is_code());
        code.map(|token| (token.kind, &text[token.range()])).collect()
    }

    fn strings(text: &str) -> Vec<&str> {
        shown(text).into_iter().filter(|(kind, _)| *kind == Kind::Text).map(|(_, text)| text).collect()
    }

    #[test]
    fn strings_of_every_kind_are_one_token() {
        for text in [
            "'a # b'",
            "\"it's\"",
            "'''a\n'b' \"\"\" c'''",
            r"r'\'",
            r"'\''",
            "b'x'",
            "Rb\"x\"",
            "u''",
            "f'{a}'",
            "f'{{' ",
            "f\"{a[\"b\"]}\"",
            "f'{x:{width}}'",
            "rf'''{a\n}'''",
            "'a\\\nb'",
            "'a\\\r\nb'",
            "t'{a}'",
            "'é'",
        ] {
            let expected = if text.starts_with('r') && text.len() == 4 { vec!["r'\\'"] } else { vec![text.trim()] };
            assert_eq!(strings(text), expected, "{text}");
        }
        assert_eq!(strings("f\"{x:'>8}\", 'y'"), ["f\"{x:'>8}\"", "'y'"], "a quote that pads");
        assert_eq!(strings("'open\nnext = 'x'"), ["'open", "'x'"], "a string that is not closed ends with its line");
    }

    #[test]
    fn comments_and_joined_lines_are_no_code() {
        let text = "a = 1 # import b\nc = \\\n  d\r\n";
        let kinds: Vec<Kind> = tokens(text).map(|token| token.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == Kind::LineEnd).count(), 2);
        assert!(kinds.contains(&Kind::Join) && kinds.contains(&Kind::Comment));
        let words: Vec<&str> = shown(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(words, ["a", "=", "1", "c", "=", "d"]);
    }

    #[test]
    fn numbers_and_operators() {
        let words: Vec<&str> = shown("x==1e-5+.5:=0x_1f...y").into_iter().map(|(_, text)| text).collect();
        assert_eq!(words, ["x", "==", "1e-5", "+", ".5", ":=", "0x_1f...y"]);
        assert_eq!(shown("a.b").len(), 3);
        let long = "... **= //= >>= <<= == != <= >= := -> += -= *= /= %= @= &= |= ^= ** // >> <<";
        let words: Vec<&str> = shown(long).into_iter().map(|(_, text)| text).collect();
        assert_eq!(words, long.split(' ').collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn every_byte_is_in_exactly_one_token(text in r#"([a-z '"\\{}()\[\]#=:,.é\n\r\tfrb0-9]|"""|'''|\PC){0,80}"#) {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert_eq!(token.start, at);
                prop_assert!(token.end > at && text.is_char_boundary(token.end));
                at = token.end;
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
