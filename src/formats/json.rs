//! JSON with the place of each value. Source: <https://www.rfc-editor.org/rfc/rfc8259>.

use std::ops::Range;

use serde::de::IgnoredAny;

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Json {
    pub(crate) span: Range<usize>,
    pub(crate) kind: JsonKind,
}

/// The content of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Text(String),
    /// The members in their order, each with the place of its name.
    Object(Vec<Member>),
    Array(Vec<Json>),
    /// A number, `true`, `false` or `null`.
    Other,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// The place of the name, with its quotes.
    pub(crate) at: Range<usize>,
    pub(crate) value: Json,
}

impl Json {
    /// Reads a document; none if it is malformed or nested deeper than `serde_json` goes.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        serde_json::from_str::<IgnoredAny>(&text[start..]).ok()?;
        Reader { text, at: start }.value()
    }

    /// The members of an object; none of anything else.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.kind {
            JsonKind::Object(members) => members,
            _ => &[],
        }
    }

    /// The member of that name: the last one, as `JSON.parse` does.
    pub(crate) fn member(&self, name: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.name == name)
    }

    /// The member at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Member> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.member(first)?, |member, name| member.value.member(name))
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            JsonKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Only reads text that is known to be well-formed, so that the depth is limited too.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Json> {
        self.skip_space();
        let start = self.at;
        let kind = match self.peek()? {
            b'"' => JsonKind::Text(self.string()?),
            b'{' => JsonKind::Object(self.items(b'}', Self::entry)?),
            b'[' => JsonKind::Array(self.items(b']', Self::value)?),
            _ => {
                let rest = &self.text[start..];
                let end = rest.find([',', '}', ']', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
                self.at += end.max(1);
                JsonKind::Other
            }
        };
        Some(Json { span: start..self.at, kind })
    }

    fn entry(&mut self) -> Option<Member> {
        let start = self.at;
        let name = self.string()?;
        let at = start..self.at;
        self.skip_space();
        self.take(b':')?;
        Some(Member { name, at, value: self.value()? })
    }

    /// The text between an opening bracket and its closing one.
    fn items<T>(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.skip_space();
            match self.peek()? {
                byte if byte == close => break,
                b',' => self.at += 1,
                _ => items.push(item(self)?),
            }
        }
        self.at += 1;
        Some(items)
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'\\' => self.at += 2,
                b'"' => break,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_place() {
        let text = "\u{feff}{ \"a\" : {\"b\\n\": [1, \"é\", {}, true]}, \"c\": \"d\", \"c\": -1.5e3 }\n";
        let json = Json::read(text).unwrap();
        let list = json.at(&["a", "b\n"]).unwrap();
        assert_eq!((&text[list.at.clone()], &text[list.value.span.clone()]), ("\"b\\n\"", "[1, \"é\", {}, true]"));
        let JsonKind::Array(items) = &list.value.kind else { panic!("{list:?}") };
        let places: Vec<_> = items.iter().map(|item| &text[item.span.clone()]).collect();
        assert_eq!(places, ["1", "\"é\"", "{}", "true"]);
        assert_eq!(items[1].as_text(), Some("é"));
        assert_eq!(&text[json.member("c").unwrap().value.span.clone()], "-1.5e3", "the last of two counts");
        assert_eq!(json.at(&["c", "d"]), None);
    }

    #[test]
    fn malformed_documents_are_not_read() {
        for text in ["", "{", "{\"a\"}", "{\"a\": 1,}", "[1 2]", "\"\\", "{} {}", "nul"] {
            assert_eq!(Json::read(text), None, "{text}");
        }
        assert_eq!(Json::read(&"[".repeat(100_000)), None, "no document goes as deep as the stack");
    }
}
