//! Functions: their parameters, annotations and docstrings, and whether they are generators.

use std::collections::BTreeMap;

use super::call::value;
use super::source::{Function, Parameter, ParameterKind, Source};
use super::statement::{Code, Statement};
use super::token::Kind;
use super::value::decode;

/// Reads functions, statement by statement.
#[derive(Default)]
pub(super) struct Functions {
    /// The offset of the first of the decorators that were just read.
    decorators: Option<usize>,
    /// Whether the statement before was a `def`, whose docstring may follow.
    is_first: bool,
}

impl Functions {
    /// Reads a statement.
    pub(super) fn read<'t>(&mut self, code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
        if code.says(statement.start, "@") {
            self.decorators.get_or_insert_with(|| offset(code, statement.start));
            return;
        }
        let decorators = self.decorators.take();
        let is_first = std::mem::take(&mut self.is_first);
        let Some((function, body)) = function(code, statement, decorators) else {
            if is_first {
                docstring(code, statement, source);
            }
            let around = statement.scope.function;
            return yields(code, statement.start..statement.end, around, source);
        };
        self.is_first = body == statement.end;
        let name = function.name;
        source.functions.push(function);
        yields(code, body..statement.end, Some(name), source);
    }
}

/// `def name(parameters) -> returns:`, and the token at which its body begins: past the end if that is a block.
fn function<'t>(code: &Code<'t>, statement: Statement<'t>, decorators: Option<usize>) -> Option<(Function<'t>, usize)> {
    let is_async = code.says(statement.start, "async");
    let start = statement.start + usize::from(is_async);
    if !code.says(start, "def") || !code.is_name(start + 1) {
        return None;
    }
    // `def first[T](items: list[T]):`
    let open = if code.says(start + 2, "[") { code.partner(start + 2)? + 1 } else { start + 2 };
    let close = code.partner(open).filter(|close| *close < statement.end && *close > open)?;
    let colon = Some(find(code, ":", close + 1, statement.end)).filter(|colon| *colon < statement.end)?;
    let returns = (code.says(close + 1, "->")).then(|| code.slice(close + 2, colon)).filter(|text| !text.is_empty());
    let parameters = parameters(code, open + 1, close);
    let is_needed = |one: &Parameter<'_>| one.kind != ParameterKind::Rest && one.default.is_none();
    let at = offset(code, statement.start);
    let function = Function {
        name: code.word(start + 1),
        takes_nothing: !parameters.iter().any(is_needed),
        parameters,
        returns,
        is_async,
        yields: false,
        doc: None,
        scope: statement.scope,
        range: decorators.unwrap_or(at)..code.tokens.get(colon).map_or(at, |token| token.end),
        at,
    };
    Some((function, colon + 1))
}

/// The first token with a text outside of brackets; the end if there is none.
fn find(code: &Code<'_>, word: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end && code.word(at) != word {
        at = code.partner(at).filter(|partner| *partner > at).unwrap_or(at) + 1;
    }
    at.min(end)
}

fn parameters<'t>(code: &Code<'t>, start: usize, end: usize) -> Vec<Parameter<'t>> {
    let mut parameters: Vec<Parameter<'t>> = Vec::new();
    let mut kind = ParameterKind::Ordinary;
    for (first, end) in code.parts(start, end) {
        match code.word(first) {
            "/" => parameters.iter_mut().for_each(|before| before.kind = ParameterKind::Positional),
            "*" if end == first + 1 => kind = ParameterKind::Keyword,
            star @ ("*" | "**") => {
                parameters.push(parameter(code, first + 1, end, ParameterKind::Rest));
                if star == "*" {
                    kind = ParameterKind::Keyword;
                }
            }
            _ => parameters.push(parameter(code, first, end, kind)),
        }
    }
    parameters
}

/// `name: annotation = default`
fn parameter<'t>(code: &Code<'t>, first: usize, end: usize, kind: ParameterKind) -> Parameter<'t> {
    let equals = find(code, "=", first, end);
    let annotation = (code.says(first + 1, ":")).then(|| code.slice(first + 2, equals));
    let default = (equals + 1 < end).then(|| value(code, equals + 1, end));
    Parameter {
        name: code.word(first),
        annotation: annotation.filter(|text| !text.is_empty()),
        default,
        kind,
        at: offset(code, first),
    }
}

