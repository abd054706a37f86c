//! Reads statements one by one.

use super::call::{arguments, is_keyword, opens_call, path_before, value};
use super::function::Functions;
use super::import::{self, is_dotted_name};
use super::resolve::root_of;
use super::source::{Assignment, Call, Mention, Return, Source, Subscript};
use super::statement::{Code, Statement};
use super::token::Kind;
use super::value::{Value, decode};
use super::{bindings, class};

/// Reads a whole text.
pub(super) fn read(text: &str) -> Source<'_> {
    let code = Code::of(text);
    let mut source = Source::default();
    let mut functions = Functions::default();
    for statement in &code.statements {
        import::read(&code, *statement, &mut source);
        functions.read(&code, *statement, &mut source);
        class::read(&code, *statement, &mut source);
        assignment(&code, *statement, &mut source);
        bindings::read(&code, *statement, &mut source);
        returned(&code, *statement, &mut source);
        expressions(&code, *statement, &mut source);
        source.has_main |= statement.scope.in_main;
    }
    source.imported = source.names.keys().copied().collect();
    name_what_is_made(&mut source);
    resolve_paths(&mut source);
    source
}

/// `name = value`, `name: type = value`, and `with value as name`.
fn assignment<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    let mut push = |name: &'t str, value: Value<'t>, at: usize| {
        source.assignments.push(Assignment { name, value, scope: statement.scope, at });
    };
    let offset = |index: usize| code.tokens.get(index).map_or(0, |token| token.start);
    let keyword_at = statement.start + usize::from(code.says(statement.start, "async"));
    if code.says(keyword_at, "with") {
        for (start, end) in code.parts(keyword_at + 1, statement.end) {
            let end = if code.is(end - 1, b':') { end - 1 } else { end };
            if end >= start + 3 && code.says(end - 2, "as") && code.is_name(end - 1) {
                push(code.word(end - 1), value(code, start, end - 2), offset(start));
            }
        }
        return;
    }
    if !code.is_name(statement.start) || is_keyword(code.word(statement.start)) {
        return;
    }
    let Some(equals) = top_level_equals(code, statement) else { return };
    let annotated = (statement.start..equals).find(|index| code.is(*index, b':')).unwrap_or(equals);
    let name = code.slice(statement.start, annotated);
    if is_dotted_name(name) {
        return push(name, value(code, equals + 1, statement.end), offset(statement.start));
    }
    // `a, b = c(), d()`
    let (names, values) = (code.parts(statement.start, equals), code.parts(equals + 1, statement.end));
    if names.len() == values.len() && names.len() > 1 {
        for ((name, past), (start, end)) in names.into_iter().zip(values) {
            if past == name + 1 && code.is_name(name) {
                push(code.word(name), value(code, start, end), offset(name));
            }
        }
    }
}

/// `return value`.
fn returned<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    if code.says(statement.start, "return") && statement.end > statement.start + 1 {
        let value = value(code, statement.start + 1, statement.end);
        source.returns.push(Return { value, scope: statement.scope });
    }
}

/// The first `=` outside of brackets.
fn top_level_equals(code: &Code<'_>, statement: Statement<'_>) -> Option<usize> {
    let mut at = statement.start;
    while at < statement.end {
        if code.is(at, b'=') {
            return Some(at);
        }
        at = code.partner(at).filter(|partner| *partner > at).unwrap_or(at) + 1;
    }
    None
}

/// Calls, subscripts and mentions, anywhere in a statement.
fn expressions<'t>(code: &Code<'t>, statement: Statement<'t>, source: &mut Source<'t>) {
    if code.says(statement.start, "import") || code.says(statement.start, "from") {
        return;
    }
    let scope = statement.scope;
    if code.is(statement.start, b'@') && statement.end == statement.start + 2 {
        let (name, at) = (code.word(statement.start + 1), code.tokens[statement.start].start);
        source.mentions.push(Mention { path: name.to_owned(), root: name, is_decorator: true, scope, at });
    }
    let offset = |index: usize| code.tokens.get(index).map_or(0, |token| token.start);
    let whole = offset(statement.start)..code.tokens.get(statement.end - 1).map_or(0, |token| token.end);
    for at in statement.start..statement.end {
        match code.sign(at) {
            b'(' if opens_call(code, at, statement) => {
                let Some(close) = code.partner(at).filter(|close| *close > at) else { continue };
                let Some((path, _)) = path_before(code, at, statement.start) else { continue };
                source.calls.push(Call {
                    written: written(&path),
                    path,
                    arguments: arguments(code, at, close),
                    scope,
                    at: offset(at - 1),
                    statement: whole.clone(),
                });
            }
            b'[' if code.partner(at) == Some(at + 2) && code.tokens[at + 1].kind == Kind::Text => {
                let is_set = code.is(at + 3, b'=') && at + 3 < statement.end;
                let key = decode(code.word(at + 1)).filter(|_| !is_set);
                let Some((key, (path, _))) = key.zip(path_before(code, at, statement.start)) else { continue };
                source.subscripts.push(Subscript { path, key: key.into_owned(), scope, at: offset(at + 1) });
            }
            b'.' if code.is_name(at + 1) && !matches!(code.sign(at + 2), b'(' | b'.' | b'[' | b'=') => {
                let Some((path, first)) = path_before(code, at + 2, statement.start) else { continue };
                let is_decorator = first == statement.start + 1 && code.is(statement.start, b'@');
                let root = if path.starts_with('.') { "" } else { code.word(first) };
                source.mentions.push(Mention { path, root, is_decorator, scope, at: offset(at + 1) });
            }
            _ => {}
        }
    }
}

