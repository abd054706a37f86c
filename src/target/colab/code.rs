//! The code of an app in a notebook: what defines it, and what launches it.

use crate::app::callable::Callable;
use crate::formats::python::{Call, Source, Value};
use crate::order::Order;
use crate::target::{Added, Refusal, Subject, place};

/// The code of an app in two cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// What defines the app.
    pub(super) code: String,
    /// What launches it.
    pub(super) launch: String,
}

/// Endings of files that no code reads.
const NOT_READ: [&str; 9] = ["py", "md", "toml", "yaml", "yml", "lock", "ipynb", "gitignore", "gitattributes"];

/// Whether the app's file is the whole app: it imports nothing of the repository, and names no file of it.
pub(super) fn is_whole(subject: &Subject<'_>) -> bool {
    let Some(text) = subject.repo.text(&subject.app.file) else { return false };
    let is_alone = subject.app.parts.iter().all(|part| *part == subject.app.file);
    let names = |file: &crate::repo::File| {
        let ending = file.name().rsplit('.').next().unwrap_or_default();
        let stem = file.name().split('.').next().unwrap_or_default();
        !NOT_READ.contains(&ending) && !stem.is_empty() && text.contains(file.name())
    };
    is_alone && !text.contains("__file__") && !subject.repo.files().any(names)
}

/// The objects of Gradio that have a page.
const PAGES: [&str; 4] = ["gradio.Blocks", "gradio.Interface", "gradio.ChatInterface", "gradio.TabbedInterface"];

/// The app's own text, without what launches it.
pub(super) fn split(subject: &Subject<'_>) -> Result<Page, Refusal> {
    let file = &subject.app.file;
    let as_written = subject.repo.text(file).unwrap_or_default();
    let text = as_written.replace("\r\n", "\n");
    let source = Source::read(&text);
    let (mut code, main) = without_main(&text);
    let mut launches = subject.functions.launches(file);
    let mut launch = String::new();
    // The last first, so that the places of the others stay; all are above the main block
    launches.order_by_key(|call| std::cmp::Reverse(call.statement.start));
    launches.dedup_by_key(|call| call.statement.clone());
    let returns = |at: usize| as_written.get(..at).unwrap_or_default().matches("\r\n").count();
    for call in launches {
        let (start, end) = (call.statement.start, call.statement.end);
        let (start, end) = (start - returns(start), end - returns(end));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        if line_start != start || code.get(line_start..end) != text.get(line_start..end) {
            let reason = format!("`{}` ({}) is part of another statement", call.written, place(&call.evidence));
            return Err(Refusal::new(reason, "put it on a line of its own, under `if __name__ == \"__main__\":`"));
        }
        launch = format!("{}{launch}", &text[line_start..end]);
        code.replace_range(line_start..end, "");
    }
    launch.push_str(&main);
    if launch.trim().is_empty() {
        launch = match page(&source) {
            Some(name) => format!("{name}.launch()"),
            None => return Err(no_launch(file, &source)),
        };
    }
    Ok(Page { code: code.trim_end().to_owned(), launch: shared(&launch) })
}

/// The imports of the app's names, where the notebook runs in a copy of the repository.
pub(super) fn imported(subject: &Subject<'_>, called: Option<&Callable>, added: &mut Added) -> Result<Page, Refusal> {
    let file = &subject.app.file;
    let text = subject.repo.text(file).unwrap_or_default();
    let source = Source::read(text);
    let (root, module) = subject.functions.module(&subject.app.file, file).unwrap_or_default();
    let name = page(&source).ok_or_else(|| {
        let reason = format!("`{file}` gives its page no name at its top level");
        Refusal::new(reason, "write `demo = ..` there, and launch it under `if __name__ == \"__main__\":`")
    })?;
    if let Some(callable) = called {
        subject.refuse_launch_of(callable)?;
    }
    subject.refuse_launch_in(file)?;
    added.edits = subject.guards_in(file)?;
    let mut code = String::new();
    if !root.is_empty() {
        code.push_str(&format!("import sys\n\nsys.path.insert(0, {})\n", crate::formats::python::quoted(&root)));
    }
    code.push_str(&format!("from {module} import {name}\n"));
    if let Some(callable) = called {
        let (_, module) = subject.functions.module(file, &callable.file).unwrap_or_default();
        code.push_str(&format!("from {module} import {}\n", callable.name));
    }
    Ok(Page { code, launch: shared(&format!("{name}.launch()")) })
}

/// The name of the page at the top level.
fn page<'t>(source: &Source<'t>) -> Option<&'t str> {
    let is_page = |value: &Value<'_>| matches!(value, Value::Call(path, _) if PAGES.contains(&path.as_str()));
    let mut named = source.assignments.iter().rev().filter(|one| one.scope.is_top_level() && !one.scope.in_main);
    let own = named.find(|one| is_page(&one.value) && !one.name.contains('.')).map(|one| one.name);
    own.or_else(|| launched_page(source)).or_else(|| imported_page(source))
}

