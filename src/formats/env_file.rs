//! Files of settings such as `.env`: a name, `=`, and a value on each line.

use std::ops::Range;

/// A line that sets a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting<'t> {
    pub(crate) name: &'t str,
    /// The value without its quotes and without a trailing comment.
    pub(crate) value: &'t str,
    /// The whole line, without the line break.
    pub(crate) span: Range<usize>,
}

/// The settings of a file, in their order.
pub(crate) fn settings(text: &str) -> impl Iterator<Item = Setting<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\r', '\n']);
        let span = start..start + line.len();
        let line = line.trim().trim_start_matches("export ");
        let (name, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
        let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        Some(Setting { name: name.trim(), value, span })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_a_name_and_a_value() {
        let text = "# A=1\nexport B = \"two\" # why\r\nC=\nnothing\n  D='x=y'";
        let found: Vec<_> = settings(text).map(|found| (found.name, found.value, &text[found.span])).collect();
        assert_eq!(found, [("B", "two", "export B = \"two\" # why"), ("C", "", "C="), ("D", "x=y", "  D='x=y'")]);
    }
}
