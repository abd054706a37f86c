//! Configuration of nginx. Source: <https://nginx.org/en/docs/beginners_guide.html#conf_structure>, and `ngx_conf_read_token` in
//! <https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c> for quotes, escapes and comments.

use super::Placed;

/// A directive: its name and its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directive {
    /// Without their quotes and escapes, each with the place of all of it.
    words: Vec<Placed>,
}

impl Directive {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.words.first().map_or("", |word| &word.text)
    }

    /// What follows its name.
    pub(crate) fn parameters(&self) -> &[Placed] {
        self.words.get(1..).unwrap_or_default()
    }
}

/// A longer file is not read: no configuration written by hand is longer.
const LARGEST: usize = 512 * 1024;

/// The directives of a file in their order; those of a block follow the one that opens it. None if it is malformed, which the
/// configuration of another program is to nginx, and also if it holds Lua code that is.
pub(crate) fn directives(text: &str) -> Option<Vec<Directive>> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    let mut words = Vec::new();
    let mut open_blocks = 0_usize;
    if text.len() > LARGEST {
        return None;
    }
    while let Some(first) = reader.peek() {
        match first {
            first if first.is_ascii_whitespace() => reader.at += 1,
            b'#' => reader.at += reader.rest().find('\n').unwrap_or(reader.rest().len()),
            b';' | b'{' if words.is_empty() => return None,
            b';' | b'{' => {
                reader.at += 1;
                open_blocks += usize::from(first == b'{');
                found.push(Directive { words: std::mem::take(&mut words) });
            }
            b'}' if words.is_empty() => {
                reader.at += 1;
                open_blocks = open_blocks.checked_sub(1)?;
            }
            b'}' => return None,
            b'"' | b'\'' => words.push(reader.quoted(char::from(first))?),
            _ => words.push(reader.plain()),
        }
    }
    (words.is_empty() && open_blocks == 0).then_some(found)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// A word in quotes; none if they are not closed, or the next word begins right behind them.
    fn quoted(&mut self, quote: char) -> Option<Placed> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        while self.rest().chars().next()? != quote {
            self.take(&mut text);
        }
        self.at += 1;
        let is_at_end = self.peek().is_none_or(|next| next.is_ascii_whitespace() || b";{)".contains(&next));
        is_at_end.then(|| self.placed(text, start))
    }

    /// A word without quotes: a quote, a `#` or a `}` within it is a part of it, and so is the `{` of `${name}`.
    fn plain(&mut self) -> Placed {
        let start = self.at;
        let mut text = String::new();
        while let Some(next) = self.peek() {
            let is_of_variable = next == b'{' && text.ends_with('$');
            if next.is_ascii_whitespace() || next == b';' || (next == b'{' && !is_of_variable) {
                break;
            }
            self.take(&mut text);
        }
        self.placed(text, start)
    }

    /// Takes a character, or two that begin with a backslash: the second has no meaning then, and the first stays unless it makes
    /// a quote, a backslash or a blank of the second.
    fn take(&mut self, text: &mut String) {
        let mut next = || {
            let char = self.rest().chars().next()?;
            self.at += char.len_utf8();
            Some(char)
        };
        match next() {
            Some('\\') => match next() {
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('n') => text.push('\n'),
                Some(char @ ('"' | '\'' | '\\')) => text.push(char),
                other => text.extend(std::iter::once('\\').chain(other)),
            },
            other => text.extend(other),
        }
    }

    fn placed(&self, text: String, start: usize) -> Placed {
        Placed { text, range: start..self.at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<Vec<Vec<String>>> {
        let found = directives(text)?;
        let texts = |directive: Directive| directive.words.into_iter().map(|word| word.text).collect();
        Some(found.into_iter().map(texts).collect())
    }

    #[test]
    fn directives_and_those_of_blocks_stand_one_after_another() {
        let text = "# one; {\nserver {\n  listen 80; add_header X \"a; # \\\"b\\\"\"\n    always;\n  location ~ \\.php$ {}\n}\n";
        let expected: [&[&str]; 4] = [
            &["server"],
            &["listen", "80"],
            &["add_header", "X", "a; # \"b\"", "always"],
            &["location", "~", "\\.php$"],
        ];
        assert_eq!(words(text).unwrap(), expected);
        let header = directives(text).unwrap().remove(2);
        assert_eq!((header.name(), &text[header.parameters()[1].range.clone()]), ("add_header", "\"a; # \\\"b\\\"\""));
    }

    #[test]
    fn a_word_without_quotes_may_hold_what_has_a_meaning_elsewhere() {
        let text = "set $a ${b}c#d'e'f}; return 200 é\\;x; rewrite ^ 'it\\'s\\t' \"\";";
        let expected: [&[&str]; 3] =
            [&["set", "$a", "${b}c#d'e'f}"], &["return", "200", "é\\;x"], &["rewrite", "^", "it's\t", ""]];
        assert_eq!(words(text).unwrap(), expected);
    }

    #[test]
    fn what_nginx_does_not_take_is_not_read() {
        for text in
            ["a b", "a {", "}", "a } ;", ";", "a \"b;", "a \"b\"c;", "[program:a]\ncommand=b\n", "a \\", "{}", "a;;"]
        {
            assert_eq!(words(text), None, "{text}");
        }
        assert_eq!(words(&"a;".repeat(LARGEST)), None);
        assert_eq!(words("").map(|found| found.len()), Some(0));
        assert_eq!(words("\r\n# no end").map(|found| found.len()), Some(0));
    }
}
