//! `.streamlit/config.toml`: the settings of Streamlit that matter behind a proxy.
//!
//! Source: <https://docs.streamlit.io/develop/concepts/configuration/options>.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::tables::{at, parse, read};

/// The path of the file beside the app.
pub(crate) const SETTINGS: &str = ".streamlit/config.toml";
/// The name of the setting that allows uploads in a frame.
pub(crate) const XSRF: &str = "enableXsrfProtection";

/// The settings of the server.
#[derive(Debug, Default)]
pub(crate) struct StreamlitSettings {
    /// `server.port`.
    pub(crate) port: Option<(i64, Range<usize>)>,
    /// `server.address`.
    pub(crate) address: Option<String>,
    /// `server.enableXsrfProtection`, and the place of its key.
    pub(crate) xsrf: Option<(Option<bool>, Range<usize>)>,
    /// Where a line under `[server]` can be inserted, if there is such a table.
    pub(crate) first_line_of_server: Option<usize>,
}

impl StreamlitSettings {
    /// Reads a file. None if it is not TOML.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = read(text)?;
        let port = at(&root, &["server", "port"]).and_then(|value| {
            let DeValue::Integer(number) = value.get_ref() else { return None };
            Some((i64::from_str_radix(number.as_str(), number.radix()).ok()?, value.span()))
        });
        let address = at(&root, &["server", "address"]).and_then(|value| value.get_ref().as_str().map(str::to_owned));
        let Some(server) = root.get("server") else { return Some(Self::default()) };
        let table = server.get_ref().as_table();
        let xsrf = table.and_then(|table| table.get_key_value(XSRF));
        let xsrf = xsrf.map(|(key, value)| (value.get_ref().as_bool(), key.span()));
        Some(Self { port, address, xsrf, first_line_of_server: first_line(text, &server.span()) })
    }
}

/// The settings without some keys of the server, everything else as it is. A comment above a line goes with it if it names the key.
///
/// # Errors
/// If it is not TOML, or would be none.
pub(crate) fn without(text: &str, keys: &[&str]) -> Result<String, String> {
    let mut text = text.to_owned();
    for key in keys {
        let root =
            parse(&text).map_err(|error| format!("it is not TOML: line {}: {}", error.line(&text), error.message))?;
        let server = root.get("server").and_then(|server| server.get_ref().as_table());
        let Some((name, value)) = server.and_then(|server| server.get_key_value(*key)) else { continue };
        let range =
            entry(&text, &name.span(), &value.span(), key).ok_or_else(|| format!("`{key}` has an unusual form"))?;
        text.replace_range(range, "");
    }
    let read = read(&text).ok_or("it would not be TOML without them")?;
    let header = read.get("server").filter(|server| server.get_ref().as_table().is_some_and(DeTable::is_empty));
    if let Some(header) = header.map(toml::Spanned::span) {
        text = without_header(&text, &header);
    }
    Ok(text)
}

