//! Calls: the callee and the arguments.

use super::source::Argument;
use super::statement::{Code, Statement};
use super::token::Kind;
use super::value::{Value, decode};

/// The maximum length of a chain such as `a.b().c[0].d`.
const CHAIN_MAX: usize = 16;

/// Whether it is a word after which a bracket does not open a call.
#[inline]
pub(super) fn is_keyword(word: &str) -> bool {
    let keywords: &[&str] = match word.len() {
        2 => &["as", "if", "in", "is", "or"],
        3 => &["and", "def", "del", "for", "not"],
        4 => &["elif", "else", "from", "with"],
        5 => &["async", "await", "class", "match", "raise", "while", "yield"],
        6 => &["assert", "except", "import", "lambda", "return"],
        _ => &[],
    };
    // It is asked of every name of every file: most differ in the first letter
    keywords.iter().any(|one| one.as_bytes().first() == word.as_bytes().first() && *one == word)
}

/// The path that ends before a token, and the token at its beginning: `a.b().c` for `a.b(1).c`. A path whose
/// first part is not a name begins with a dot.
pub(super) fn path_before(code: &Code<'_>, end: usize, first: usize) -> Option<(String, usize)> {
    let mut parts: Vec<&str> = Vec::new();
    let mut at = end;
    for _ in 0..CHAIN_MAX {
        if at <= first {
            break;
        }
        let last = at - 1;
        match code.sign(last) {
            close @ (b')' | b']') => {
                let open = code.partner(last).filter(|open| *open > first && *open < last)?;
                let continues = matches!(code.sign(open - 1), b')' | b']')
                    || (code.is_name(open - 1) && !is_keyword(code.word(open - 1)));
                if !continues {
                    parts.push(".");
                    at = open;
                    break;
                }
                parts.push(if close == b')' { "()" } else { "[]" });
                at = open;
            }
            _ if code.is_name(last) && !is_keyword(code.word(last)) => {
                parts.push(code.word(last));
                at = last;
                if at <= first || !code.is(at - 1, b'.') {
                    break;
                }
                parts.push(".");
                at -= 1;
            }
            _ => break,
        }
    }
    parts.reverse();
    let path = parts.concat();
    (!path.is_empty()).then_some((path, at))
}

/// The arguments between a bracket and its partner.
pub(super) fn arguments<'t>(code: &Code<'t>, open: usize, close: usize) -> Vec<Argument<'t>> {
    let parts = code.parts(open + 1, close).into_iter();
    let argument = |(start, end): (usize, usize)| {
        let range = code.tokens[start].start..code.tokens[end - 1].end;
        let is_keyword = code.is_name(start) && code.is(start + 1, b'=') && start + 2 < end;
        if is_keyword {
            Argument { name: Some(code.word(start)), value: value(code, start + 2, end), range }
        } else {
            Argument { name: None, value: value(code, start, end), range }
        }
    };
    parts.map(argument).collect()
}

/// The value of the tokens from one to another (exclusive).
pub(super) fn value<'t>(code: &Code<'t>, start: usize, end: usize) -> Value<'t> {
    let written = code.slice(start, end);
    let single = end == start + 1;
    match code.tokens.get(start).map(|token| token.kind) {
        Some(Kind::Text) if single => decode(written).map_or(Value::Expression(written), Value::Text),
        Some(Kind::Text) => joined(code, start, end).unwrap_or(Value::Expression(written)),
        Some(Kind::Number) if single => Value::Number(written),
        Some(Kind::Name) if single && matches!(written, "True" | "False") => Value::Boolean(written == "True"),
        Some(Kind::Name) if super::import::is_dotted_name(written) => Value::Name(written),
        Some(Kind::Name) if code.is(end - 1, b')') => match path_before(code, end, start) {
            Some((path, first)) if first == start => {
                Value::Call(path.strip_suffix("()").unwrap_or(&path).to_owned(), written)
            }
            _ => Value::Expression(written),
        },
        Some(Kind::Operator) if code.is(start, b'(') && code.partner(start) == Some(end - 1) && end > start + 2 => {
            // One pair of brackets, as around a long string; more would allow deep recursion
            if code.is(start + 1, b'(') { Value::Expression(written) } else { value(code, start + 1, end - 1) }
        }
        _ => Value::Expression(written),
    }
}

/// Adjacent strings are one string.
fn joined<'t>(code: &Code<'t>, start: usize, end: usize) -> Option<Value<'t>> {
    let mut text = String::new();
    for index in start..end {
        if code.tokens.get(index)?.kind != Kind::Text {
            return None;
        }
        text.push_str(&decode(code.word(index))?);
    }
    Some(Value::Text(text.into()))
}

/// Whether the bracket at a token opens a call within a statement.
pub(super) fn opens_call(code: &Code<'_>, open: usize, statement: Statement<'_>) -> bool {
    let Some(before) = open.checked_sub(1).filter(|before| *before >= statement.start) else { return false };
    let is_definition = before > statement.start && (code.says(before - 1, "def") || code.says(before - 1, "class"));
    let callable = (code.is_name(before) && !is_keyword(code.word(before))) || matches!(code.sign(before), b')' | b']');
    callable && !is_definition
}