/// Marks a function as a generator if some tokens of it yield.
fn yields<'t>(code: &Code<'t>, mut tokens: std::ops::Range<usize>, name: Option<&'t str>, source: &mut Source<'t>) {
    if name.is_some()
        && tokens.any(|index| code.is_name(index) && code.says(index, "yield"))
        && let Some(function) = source.functions.iter_mut().rev().find(|function| Some(function.name) == name)
    {
        function.yields = true;
    }
}

/// A string as the first statement of a function.
fn docstring<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    let is_text = code.tokens.get(statement.start).is_some_and(|token| token.kind == Kind::Text);
    if is_text
        && statement.end == statement.start + 1
        && let Some(function) = source.functions.last_mut()
        && statement.scope.function == Some(function.name)
    {
        function.doc = decode(code.word(statement.start));
    }
}

fn offset(code: &Code<'_>, token: usize) -> usize {
    code.tokens.get(token).map_or(0, |token| token.start)
}

impl Function<'_> {
    /// The first paragraph of its docstring, on one line.
    pub(crate) fn first_paragraph(&self) -> Option<String> {
        let lines = self.doc.as_deref()?.trim().lines().map(str::trim).take_while(|line| !line.is_empty());
        Some(lines.collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    }
}

/// What the docstring of a function says of each parameter: `name: text`, `name (type): text` and `:param name: text`.
pub(crate) fn parameter_docs(function: &Function<'_>) -> BTreeMap<String, String> {
    let mut docs = BTreeMap::new();
    let Some(doc) = function.doc.as_deref() else { return docs };
    for line in doc.lines().map(str::trim) {
        let line = line.strip_prefix(":param ").unwrap_or(line);
        let Some((name, text)) = line.split_once(':') else { continue };
        let name = name.split('(').next().unwrap_or(name).trim();
        if !text.trim().is_empty() && function.parameters.iter().any(|one| one.name == name) {
            docs.entry(name.to_owned()).or_insert_with(|| text.trim().to_owned());
        }
    }
    docs
}

#[cfg(test)]
mod tests {
    use super::super::source::{ParameterKind, Source};
    use super::super::value::Value;

    #[test]
    fn parameters_with_their_annotations_and_defaults() {
        let text = "@spaces.GPU(duration=60)\n@other\nasync def f[T](a, b: dict[str, int] = {}, /, c='x', *, d: T = g(1, 2), **rest) \
                    -> list[T]:\n    \"\"\"What\n    it does.\"\"\"\n    yield a\ndef g(*args): return [x for x in args]\n\
                    def h(x): yield x\nclass A:\n    def m(self, /): pass\n";
        let source = Source::read(text);
        let [f, g, h, m] = &source.functions[..] else { panic!("{:?}", source.functions) };
        assert!(f.is_async && f.yields && !f.takes_nothing && !g.yields && h.yields && g.takes_nothing);
        assert_eq!((f.returns, f.doc.as_deref()), (Some("list[T]"), Some("What\n    it does.")));
        assert_eq!((f.range.start, &text[f.at..f.at + 11]), (0, "async def f"));
        let shown: Vec<_> = f.parameters.iter().map(|one| (one.name, one.annotation, one.kind)).collect();
        assert_eq!(
            shown,
            [
                ("a", None, ParameterKind::Positional),
                ("b", Some("dict[str, int]"), ParameterKind::Positional),
                ("c", None, ParameterKind::Ordinary),
                ("d", Some("T"), ParameterKind::Keyword),
                ("rest", None, ParameterKind::Rest),
            ]
        );
        assert_eq!(f.parameters[2].default, Some(Value::Text("x".into())));
        assert_eq!(f.parameters[3].default, Some(Value::Call("g".into(), "g(1, 2)")));
        assert_eq!(m.scope.outermost, Some("A"));
    }

    #[test]
    fn what_is_no_function_yields_none() {
        for text in
            ["def", "def f", "def f(", "def f(x", "def (x): pass", "def f[T: pass", "async def", "def f(x) -> int"]
        {
            assert!(Source::read(text).functions.is_empty(), "{text}");
        }
    }
}
