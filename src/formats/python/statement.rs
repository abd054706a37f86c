//! Statements: logical lines, and the blocks that contain them.

use std::ops::Range;

use super::token::{Kind, Token, tokens};

/// The tokens that are code, in statements, with brackets matched.
pub(super) struct Code<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
    /// For an opening bracket its closing one and vice versa; itself if it has none.
    partners: Vec<usize>,
    pub(super) statements: Vec<Statement<'t>>,
    /// What statements outside of blocks run under.
    outside: Scope<'t>,
    /// The names of `contextlib`, and of its `suppress`.
    suppress: [Vec<&'t str>; 2],
}

/// A logical line, or the part of one up to a `;`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) scope: Scope<'t>,
}

/// The context of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Scope<'t> {
    /// The outermost function or class around it; none at the top level.
    pub(crate) outermost: Option<&'t str>,
    /// The function around it, if there is one.
    pub(crate) function: Option<&'t str>,
    /// The class around it, unless a function is between the two.
    pub(crate) class: Option<&'t str>,
    /// Whether it is under `if __name__ == "__main__":`.
    pub(crate) in_main: bool,
    /// Whether it is in a `try`, or under a condition.
    pub(crate) conditional: bool,
    /// Whether an error in it may end nothing: it is in a `try`, in what handles its errors, or never runs.
    pub(crate) tried: bool,
}

impl Scope<'_> {
    /// Whether it runs when the module is imported or run.
    pub(crate) fn is_top_level(self) -> bool {
        self.outermost.is_none()
    }
}

/// Words that a block begins with, and that are no names.
const HEADERS: [&str; 12] =
    ["if", "elif", "else", "for", "while", "try", "except", "finally", "with", "async", "def", "class"];

/// The maximum depth of blocks in real code: Python itself allows a hundred.
const DEPTH_MAX: usize = 100;