/// A path as a message shows it: `gr.Interface(..).launch`.
fn written(path: &str) -> String {
    let is_plain = !path.bytes().any(|byte| matches!(byte, b'(' | b'['));
    if is_plain { path.to_owned() } else { path.replace("()", "(..)").replace("[]", "[..]") }
}

/// Names at the top level, and in functions if the name is unique, stand for the call that created them.
fn name_what_is_made(source: &mut Source<'_>) {
    for top_level in [true, false] {
        for assignment in source.assignments.iter().filter(|found| found.scope.is_top_level() == top_level) {
            let meaning = match &assignment.value {
                Value::Call(path, _) => format!("{path}()"),
                Value::Name(path) => (*path).to_owned(),
                _ => continue,
            };
            // `demo = demo.queue()` adds no information
            if root_of(&meaning) != assignment.name && !assignment.name.contains('.') {
                source.names.entry(assignment.name).or_insert(meaning);
            }
        }
    }
}

fn resolve_paths(source: &mut Source<'_>) {
    let (names, imported) = (&source.names, &source.imported);
    let resolve = |path: &mut String| *path = super::resolve::resolve(names, imported, path);
    source.calls.iter_mut().for_each(|call| {
        resolve(&mut call.path);
        for argument in &mut call.arguments {
            if let Value::Call(path, _) = &mut argument.value {
                resolve(path);
            }
        }
    });
    source.mentions.iter_mut().for_each(|mention| resolve(&mut mention.path));
    source.classes.iter_mut().flat_map(|class| &mut class.bases).for_each(&resolve);
    source.subscripts.iter_mut().for_each(|subscript| resolve(&mut subscript.path));
    source.assignments.iter_mut().for_each(|assignment| {
        if let Value::Call(path, _) = &mut assignment.value {
            resolve(path);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        Source::read(text).calls.into_iter().map(|call| call.path).collect()
    }

    #[test]
    fn names_are_followed_to_what_they_stand_for() {
        let text = "import gradio as gr\nfrom fastapi import FastAPI as F\nimport a.b\n\
                    with gr.Blocks(css='x') as demo:\n    gr.Textbox()\ndemo.queue().launch(share=True)\n\
                    app = F()\napp.get('/')\na.b.c()\ngr.Interface(f, 'text').launch()\n";
        assert_eq!(
            paths(text),
            [
                "gradio.Blocks",
                "gradio.Textbox",
                "gradio.Blocks().queue",
                "gradio.Blocks().queue().launch",
                "fastapi.FastAPI",
                "fastapi.FastAPI().get",
                "a.b.c",
                "gradio.Interface",
                "gradio.Interface().launch",
            ]
        );
    }

    #[test]
    fn a_name_may_be_that_of_a_module() {
        let text = "from mcp.server import Server\nmcp = Server('x')\nmcp.run()\n";
        assert_eq!(paths(text), ["mcp.server.Server", "mcp.server.Server().run"]);
    }

    #[test]
    fn what_stands_in_strings_and_comments_is_not_there() {
        let text = "'''\nimport gradio\ndemo.launch()\n'''\n# app = Flask(__name__)\nx = \"st.title('a')\"\n";
        let source = Source::read(text);
        assert!(source.imports.is_empty() && source.calls.is_empty());
    }

    #[test]
    fn arguments_are_read_over_lines() {
        let text = "uvicorn.run(\n  'main:app',  # the app\n  host='0.0.0.0', port=8000, reload=True,\n  workers=int(x or 1), log=a.b)\n";
        let source = Source::read(text);
        let call = &source.calls[0];
        assert_eq!(call.positional(0), Some(&Value::Text("main:app".into())));
        assert_eq!(call.keyword("port"), Some(&Value::Number("8000")));
        assert_eq!(call.keyword("reload"), Some(&Value::Boolean(true)));
        assert_eq!(call.keyword("workers"), Some(&Value::Call("int".into(), "int(x or 1)")));
        assert_eq!(call.keyword("log"), Some(&Value::Name("a.b")));
    }

    #[test]
    fn scopes_are_told_apart() {
        let text = "class A:\n  def m(self):\n    f()\n\ndef create(x=1, *, y=2):\n  return g()\nif __name__ == '__main__':\n  h()\nk()\n";
        let source = Source::read(text);
        let scopes: Vec<_> =
            source.calls.iter().map(|call| (call.path.as_str(), call.scope.outermost, call.scope.in_main)).collect();
        assert_eq!(
            scopes,
            [("f", Some("A"), false), ("g", Some("create"), false), ("h", None, true), ("k", None, false)]
        );
        assert!(source.has_main);
        let takes: Vec<_> = source.functions.iter().map(|function| (function.name, function.takes_nothing)).collect();
        assert_eq!(takes, [("m", false), ("create", true)]);
    }

    #[test]
    fn what_follows_on_a_line_has_its_own_scope() {
        let text = "if __name__ == '__main__': a(); b()\nif __name__ != '__main__': c()\nif not __name__ == '__main__':\n  d()\n\
                    def f(x={1: 2}) -> int: e(); yield g()\nx = h(); y = i();\nwith w() as z: z.j()\nelse_ = lambda: k()\nl()\n";
        let source = Source::read(text);
        let scopes: Vec<_> = source.calls.iter().map(|call| (call.path.as_str(), call.scope)).collect();
        let main: Vec<_> = scopes.iter().filter(|(_, scope)| scope.in_main).map(|(path, _)| *path).collect();
        let inner: Vec<_> = scopes.iter().filter(|(_, scope)| !scope.is_top_level()).map(|(path, _)| *path).collect();
        assert_eq!((main, inner), (vec!["a", "b"], vec!["e", "g"]), "{scopes:?}");
        let calls = |name: &str| Value::Call(name.to_owned(), if name == "h" { "h()" } else { "i()" });
        let values: Vec<_> = source.assignments.iter().map(|one| (one.name, one.value.clone())).collect();
        assert_eq!(values[..2], [("x", calls("h")), ("y", calls("i"))]);
        assert!(source.functions[0].yields && source.functions[0].doc.is_none());
        assert_eq!(&text[source.calls[0].statement.clone()], "a()");
    }

    #[test]
    fn imports_of_every_form() {
        let text =
            "import os, a.b as c\nfrom . import x\nfrom ..p.q import (r as s,\n  t)\nfrom m import *\nimport\nfrom\n";
        let source = Source::read(text);
        let shown: Vec<_> = source.imports.iter().map(|import| (import.level, import.module, import.name)).collect();
        assert_eq!(
            shown,
            [
                (0, "os", None),
                (0, "a.b", None),
                (1, "", Some("x")),
                (2, "p.q", Some("r")),
                (2, "p.q", Some("t")),
                (0, "m", Some("*"))
            ]
        );
        assert_eq!(source.resolved("s"), "..p.q.r");
    }

    #[test]
    fn subscripts_and_mentions() {
        let text = "import os, streamlit as st\na = os.environ['X']\nos.environ['Y'] = '1'\nb = st.secrets.KEY\n@cl.on_message\nasync def f(): pass\n";
        let source = Source::read(text);
        let keys: Vec<_> = source.subscripts.iter().map(|found| (found.path.as_str(), found.key.as_str())).collect();
        assert_eq!(keys, [("os.environ", "X")]);
        let mentions: Vec<_> = source.mentions.iter().map(|found| (found.path.as_str(), found.is_decorator)).collect();
        assert_eq!(mentions, [("streamlit.secrets.KEY", false), ("cl.on_message", true)]);
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let start = std::time::Instant::now();
        for text in ["f(".repeat(40_000), "a.b().".repeat(40_000), "(".repeat(80_000), "f\"{'".repeat(20_000)] {
            Source::read(&text);
            Source::read(&format!("{text}{}", ")".repeat(60_000)));
        }
        // Quadratic time would take hours
        assert!(start.elapsed().as_secs() < 600);
    }
}
