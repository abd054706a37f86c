//! The names that a file binds otherwise than by an assignment that [`Source`](super::Source) has: parameters, `for`, `except .. as`,
//! `def`, `:=`, several targets; and what its imports bind.

use std::ops::Range;

use super::call::is_keyword;
use super::import;
use super::source::Source;
use super::statement::{Code, Scope, Statement};

/// A name and where it is bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound<'t> {
    pub(crate) name: &'t str,
    pub(crate) scope: Scope<'t>,
    /// The path that an import binds it to.
    pub(crate) imported: Option<String>,
}

/// The maximum number of tokens between a word and what belongs to it, so that a text of such words takes no time of its square.
const NEAR: usize = 200;

/// The names that a text binds. Where it is unclear whether a name is bound, it counts as bound.
pub(crate) fn bound<'t>(text: &'t str) -> Vec<Bound<'t>> {
    let code = Code::of(text);
    let mut found = Vec::new();
    for statement in &code.statements {
        let Statement { start, end, scope } = *statement;
        let mut push = |scope: Scope<'t>, range: Range<usize>| names(&code, scope, range, &mut found);
        let first = start + usize::from(code.says(start, "async"));
        match code.word(first) {
            "import" | "from" => {
                let mut one = Source::default();
                import::read(&code, *statement, &mut one);
                let imported = |(name, path)| Bound { name, scope, imported: Some(path) };
                found.extend(one.names.into_iter().map(imported));
                continue;
            }
            "global" | "nonlocal" => push(Scope::default(), first + 1..end),
            "class" => found.push(Bound { name: code.word(first + 1), scope, imported: None }),
            "def" => {
                push(code.inner(*statement), parameters(&code, first + 2));
                found.push(Bound { name: code.word(first + 1), scope, imported: None });
            }
            "except" | "case" => push(scope, first + 1..end),
            _ => push(scope, targets(&code, *statement)),
        }
        let mut push = |range: Range<usize>| names(&code, scope, range, &mut found);
        for index in start..end {
            let near = end.min(index + NEAR);
            let until = |sign: &dyn Fn(usize) -> bool| (index..near).find(|index| sign(*index)).unwrap_or(index);
            match code.word(index) {
                "for" => push(index + 1..until(&|index| code.says(index, "in"))),
                "lambda" => push(index + 1..until(&|index| code.is(index, b':'))),
                "as" if code.is(index + 1, b'(') => push(index + 2..code.partner(index + 1).unwrap_or(index).min(near)),
                ":=" => push(index.saturating_sub(1)..index),
                _ => {}
            }
        }
    }
    found
}

/// The names in a range of tokens that are not parts of a path, of a subscript or of a call.
fn names<'t>(code: &Code<'t>, scope: Scope<'t>, range: Range<usize>, found: &mut Vec<Bound<'t>>) {
    let (mut index, end) = (range.start, range.end);
    while index < end {
        let is_after = |is_it: &dyn Fn(usize) -> bool| index.checked_sub(1).is_some_and(is_it);
        let goes_on = index > range.start
            && matches!(code.sign(index), b'[' | b'(')
            && is_after(&|before| {
                code.is_name(before) && !is_keyword(code.word(before)) || matches!(code.sign(before), b')' | b']')
            });
        if goes_on {
            index = code.partner(index).filter(|partner| *partner > index).unwrap_or(index) + 1;
            continue;
        }
        let is_path = is_after(&|before| code.is(before, b'.')) || matches!(code.sign(index + 1), b'.' | b'[' | b'(');
        if code.is_name(index) && !is_keyword(code.word(index)) && !is_path {
            found.push(Bound { name: code.word(index), scope, imported: None });
        }
        index += 1;
    }
}

/// The tokens between the brackets of a function.
fn parameters(code: &Code<'_>, from: usize) -> Range<usize> {
    let near = code.tokens.len().min(from + NEAR);
    let open = (from..near).find(|index| code.is(*index, b'(')).unwrap_or(from);
    open + 1..code.partner(open).unwrap_or(open + 1)
}

/// The tokens before the last `=` outside of brackets, or before `+=` and the like; none for one name, which an assignment has.
fn targets(code: &Code<'_>, statement: Statement<'_>) -> Range<usize> {
    let Statement { start, end, .. } = statement;
    let (mut at, mut last) = (start, start);
    while at < end {
        let word = code.word(at);
        if word == "=" || word.len() > 1 && word.ends_with('=') && !matches!(word, "==" | "!=" | "<=" | ">=" | ":=") {
            last = at;
        }
        at = code.partner(at).filter(|partner| *partner > at).unwrap_or(at) + 1;
    }
    let is_one = code.is(start + 1, b'=') && last == start + 1 || code.is(start + 1, b':');
    start..if is_one || !code.is_name(start) && !matches!(code.sign(start), b'(' | b'[' | b'*') { start } else { last }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word once looked for its partner up to the end of the text: this took minutes.
    #[test]
    fn a_long_text_of_one_word_is_read() {
        for word in ["for ", "def\n", "x as (", "lambda "] {
            assert!(bound(&word.repeat(50_000)).len() <= 50_000, "{word}");
        }
    }

    #[test]
    fn every_way_to_bind_a_name_counts() {
        for text in [
            "def f(np): pass",
            "async def f(a, *, np=None): pass",
            "def np(): pass",
            "class np: pass",
            "for np in x: pass",
            "for i, (a, np) in x: pass",
            "y = [np for np in x]",
            "y = lambda np: np.float",
            "if (np := f()): pass",
            "a, np = f()",
            "(a, np) = f()",
            "a = np = f()",
            "np += 1",
            "[a, *np] = f()",
            "try:\n  pass\nexcept E as np:\n  pass",
            "with a as (b, np): pass",
            "def f():\n  global np\n",
            "match x:\n  case [np]: pass",
            "import cupy as np",
            "from jax import numpy as np",
            "import np",
        ] {
            assert!(bound(text).iter().any(|one| one.name == "np"), "{text}");
        }
        for text in
            ["x = np", "x[np] = 1", "np.float = float", "np.zeros(3)", "f(np=1)", "x == np", "np = 1", "np: int = 1"]
        {
            let found = bound(text);
            assert!(!found.iter().any(|one| one.name == "np"), "{text}: {found:?}");
        }
    }
}
