//! Streamlit's settings: TOML with tables of plain values.

use toml::{Table, Value};

use super::{ended, line_break, no_toml};
use crate::target::Extension;

/// Why a key cannot be added by a line.
const NOT_BY_LINES: &str = "it cannot be added to by lines";

/// Sets the keys that are missing, each in its table, and leaves all else as it is, comments too.
///
/// # Errors
/// When the file is not TOML, or is written in a way that no key can be added to by a line.
pub(super) fn extend(there: &str, wanted: &str) -> Result<Extension, String> {
    let existing: Table = there.parse().map_err(|error| no_toml(there, &error))?;
    let planned: Table = wanted.parse().map_err(|error| no_toml(wanted, &error))?;
    let not_by_lines = || NOT_BY_LINES.to_owned();
    let mut text = there.to_owned();
    let mut expected = existing.clone();
    let mut added = Vec::new();
    for (name, table) in &planned {
        let Value::Table(table) = table else { return Err(not_by_lines()) };
        let known = match existing.get(name) {
            None => None,
            Some(Value::Table(known)) => Some(known),
            Some(_) => return Err(format!("its `{name}` is not a table")),
        };
        let missing = table.iter().filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
        let missing: Vec<(&String, &Value)> = missing.collect();
        if missing.is_empty() {
            continue;
        }
        text = insert(&text, name, &missing);
        let Value::Table(grown) = expected.entry(name.clone()).or_insert_with(|| Value::Table(Table::new())) else {
            return Err(not_by_lines());
        };
        for (key, value) in missing {
            grown.insert(key.clone(), value.clone());
            added.push(format!("`{name}.{key}`"));
        }
    }
    // Reading it again is the proof that the lines landed where they belong
    let is_whole = text.parse::<Table>().is_ok_and(|table| table == expected);
    if is_whole { Ok(Extension { text, added }) } else { Err(not_by_lines()) }
}

/// Puts lines right under the table's header, or a new table at the end.
fn insert(text: &str, table: &str, missing: &[(&String, &Value)]) -> String {
    let end = line_break(text);
    let lines: String = missing.iter().map(|(key, value)| format!("{key} = {value}{end}")).collect();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let bare = line.split('#').next().unwrap_or_default().trim();
        let inside = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        if inside.is_some_and(|name| name.trim() == table) {
            let gap = if line.ends_with('\n') { "" } else { end };
            return format!("{}{gap}{lines}{}", &text[..at], &text[at..]);
        }
    }
    let gap = if text.is_empty() { "" } else { end };
    format!("{}{gap}[{table}]{end}{lines}", ended(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "[server]\nport = 7860\nenableXsrfProtection = false\n\n[browser]\ngatherUsageStats = false\n";

    #[test]
    fn missing_keys_go_into_their_tables_and_comments_stay() {
        let merged = extend("# mine\n[server] # here\nport = 8501 # old\n", WANTED).unwrap();
        let expected = "# mine\n[server] # here\nenableXsrfProtection = false\nport = 8501 # old\n\n\
                        [browser]\ngatherUsageStats = false\n";
        assert_eq!(merged.text, expected);
        assert!(extend(expected, WANTED).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn dotted_keys_and_inline_tables_are_left_alone_when_a_line_would_break_them() {
        assert!(extend("server = { port = 1 }\n", WANTED).is_err());
        assert!(extend("not toml", WANTED).is_err());
    }
}