/// The name of what a function of this or another file makes, and that is launched: `demo = build()`, then `demo.launch()`.
fn launched_page<'t>(source: &Source<'t>) -> Option<&'t str> {
    let is_launched = |name: &str| {
        let mut launches = source.calls.iter().filter(|call| call.method() == "launch");
        launches.any(|call| call.written.split(['.', '(']).next() == Some(name))
    };
    let mut named = source.assignments.iter().rev().filter(|one| one.scope.is_top_level() && !one.scope.in_main);
    named.find(|one| matches!(one.value, Value::Call(..)) && is_launched(one.name)).map(|one| one.name)
}

/// The name of a page that another file makes: `from ui import demo`, then `demo.launch()`.
fn imported_page<'t>(source: &Source<'t>) -> Option<&'t str> {
    let names =
        source.imports.iter().filter(|one| one.scope.is_top_level() && !one.scope.in_main).filter_map(|one| one.name);
    let is_launched = |name: &&str| {
        source.calls.iter().any(|call| call.method() == "launch" && call.written.strip_suffix(".launch") == Some(name))
    };
    names.into_iter().find(is_launched)
}

fn no_launch(file: &str, source: &Source<'_>) -> Refusal {
    let mut inside = source.calls.iter().filter(|call| call.method() == "launch");
    match inside.find_map(|call| call.scope.outermost) {
        Some(outer) => Refusal::new(
            format!("`{file}` launches a page in `{outer}` alone, which nothing in it runs"),
            format!("call it under `if __name__ == \"__main__\":`, as in `{outer}()`"),
        ),
        None => Refusal::new(format!("nothing in `{file}` launches a page"), "call `launch()` in it"),
    }
}

/// A text without its block under `if __name__ == "__main__":`, and that block without its margin.
fn without_main(text: &str) -> (String, String) {
    let (mut code, mut main, mut inside) = (String::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        let is_indented = line.starts_with([' ', '\t']);
        if line.starts_with("if ") && line.contains("__name__") && line.contains("__main__") {
            inside = true;
            // `if __name__ == "__main__": demo.launch()`
            if let Some((_, rest)) =
                line.split_once(':').filter(|(_, rest)| !rest.trim().is_empty() && !rest.trim().starts_with('#'))
            {
                main.push_str(rest.trim_start());
            }
            continue;
        }
        inside &= is_blank || is_indented;
        if inside { main.push_str(line) } else { code.push_str(line) }
    }
    let margin =
        main.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min();
    let margin = margin.unwrap_or(0);
    let dedented = main
        .split_inclusive('\n')
        .map(|line| line.get(margin..).unwrap_or_else(|| line.trim_start_matches([' ', '\t'])));
    (code, dedented.collect())
}

/// A launch with a public link, whose cell runs until it is stopped.
fn shared(text: &str) -> String {
    let source = Source::read(text);
    let mut shared = text.trim_end().to_owned();
    let mut calls: Vec<&Call<'_>> = source.calls.iter().filter(|call| call.method() == "launch").collect();
    calls.order_by_key(|call| std::cmp::Reverse(call.at));
    for call in calls {
        let missing = ["share", "debug"].into_iter().filter(|name| call.keyword(name).is_none());
        let words: Vec<String> = missing.map(|name| format!("{name}=True")).collect();
        let Some(open) = text[call.at..].find('(').map(|at| call.at + at + 1) else { continue };
        if words.is_empty() || open > shared.len() {
            continue;
        }
        let gap = if call.arguments.is_empty() { "" } else { ", " };
        let is_first_line = text[open..].starts_with(['\n', '\r', '#']) || call.unpacks() || has_positional(call);
        let words = words.join(", ");
        if !is_first_line {
            shared.insert_str(open, &format!("{words}{gap}"));
        } else if let Some(last) = call.arguments.last() {
            shared.insert_str(last.range.end, &format!(", {words}"));
        } else {
            shared.insert_str(open, &words);
        }
    }
    shared
}

fn has_positional(call: &Call<'_>) -> bool {
    call.arguments.iter().any(|argument| argument.name.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_main_block_is_taken_out() {
        let text = "x = 1\nif __name__ == \"__main__\":\n    a()\n\n    if a:\n        b()\n# after\ny = 2\n";
        assert_eq!(without_main(text), ("x = 1\n# after\ny = 2\n".to_owned(), "a()\n\nif a:\n    b()\n".to_owned()));
        assert_eq!(without_main("if __name__ == '__main__': d.launch()\n").1, "d.launch()\n");
    }

    #[test]
    fn a_launch_is_shared() {
        for (launch, after) in [
            ("d.launch()\n", "d.launch(share=True, debug=True)"),
            ("d.queue().launch(share=False)", "d.queue().launch(debug=True, share=False)"),
            ("d.launch(\n  css=x,\n)", "d.launch(\n  css=x, share=True, debug=True,\n)"),
            ("d.launch(*a)", "d.launch(*a, share=True, debug=True)"),
            ("d.launch(share=True, debug=True)", "d.launch(share=True, debug=True)"),
        ] {
            assert_eq!(shared(launch), after);
        }
    }
}
