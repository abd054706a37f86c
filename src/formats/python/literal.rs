//! Literals: values that stand in the text whole.

use super::call::value;
use super::computed::{Known, computed};
use super::statement::Code;
use super::token::{Kind, tokens};
use super::value::Value;

/// A literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    /// `None`.
    None,
    /// `True` or `False`.
    Boolean(bool),
    /// A number as written, with its sign.
    Number(String),
    /// A string.
    Text(String),
    /// A list or a tuple.
    List(Vec<Literal>),
}

/// Lists in lists beyond this depth are data.
const DEPTH_MAX: usize = 4;

/// More items than this are data.
const ITEMS_MAX: usize = 1000;

impl Literal {
    /// The literal that a value is, or that it computes from whole numbers; none if it is anything else.
    pub(crate) fn of(value: &Value<'_>) -> Option<Self> {
        Self::with(value, &|_| None)
    }

    /// The same, where the literals that names stand for are known.
    pub(crate) fn with(value: &Value<'_>, known: Known<'_>) -> Option<Self> {
        Self::within(value, known, 0)
    }

    fn within(value: &Value<'_>, known: Known<'_>, depth: usize) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::Text(text.clone().into_owned())),
            Value::Number(text) => Some(Self::Number((*text).to_owned())),
            Value::Boolean(value) => Some(Self::Boolean(*value)),
            Value::Name("None") => Some(Self::None),
            Value::Expression(text) => signed(text).or_else(|| computed(text, known)).or_else(|| {
                let items = items(text).filter(|items| depth < DEPTH_MAX && items.len() <= ITEMS_MAX)?;
                items.iter().map(|item| Self::within(item, known, depth + 1)).collect::<Option<_>>().map(Self::List)
            }),
            Value::Name(name) => known(name),
            Value::Call(..) => None,
        }
    }

    /// Whether it is an integer.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Number(text) if text.trim_start_matches(['-', '+']).chars().all(|char| char.is_ascii_digit() || char == '_'))
    }

    /// Its value, if it is a number in decimal digits.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(text) => text.replace('_', "").parse().ok(),
            _ => None,
        }
    }

    /// Its source, on one line.
    pub(crate) fn source(&self) -> String {
        match self {
            Self::None => "None".to_owned(),
            Self::Boolean(true) => "True".to_owned(),
            Self::Boolean(false) => "False".to_owned(),
            Self::Number(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => format!("[{}]", items.iter().map(Self::source).collect::<Vec<_>>().join(", ")),
        }
    }

    /// Its text, if it is a string.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A string as source, on one line.
/// Source: <https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences>.
///
/// In quotes that need no escape where there are such: Cog reads the source, and not the value.
pub(crate) fn quoted(text: &str) -> String {
    let is_plain = |char: char| char != '\\' && char != '\'' && !must_be_escaped(char);
    if text.contains('"') && text.chars().all(is_plain) {
        return format!("'{text}'");
    }
    let mut literal = String::from("\"");
    for char in text.chars() {
        match char {
            '\\' => literal.push_str("\\\\"),
            '"' => literal.push_str("\\\""),
            '\n' => literal.push_str("\\n"),
            char if must_be_escaped(char) => {
                literal.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            char => literal.push(char),
        }
    }
    literal + "\""
}

/// Whether a character would end a line, or cannot be seen.
fn must_be_escaped(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')
}

/// A docstring as source, on one line.
pub(crate) fn docstring(text: &str) -> String {
    let is_plain = !text.contains(['\\', '"']) && !text.chars().any(char::is_control) && !text.is_empty();
    if is_plain { format!("\"\"\"{text}\"\"\"") } else { quoted(text) }
}

/// `-1.5`
fn signed(text: &str) -> Option<Literal> {
    let number = text.strip_prefix(['-', '+'])?;
    let mut tokens = tokens(number);
    let is_number = tokens.next().is_some_and(|token| token.kind == Kind::Number) && tokens.next().is_none();
    is_number.then(|| Literal::Number(text.to_owned()))
}

/// The items of a list or a tuple; none if a text is neither.
pub(crate) fn items(text: &str) -> Option<Vec<Value<'_>>> {
    let code = Code::of(text);
    let end = code.tokens.len();
    let opens = matches!(code.word(0), "[" | "(") && code.partner(0) == Some(end.checked_sub(1)?);
    if end == 2 && opens {
        return Some(Vec::new());
    }
    let (start, end) = if opens { (1, end - 1) } else { (0, end) };
    let is_list = opens && code.says(0, "[");
    let has_comma = code.parts(start, end).len() > 1 || code.says(end.checked_sub(1)?, ",");
    // `[x for x in y]`
    let is_made = (start..end).any(|index| code.says(index, "for"));
    if is_made || !(is_list || has_comma) {
        return None;
    }
    Some(code.parts(start, end).into_iter().map(|(start, end)| value(&code, start, end)).collect())
}

/// The keys of a dictionary that are strings, with their values; none if a text is anything else, or has another key.
pub(crate) fn pairs(text: &str) -> Option<Vec<(String, Value<'_>)>> {
    let code = Code::of(text);
    let end = code.tokens.len().checked_sub(1)?;
    if code.word(0) != "{" || code.partner(0) != Some(end) {
        return None;
    }
    let pair = |(start, end): (usize, usize)| match value(&code, start, start + 1) {
        Value::Text(key) if code.is(start + 1, b':') && start + 2 < end => {
            Some((key.into_owned(), value(&code, start + 2, end)))
        }
        _ => None,
    };
    code.parts(1, end).into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Option<Literal> {
        let source = format!("x = {text}");
        let source = super::super::Source::read(&source);
        Literal::of(&source.assignments[0].value)
    }

    #[test]
    fn what_stands_in_the_text_whole() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let number = |text: &str| Literal::Number(text.to_owned());
        assert_eq!(literal("'a' 'b'"), Some(text("ab")));
        assert_eq!(literal("-1_000.5"), Some(number("-1_000.5")));
        assert_eq!(
            literal("['a', ('b', 2,), []]"),
            Some(Literal::List(vec![
                text("a"),
                Literal::List(vec![text("b"), number("2")]),
                Literal::List(Vec::new()),
            ]))
        );
        assert_eq!(literal("None"), Some(Literal::None));
        assert_eq!(literal("1, 2"), Some(Literal::List(vec![number("1"), number("2")])));
        assert_eq!(literal("[1 + 2, -1]"), Some(Literal::List(vec![number("3"), number("-1")])));
        for text in ["name", "f()", "[x for x in y]", "1.5 + 2", "f'{a}'", "-a", "[a]", "{'a': 1}", "(", "["] {
            assert_eq!(literal(text), None, "{text}");
        }
        assert!(number("-3").is_whole() && !number("3.0").is_whole() && !number("1e3").is_whole());
    }

    #[test]
    fn a_string_is_written_without_escapes_where_that_can_be() {
        for (text, source) in [
            ("it's", r#""it's""#),
            (r#"5" wide"#, r#"'5" wide'"#),
            (r#"it's "so""#, r#""it's \"so\"""#),
            (r#"a"\"#, r#""a\"\\""#),
            ("a\"\n", r#""a\"\n""#),
        ] {
            assert_eq!(quoted(text), source);
            assert_eq!(literal(source), Some(Literal::Text(text.to_owned())));
        }
    }

    #[test]
    fn deep_lists_are_bounded() {
        assert_eq!(literal(&format!("{}1{}", "[".repeat(9), "]".repeat(9))), None);
    }
}
