//! Quoting filters, one for each language of the generated files.
//!
//! Each takes any one-line text and returns text that means exactly that in its language.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};

/// Adds every filter.
pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("docker", |value: &Value| text(value).map(|text| safe(docker(&text))));
    environment.add_filter("json", |value: &Value| json(value).map(safe));
    environment.add_filter("js", |value: &Value| json(value).map(|json| safe(javascript(&json))));
    environment.add_filter("toml", |value: &Value| toml(value).map(safe));
    environment.add_filter("python", |value: &Value| python(value).map(safe));
    environment.add_filter("html", |value: &Value| text(value).map(|text| safe(html(&text))));
    environment.add_filter("shell", |value: &Value| shell(value).map(safe));
    environment.add_filter("markdown", |value: &Value| text(value).map(|text| safe(markdown(&text))));
    environment.add_filter("dotenv", |value: &Value| text(value).map(safe));
    environment.add_filter("line", |value: &Value| text(value).map(safe));
    environment.add_filter("join", joined);
}

/// The texts of a list with another between them. It is a text that another filter must quote.
fn joined(list: &Value, between: &str) -> Result<String, Error> {
    let items = items(list)?.ok_or_else(|| unfit("only a list can be joined"))?;
    Ok(items.iter().map(text).collect::<Result<Vec<_>, Error>>()?.join(between))
}

fn safe(text: String) -> Value {
    Value::from_safe_string(text)
}

fn unfit(what: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidOperation, what.to_string())
}

/// One-line text. Answers were checked for that; this ensures it for everything that a template passes.
fn text(value: &Value) -> Result<String, Error> {
    let text = match value.kind() {
        ValueKind::String => value.as_str().unwrap_or_default().to_owned(),
        ValueKind::Number => value.to_string(),
        kind => return Err(unfit(format_args!("a {kind} is not text"))),
    };
    if text.contains(['\n', '\r', '\0']) {
        return Err(unfit("the text has a line break"));
    }
    Ok(text)
}

fn items(value: &Value) -> Result<Option<Vec<Value>>, Error> {
    if matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable) {
        return value.try_iter().map(|items| Some(items.collect()));
    }
    Ok(None)
}

/// A double-quoted word of a Dockerfile, with `\`, `"` and `$` escaped.
/// Source: <https://docs.docker.com/reference/dockerfile/#environment-replacement>.
fn docker(text: &str) -> String {
    let mut word = String::from("\"");
    for char in text.chars() {
        if matches!(char, '\\' | '"' | '$') {
            word.push('\\');
        }
        word.push(char);
    }
    word + "\""
}

/// JSON on one line.
fn json(value: &Value) -> Result<String, Error> {
    if let Some(items) = items(value)? {
        let items: Vec<String> = items.iter().map(json).collect::<Result<_, _>>()?;
        return Ok(format!("[{}]", items.join(", ")));
    }
    match value.kind() {
        ValueKind::Bool => Ok(value.is_true().to_string()),
        ValueKind::Number => Ok(value.to_string()),
        _ => text(value).and_then(|text| serde_json::to_string(&text).map_err(unfit)),
    }
}

/// JSON that is also safe as JavaScript inside HTML.
fn javascript(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn toml(value: &Value) -> Result<String, Error> {
    if let Some(items) = items(value)? {
        let items: Vec<String> = items.iter().map(toml).collect::<Result<_, _>>()?;
        return Ok(format!("[{}]", items.join(", ")));
    }
    match value.kind() {
        ValueKind::Bool => Ok(value.is_true().to_string()),
        ValueKind::Number => Ok(value.to_string()),
        _ => text(value).map(|text| toml::Value::String(text).to_string()),
    }
}

/// A Python literal.
/// Source: <https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences>.
fn python(value: &Value) -> Result<String, Error> {
    if let Some(items) = items(value)? {
        let items: Vec<String> = items.iter().map(python).collect::<Result<_, _>>()?;
        return Ok(format!("[{}]", items.join(", ")));
    }
    match value.kind() {
        ValueKind::Bool => Ok(if value.is_true() { "True" } else { "False" }.to_owned()),
        ValueKind::None => Ok("None".to_owned()),
        ValueKind::Number => Ok(value.to_string()),
        _ => text(value).map(|text| python_string(&text)),
    }
}

fn python_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for char in text.chars() {
        match char {
            '\\' => literal.push_str("\\\\"),
            '"' => literal.push_str("\\\""),
            char if char.is_control() => literal.push_str(&format!("\\x{:02x}", u32::from(char))),
            char => literal.push(char),
        }
    }
    literal + "\""
}

fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            char => escaped.push(char),
        }
    }
    escaped
}

/// A word of a shell's command line, or several.
pub(super) fn shell(value: &Value) -> Result<String, Error> {
    if let Some(items) = items(value)? {
        let words: Vec<String> = items.iter().map(shell).collect::<Result<_, _>>()?;
        return Ok(words.join(" "));
    }
    let text = text(value)?;
    shlex::try_quote(&text).map(std::borrow::Cow::into_owned).map_err(unfit)
}

/// Text in Markdown that is shown literally, anywhere on a line.
/// Source: <https://spec.commonmark.org/current/#backslash-escapes>.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (index, char) in text.chars().enumerate() {
        let special =
            matches!(char, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '#' | '{' | '}' | '$');
        let starts_block = index == 0 && matches!(char, '-' | '+' | '=');
        if special || starts_block || numbers_a_list(text, index, char) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Whether this is the `.` or `)` after leading digits, which would start a numbered list.
fn numbers_a_list(text: &str, index: usize, char: char) -> bool {
    matches!(char, '.' | ')') && index > 0 && text.chars().take(index).all(|char| char.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_dockerfile_expand_nothing() {
        assert_eq!(docker(r#"a "b" \ $HOME `id`"#), r#""a \"b\" \\ \$HOME `id`""#);
    }

    #[test]
    fn literals_of_each_language() {
        let hostile = Value::from(r#"it's "x" \ </script>"#);
        assert_eq!(python(&hostile).unwrap(), r#""it's \"x\" \\ </script>""#);
        assert_eq!(json(&hostile).unwrap(), r#""it's \"x\" \\ </script>""#);
        assert_eq!(javascript(&json(&hostile).unwrap()), r#""it's \"x\" \\ \u003c/script>""#);
        assert_eq!(shell(&Value::from("a'b c")).unwrap(), r#""a'b c""#);
        assert_eq!(html("<a href='x'>&"), "&lt;a href=&#39;x&#39;&gt;&amp;");
        assert_eq!(python(&Value::from_iter(["a", "b"])).unwrap(), r#"["a", "b"]"#);
    }

    #[test]
    fn markdown_shows_text_as_it_is() {
        assert_eq!(markdown("# {{7*7}} <b>"), "\\# \\{\\{7\\*7\\}\\} \\<b\\>");
        assert_eq!(markdown("- a"), "\\- a");
        assert_eq!(markdown("1. a 2.5"), "1\\. a 2.5");
    }

    #[test]
    fn a_line_break_passes_no_filter() {
        assert!(text(&Value::from("a\nb")).is_err());
        assert!(python(&Value::from("a\nb")).is_err());
    }
}
