//! The value of an argument in Python code, as it is when the program is started without arguments.

use super::servers::is_loopback;
use crate::formats::python::{Call, Source, Value};

/// What could set a value in place of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum By {
    /// Nothing.
    Code,
    /// An environment variable.
    Variable(String),
    /// An option of the command line.
    Flag(String),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Setting {
    pub(in crate::app) text: String,
    pub(in crate::app) by: By,
    /// The offset of what says it, if that is not the argument itself.
    pub(in crate::app) at: Option<usize>,
}

/// The maximum number of names that stand for one another.
const DEEPEST: usize = 3;

/// The value of an argument: a literal, a constant, the default of a variable or of an option.
pub(in crate::app) fn setting(source: &Source<'_>, text: &str, value: &Value<'_>) -> Option<Setting> {
    within(source, text, value, DEEPEST)
}

fn within(source: &Source<'_>, text: &str, value: &Value<'_>, depth: usize) -> Option<Setting> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Text(written) => Some(Setting { text: written.to_string(), by: By::Code, at: None }),
        Value::Number(written) => Some(Setting { text: written.replace('_', ""), by: By::Code, at: None }),
        Value::Name(name) => match name.rsplit_once('.') {
            Some((_, option)) => of_option(source, text, option, depth),
            None if is_assigned(source, name) => of_constant(source, text, name, depth),
            // A decorator gives a function its arguments
            None if source.imports_module("click") => of_option(source, text, name, depth),
            None => None,
        },
        Value::Call(path, written) if path == "int" || path == "str" || is_environment(path) => {
            of_variable(source, text, written).or_else(|| of_fallback(source, text, written))
        }
        Value::Call(..) | Value::Boolean(_) => None,
        Value::Expression(written) => of_fallback(source, text, written),
    }
}

/// `int(os.environ.get("PORT") or 7860)`.
fn of_fallback(source: &Source<'_>, text: &str, written: &str) -> Option<Setting> {
    let (_, default) = written.rsplit_once(" or ")?;
    let default = default.trim_matches([' ', ')', '"', '\'']);
    let is_plain = !default.is_empty() && default.bytes().all(|byte| byte.is_ascii_digit()) || is_loopback(default);
    let (name, _) = variable(source, text, written)?;
    is_plain.then(|| Setting { text: default.to_owned(), by: By::Variable(name), at: None })
}

fn is_assigned(source: &Source<'_>, name: &str) -> bool {
    source.assignments.iter().any(|assignment| assignment.name == name)
}

/// A name that is assigned once.
fn of_constant(source: &Source<'_>, text: &str, name: &str, depth: usize) -> Option<Setting> {
    let mut assigned = source.assignments.iter().filter(|assignment| assignment.name == name);
    let assignment = assigned.next().filter(|_| assigned.next().is_none())?;
    if assignment.scope.conditional {
        return None;
    }
    let found = within(source, text, &assignment.value, depth)?;
    Some(Setting { at: found.at.or(Some(assignment.at)), ..found })
}

/// `add_argument("--port", default=7860)` for `args.port`.
fn of_option(source: &Source<'_>, text: &str, name: &str, depth: usize) -> Option<Setting> {
    let (flag, other) = (format!("--{}", name.replace('_', "-")), format!("--{name}"));
    let names = |call: &Call<'_>| {
        let mut texts = call.arguments.iter().filter(|argument| argument.name.is_none());
        let by_flag = texts.any(|argument| argument.value.as_text().is_some_and(|text| text == flag || text == other));
        match call.keyword("dest").and_then(Value::as_text) {
            Some(own) => own == name,
            None => by_flag,
        }
    };
    let is_it = |call: &&Call<'_>| matches!(call.method(), "add_argument" | "option") && names(call);
    let mut adds = source.calls.iter().filter(is_it);
    let call = adds.next().filter(|_| adds.next().is_none())?;
    let found = within(source, text, call.keyword("default")?, depth)?;
    let written =
        call.arguments.iter().filter_map(|argument| argument.value.as_text()).find(|text| text.starts_with("--"));
    let by = match found.by {
        By::Code => By::Flag(written?.to_owned()),
        by => by,
    };
    Some(Setting { text: found.text, by, at: Some(call.at) })
}

fn is_environment(path: &str) -> bool {
    matches!(path, "os.environ.get" | "os.getenv" | "environ.get" | "getenv")
}

/// The one variable that a text reads, with its default.
fn variable(source: &Source<'_>, text: &str, written: &str) -> Option<(String, Option<String>)> {
    let start = written.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let range = start..start + written.len();
    let mut reads = source.calls.iter().filter(|call| is_environment(&call.path) && range.contains(&call.at));
    let call = reads.next().filter(|_| reads.next().is_none())?;
    let default = call.positional(1).or(call.keyword("default")).and_then(|value| match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(text) => Some(text.replace('_', "")),
        _ => None,
    });
    Some((call.positional(0)?.as_text()?.to_owned(), default))
}

/// `int(os.environ.get("PORT", 7860))`.
fn of_variable(source: &Source<'_>, text: &str, written: &str) -> Option<Setting> {
    let (name, default) = variable(source, text, written)?;
    Some(Setting { text: default?, by: By::Variable(name), at: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_followed_to_its_default() {
        let variable = |name: &str| By::Variable(name.to_owned());
        for (code, text, by) in [
            ("f(8000)", "8000", By::Code),
            ("P = 8000\nf(P)", "8000", By::Code),
            ("import os\nf(int(os.environ.get('PORT', 8080)))", "8080", variable("PORT")),
            ("from os import getenv\nf(getenv('PORT', '8080'))", "8080", variable("PORT")),
            ("import os\nP = int(os.getenv('PORT') or 8080)\nf(P)", "8080", variable("PORT")),
            (
                "p.add_argument('--host', '-H', default='127.0.0.1')\nf(args.host)",
                "127.0.0.1",
                By::Flag("--host".to_owned()),
            ),
            ("import os\np.add_argument('--port', default=os.environ.get('P', 1))\nf(args.port)", "1", variable("P")),
        ] {
            let source = Source::read(code);
            let call = source.calls.iter().find(|call| call.path == "f").unwrap();
            let found = setting(&source, code, call.positional(0).unwrap()).unwrap();
            assert_eq!((&*found.text, found.by), (text, by), "{code}");
        }
        let click = "import click\n\n\n@click.option('--host', default='127.0.0.1')\ndef main(host):\n    f(host)\n";
        let source = Source::read(click);
        let call = source.calls.iter().find(|call| call.path == "f").unwrap();
        let found = setting(&source, click, call.positional(0).unwrap()).unwrap();
        assert_eq!(found.by, By::Flag("--host".to_owned()));
        for code in ["f(x())", "P = 1\nP = 2\nf(P)", "f(int(os.environ['PORT']))", "f(args.port)"] {
            let source = Source::read(code);
            let call = source.calls.iter().find(|call| call.path == "f").unwrap();
            assert_eq!(setting(&source, code, call.positional(0).unwrap()), None, "{code}");
        }
    }
}
