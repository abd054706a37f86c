//! Files of settings such as `.env`: a name, `=`, and a value on each line, or a quoted value of several lines.

use std::borrow::Cow;
use std::ops::Range;

/// A line that sets a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<'t> {
    pub(crate) name: &'t str,
    /// The value without its quotes and without a trailing comment, as python-dotenv and Docker Compose read it.
    pub(crate) value: Cow<'t, str>,
    /// The whole setting, without the line break.
    pub(crate) span: Range<usize>,
}

/// The settings of a file, in their order.
pub(crate) fn settings(text: &str) -> impl Iterator<Item = Setting<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            at = (end + 1).min(text.len());
            let line = text[start..end].trim_end_matches('\r');
            let trimmed = line.trim_start();
            let setting = trimmed.strip_prefix("export ").unwrap_or(trimmed);
            let Some((name, _)) = setting.split_once('=').filter(|_| !trimmed.starts_with('#')) else { continue };
            let value_at = start + line.len() - setting.len() + name.len() + 1;
            let blanks = text[value_at..end].len() - text[value_at..end].trim_start().len();
            let (value, length) = match quoted(&text[value_at + blanks..]) {
                Some((value, length)) => (value, blanks + length),
                None => (Cow::Borrowed(plain(&text[value_at..start + line.len()])), 0),
            };
            // A quoted value may go on in further lines
            let end = text[value_at + length..].find('\n').map_or(text.len(), |end| value_at + length + end).max(end);
            at = (end + 1).min(text.len());
            let span = start..start + text[start..end].trim_end_matches('\r').len();
            return Some(Setting { name: name.trim(), value, span });
        }
        None
    })
}

/// A value without quotes, up to a comment.
fn plain(value: &str) -> &str {
    let trimmed = value.trim();
    if trimmed.starts_with('#') && value.starts_with([' ', '\t']) {
        return "";
    }
    trimmed.split(" #").next().unwrap_or_default().trim()
}

/// A value in quotes, and how long it is with them. Only double quotes have escapes. None if the quote is not closed, or something
/// other than a comment follows.
fn quoted(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    let mut has_escapes = false;
    let end = loop {
        match chars.next()? {
            (at, char) if char == quote => break at,
            (_, '\\') if quote == '"' => {
                has_escapes = true;
                match chars.next()?.1 {
                    'n' => value.push('\n'),
                    'r' => value.push('\r'),
                    't' => value.push('\t'),
                    char @ ('"' | '\\' | '$' | '`') => value.push(char),
                    char => value.extend(['\\', char]),
                }
            }
            (_, char) => value.push(char),
        }
    };
    let rest = text[end + 1..].lines().next().unwrap_or_default().trim();
    let value = if has_escapes { Cow::Owned(value) } else { Cow::Borrowed(&text[1..end]) };
    (rest.is_empty() || rest.starts_with('#')).then_some((value, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String, &str)> {
        settings(text).map(|found| (found.name, found.value.into_owned(), &text[found.span])).collect()
    }

    #[test]
    fn a_setting_is_a_name_and_a_value() {
        let text = "# A=1\nexport B = \"two\" # why\r\nC=\nnothing\n  D='x=y'";
        let expected = [("B", "two", "export B = \"two\" # why"), ("C", "", "C="), ("D", "x=y", "  D='x=y'")];
        assert_eq!(found(text), expected.map(|(name, value, span)| (name, value.to_owned(), span)));
    }

    #[test]
    fn quotes_keep_what_would_be_a_comment_and_further_lines() {
        for (text, value) in [
            ("A='single # quoted'", "single # quoted"),
            ("A=\"line1\nline2\" # why\nB=1", "line1\nline2"),
            ("A=\"q\\\"uote \\n \\d\"", "q\"uote \n \\d"),
            ("A='no \\n escape'", "no \\n escape"),
            ("A=a#b # c", "a#b"),
            ("A= # c", ""),
            ("A=\"not closed", "\"not closed"),
            ("A='a' b", "'a' b"),
            ("A=it's", "it's"),
            ("A=\"é\\", "\"é\\"),
        ] {
            let all = found(text);
            assert_eq!((all[0].0, all[0].1.as_str()), ("A", value), "{text}");
        }
        assert_eq!(found("A=\"x\ny\"\nB=1").len(), 2);
        assert_eq!(found("A='not closed\nB=1")[1].1, "1");
    }
}
