//! `import` and `from ... import`.

use super::source::{Import, Source};
use super::statement::{Code, Statement};

/// Reads an import statement; any other yields nothing.
pub(super) fn read<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    if code.says(statement.start, "import") {
        modules(code, statement, source);
    } else if code.says(statement.start, "from") {
        names(code, statement, source);
    }
}

/// `import a.b as c, d`
fn modules<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    for (start, end) in code.parts(statement.start + 1, statement.end) {
        let (dotted, alias) = aliased(code, start, end);
        let module = code.slice(start, dotted);
        if !is_dotted_name(module) {
            continue;
        }
        let first = module.split('.').next().unwrap_or(module);
        match alias {
            Some(alias) => source.names.insert(alias, module.to_owned()),
            None => source.names.insert(first, first.to_owned()),
        };
        source.imports.push(Import { module, name: None, level: 0, scope: statement.scope, at: at(code, start) });
    }
}

/// `from ..a.b import (c as d, e)`
fn names<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    let mut at_token = statement.start + 1;
    let mut level = 0;
    while matches!(code.word(at_token), "." | "...") && at_token < statement.end {
        level += code.word(at_token).len();
        at_token += 1;
    }
    let start = at_token;
    while at_token < statement.end && !code.says(at_token, "import") {
        at_token += 1;
    }
    let module = if start == at_token { "" } else { code.slice(start, at_token) };
    if at_token >= statement.end || !(is_dotted_name(module) || (module.is_empty() && level > 0)) {
        return;
    }
    let (mut first, mut end) = (at_token + 1, statement.end);
    if code.says(first, "(") {
        end = code.partner(first).unwrap_or(end).min(end);
        first += 1;
    }
    let dots = ".".repeat(level.min(16));
    for (start, end) in code.parts(first, end) {
        let (last, alias) = aliased(code, start, end);
        let name = code.slice(start, last);
        if name != "*" && !is_dotted_name(name) {
            continue;
        }
        let path = if module.is_empty() { format!("{dots}{name}") } else { format!("{dots}{module}.{name}") };
        source.names.insert(alias.unwrap_or(name), path);
        let scope = statement.scope;
        source.imports.push(Import { module, name: Some(name), level, scope, at: at(code, statement.start) });
    }
}

/// The end of a name that `as` may follow, and the alias.
fn aliased<'t>(code: &Code<'t>, start: usize, end: usize) -> (usize, Option<&'t str>) {
    if end >= start + 3 && code.says(end - 2, "as") { (end - 2, Some(code.word(end - 1))) } else { (end, None) }
}

fn at(code: &Code<'_>, token: usize) -> usize {
    code.tokens.get(token).map_or(0, |token| token.start)
}

/// `a` or `a.b`, and nothing after it.
pub(super) fn is_dotted_name(text: &str) -> bool {
    text.len() <= 256
        && text.split('.').all(|part| {
            // Most names are ASCII, and most other expressions begin with a name
            let is_part = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric() || !byte.is_ascii();
            part.bytes().next().is_some_and(|first| !first.is_ascii_digit())
                && part.bytes().all(is_part)
                && (part.is_ascii() || part.chars().all(|char| char == '_' || char.is_alphanumeric()))
        })
}
