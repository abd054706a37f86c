//! `.streamlit/config.toml`: the settings of Streamlit that matter behind a proxy.
//!
//! Source: <https://docs.streamlit.io/develop/concepts/configuration/options>.

use std::ops::Range;

use toml::de::DeValue;

use super::tables::{at, read};

/// The path of the file beside the app.
pub(crate) const SETTINGS: &str = ".streamlit/config.toml";
/// The name of the setting that allows uploads in a frame.
pub(crate) const XSRF: &str = "enableXsrfProtection";

/// The settings of the server.
#[derive(Debug, Default)]
pub(crate) struct StreamlitSettings {
    /// `server.port`.
    pub(crate) port: Option<(i64, Range<usize>)>,
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
        let Some(server) = root.get("server") else { return Some(Self::default()) };
        let table = server.get_ref().as_table();
        let xsrf = table.and_then(|table| table.get_key_value(XSRF));
        let xsrf = xsrf.map(|(key, value)| (value.get_ref().as_bool(), key.span()));
        Some(Self { port, xsrf, first_line_of_server: first_line(text, &server.span()) })
    }
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
    fn other_forms_of_the_table_take_no_line() {
        for text in ["server.port = 1\n", "server = { port = 1 }\n", "[server]", "[[server]]\n", "server = 1\n", ""] {
            let read = StreamlitSettings::read(text).unwrap();
            assert!(read.first_line_of_server.is_none() || text.starts_with("[["), "{text}");
        }
        assert!(StreamlitSettings::read("# enableXsrfProtection\n").unwrap().xsrf.is_none());
        assert!(StreamlitSettings::read("not toml").is_none());
    }
}