impl<'t> Code<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let (outside, suppress) = (Scope::default(), [Vec::new(), Vec::new()]);
        let (tokens_of_code, partners, statements) = (Vec::new(), Vec::new(), Vec::new());
        let mut code = Self { text, tokens: tokens_of_code, partners, statements, outside, suppress };
        let mut open: Vec<usize> = Vec::new();
        let mut blocks: Vec<(usize, Scope<'t>)> = Vec::new();
        let (mut line_start, mut first, mut indent, mut lambda) = (0, 0, 0, None);
        for token in tokens(text) {
            if token.kind == Kind::LineEnd && open.is_empty() {
                code.finish(first..code.tokens.len(), indent, &mut blocks);
                (line_start, first) = (token.end, code.tokens.len());
                continue;
            }
            if !token.is_code() {
                continue;
            }
            let index = code.tokens.len();
            if index == first {
                indent = token.start.saturating_sub(line_start);
            }
            code.tokens.push(token);
            code.partners.push(index);
            match token.sign {
                b'(' | b'[' | b'{' => open.push(index),
                b')' | b']' | b'}' => {
                    if let Some(opening) = open.pop() {
                        code.partners[opening] = index;
                        code.partners[index] = opening;
                    }
                }
                b':' if open.is_empty() && lambda != Some(first) && HEADERS.contains(&code.word(first)) => {
                    code.finish(first..index + 1, indent, &mut blocks);
                    // What follows on the line is within the block
                    (first, line_start) = (index + 1, token.end.saturating_sub(indent + 1));
                }
                // Its `:` ends nothing
                0 if open.is_empty() && token.kind == Kind::Name && code.says(index, "lambda") => {
                    lambda = Some(first);
                }
                b';' if open.is_empty() => {
                    code.finish(first..index, indent, &mut blocks);
                    (first, line_start) = (index + 1, token.end.saturating_sub(indent));
                }
                _ => {}
            }
        }
        code.finish(first..code.tokens.len(), indent, &mut blocks);
        code
    }

    fn finish(&mut self, tokens: Range<usize>, indent: usize, blocks: &mut Vec<(usize, Scope<'t>)>) {
        let Range { start, end } = tokens;
        if start >= end {
            return;
        }
        while blocks.last().is_some_and(|(outer, _)| *outer >= indent) {
            blocks.pop();
        }
        let scope = blocks.last().map_or(self.outside, |(_, scope)| *scope);
        let statement = Statement { start, end, scope };
        if self.is(end - 1, b':') && blocks.len() < DEPTH_MAX {
            blocks.push((indent, self.inner(statement)));
        } else if self.ends_block(statement) {
            // What comes after it in the block never runs
            let around = blocks.last_mut().map_or(&mut self.outside, |(_, scope)| scope);
            *around = Scope { conditional: true, tried: true, ..*around };
        } else {
            self.note_suppress(statement);
        }
        self.statements.push(statement);
    }

    /// Whether nothing after a statement runs in its block.
    fn ends_block(&self, statement: Statement<'_>) -> bool {
        let Statement { start, end, .. } = statement;
        let open = match self.word(start) {
            "return" | "raise" | "continue" | "break" => return true,
            "exit" | "quit" => start + 1,
            "sys" if self.says(start + 2, "exit") => start + 3,
            "os" if self.says(start + 2, "_exit") => start + 3,
            "st" if self.says(start + 2, "stop") => start + 3,
            _ => return false,
        };
        self.is(open, b'(') && self.partner(open) == Some(end - 1)
    }

    /// Takes down what `import contextlib` and `from contextlib import suppress` name.
    fn note_suppress(&mut self, statement: Statement<'_>) {
        let Statement { start, end, .. } = statement;
        let of_module = self.says(start, "import");
        let of_contextlib = self.says(start, "from") && self.says(start + 1, "contextlib");
        if !of_module && !of_contextlib {
            return;
        }
        let wanted = if of_module { "contextlib" } else { "suppress" };
        for index in start + 1..end {
            if self.says(index, wanted) {
                let name = if self.says(index + 1, "as") { self.word(index + 2) } else { wanted };
                self.suppress[usize::from(!of_module)].push(name);
            } else if !of_module && self.says(index, "*") {
                self.suppress[1].push(wanted);
            }
        }
    }

    /// Whether a `with` leaves errors out: `with contextlib.suppress(TypeError):`.
    fn suppresses(&self, header: Statement<'_>) -> bool {
        let [modules, names] = &self.suppress;
        (header.start..header.end).any(|index| {
            let is_method = index > 0 && self.is(index - 1, b'.');
            if is_method {
                self.says(index, "suppress") && index > 1 && modules.contains(&self.word(index - 2))
            } else {
                self.is(index + 1, b'(') && names.contains(&self.word(index))
            }
        })
    }

    /// The scope of the statements under a statement.
    pub(super) fn inner(&self, header: Statement<'t>) -> Scope<'t> {
        let scope = header.scope;
        let word =
            |offset: usize| if header.start + offset < header.end { self.word(header.start + offset) } else { "" };
        let (keyword, name) = if word(0) == "async" { (word(1), word(2)) } else { (word(0), word(1)) };
        match keyword {
            "def" => Scope { outermost: scope.outermost.or(Some(name)), function: Some(name), class: None, ..scope },
            "class" => Scope { outermost: scope.outermost.or(Some(name)), function: None, class: Some(name), ..scope },
            "if" if self.asks_for_main(header) => Scope { in_main: true, ..scope },
            "try" | "except" => Scope { conditional: true, tried: true, ..scope },
            "with" if self.suppresses(header) => Scope { conditional: true, tried: true, ..scope },
            "if" | "elif" | "else" | "finally" | "match" | "case" => Scope { conditional: true, ..scope },
            _ => scope,
        }
    }

    fn asks_for_main(&self, header: Statement<'t>) -> bool {
        let words = || (header.start..header.end).map(|index| self.word(index));
        let denies = self.says(header.start + 1, "not") || words().any(|word| word == "!=");
        words().any(|word| word == "__name__") && words().any(|word| word.contains("__main__")) && !denies
    }

    /// The text of a token; nothing past the end.
    #[inline]
    pub(super) fn word(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| &self.text[token.range()])
    }

    /// Whether a token is this word. Asked of nearly every token: it compares bytes, of which a slice needs no character boundaries.
    #[inline]
    pub(super) fn says(&self, index: usize, word: &str) -> bool {
        match self.tokens.get(index) {
            Some(token) if token.end - token.start == word.len() => {
                self.text.as_bytes().get(token.range()) == Some(word.as_bytes())
            }
            _ => false,
        }
    }

    /// Whether a token is this one byte.
    #[inline]
    pub(super) fn is(&self, index: usize, sign: u8) -> bool {
        self.sign(index) == sign
    }

    /// The byte of a token of one byte; 0 for any other, and past the end.
    #[inline]
    pub(super) fn sign(&self, index: usize) -> u8 {
        self.tokens.get(index).map_or(0, |token| token.sign)
    }

    #[inline]
    pub(super) fn is_name(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == Kind::Name)
    }

    /// The matching bracket, if it exists.
    #[inline]
    pub(super) fn partner(&self, index: usize) -> Option<usize> {
        self.partners.get(index).copied().filter(|partner| *partner != index)
    }

    /// The text from one token to another (exclusive).
    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        match (self.tokens.get(start), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// The parts of a list that are separated by commas at this depth: each as its first and past its last token.
    pub(super) fn parts(&self, start: usize, end: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let (mut at, mut first) = (start, start);
        while at < end {
            if self.is(at, b',') {
                parts.push((first, at));
                first = at + 1;
            }
            at = self.partner(at).filter(|partner| *partner > at && *partner < end).unwrap_or(at) + 1;
        }
        parts.push((first, end));
        parts.retain(|(start, end)| start < end);
        parts
    }
}