/// The place of a key with its value: its lines, or its part of an inline table.
fn entry(text: &str, name: &Range<usize>, value: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let line_start = text.get(..name.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(value.end..)?.find('\n').map_or(text.len(), |at| value.end + at + 1);
    let (before, after) = (text.get(line_start..name.start)?, text.get(value.end..line_end)?.trim());
    if before.contains(['{', ',']) {
        let after = text.get(value.end..)?;
        let comma = after.trim_start().strip_prefix(',').map(|rest| text.len() - rest.trim_start_matches(' ').len());
        let before = text.get(..name.start)?.trim_end();
        return Some(match (comma, before.strip_suffix(',')) {
            (Some(end), _) => name.start..end,
            (None, Some(before)) => before.len()..value.end,
            (None, None) => name.start..value.end,
        });
    }
    if !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let mut start = line_start;
    let above = text.get(..line_start)?.split_inclusive('\n').rev();
    let comment: Vec<&str> = above.take_while(|line| line.trim_start().starts_with('#')).collect();
    if comment.iter().any(|line| line.to_ascii_lowercase().contains(key)) {
        start -= comment.iter().map(|line| line.len()).sum::<usize>();
    }
    Some(start..line_end)
}

/// The text without a header that nothing follows.
fn without_header(text: &str, header: &Range<usize>) -> String {
    let is_header = text.get(header.clone()).is_some_and(|header| header.starts_with('['));
    let start = text.get(..header.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let Some(rest) = text.get(header.end..).filter(|_| is_header) else { return text.to_owned() };
    let after = rest.find('\n').map_or("", |at| &rest[at + 1..]);
    let line = rest.find('\n').map_or(rest, |at| &rest[..at]);
    let next = after.trim_start_matches(['\r', '\n', ' ']);
    let is_plain = line.trim().is_empty() && (next.is_empty() || next.starts_with('['));
    if !is_plain {
        return text.to_owned();
    }
    let before = if next.is_empty() { text[..start].trim_end_matches(['\r', '\n']) } else { &text[..start] };
    let end = if next.is_empty() && !before.is_empty() { "\n" } else { "" };
    format!("{before}{end}{next}")
}

/// The offset of the line after a header. None if it is not a header, or no line follows.
fn first_line(text: &str, header: &Range<usize>) -> Option<usize> {
    let is_header = text.get(header.clone())?.starts_with('[');
    let length = text.get(header.end..)?.find('\n').filter(|_| is_header)?;
    Some(header.end + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_the_server() {
        let text = "[theme]\nbase = \"dark\"\n[ server ] # mine\nport = 8_502\nenableXsrfProtection = false\n";
        let read = StreamlitSettings::read(text).unwrap();
        let (port, range) = read.port.unwrap();
        assert_eq!((port, &text[range]), (8502, "8_502"));
        let (is_on, range) = read.xsrf.unwrap();
        assert_eq!((is_on, &text[range]), (Some(false), XSRF));
        assert_eq!(read.first_line_of_server.map(|at| &text[at..at + 4]), Some("port"));
    }

    #[test]
    fn keys_are_taken_out_and_everything_else_stays() {
        for (text, left) in [
            (
                "# mine\n[server] # here\nport = 8080 # old\naddress = \"0.0.0.0\"\nheadless = true\n\n[theme]\nbase = \"dark\"\n",
                "# mine\n[server] # here\nheadless = true\n\n[theme]\nbase = \"dark\"\n",
            ),
            (
                "[server]\n# The only port\nport = 1\n# Uploads\nmaxUploadSize = 2\n",
                "[server]\n# Uploads\nmaxUploadSize = 2\n",
            ),
            ("[server]\n# All of it\nport = 1\n", "[server]\n# All of it\n"),
            ("[server]\r\nport = 1\r\naddress = ''\r\n\r\n[theme]\r\nx = 1\r\n", "[theme]\r\nx = 1\r\n"),
            ("[theme]\nx = 1\n\n[server]\nport = 1\n", "[theme]\nx = 1\n"),
            ("server.port = 1\nserver.headless = true\n", "server.headless = true\n"),
            ("server = { port = 1, headless = true, address = \"a\" }\n", "server = { headless = true }\n"),
            ("server = { address = \"a\", headless = true }", "server = { headless = true }"),
            ("[theme]\nport = 1\n", "[theme]\nport = 1\n"),
            ("", ""),
        ] {
            assert_eq!(without(text, &["port", "address"]).as_deref(), Ok(left), "{text}");
        }
        assert!(without("[server\nport = 1", &["port"]).unwrap_err().contains("line 1"));
    }

    #[test]
    fn other_forms_of_the_table_take_no_line() {
        for text in ["server.port = 1\n", "server = { port = 1 }\n", "[server]", "[[server]]\n", "server = 1\n", ""] {
            let read = StreamlitSettings::read(text).unwrap();
            assert!(read.first_line_of_server.is_none() || text.starts_with("[["), "{text}");
        }
        assert!(StreamlitSettings::read("# enableXsrfProtection\n").unwrap().xsrf.is_none());
        assert!(StreamlitSettings::read("not toml").is_none());
    }

    proptest::proptest! {
        #[test]
        fn what_is_left_is_toml_without_the_keys(text in "(\\[?server\\]?|port|address|other|=|\\{|\\}|,|1|\"a\"|#|\\.| |\n|\r\n){0,24}") {
            if let Ok(left) = without(&text, &["port", "address"]) {
                let read = read(&left);
                let read = read.ok_or_else(|| proptest::test_runner::TestCaseError::fail(format!("{text:?} became {left:?}")))?;
                proptest::prop_assert!(at(&read, &["server", "port"]).is_none(), "{text:?} became {left:?}");
                let again = without(&left, &["port", "address"]);
                proptest::prop_assert_eq!(again, Ok(left));
            }
        }
    }
}
