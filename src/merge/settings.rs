//! Streamlit's settings: TOML with tables of plain values.

use toml::{Table, Value};

use super::{Extension, ended, line_break};

/// Sets the keys that are missing, each in its table, and leaves all else as it is, comments too. `None` if the file is
/// no TOML, or is written in a way that no key can be added to by a line.
pub(super) fn extend(there: &str, wanted: &str) -> Option<Extension> {
    let existing: Table = there.parse().ok()?;
    let planned: Table = wanted.parse().ok()?;
    let mut text = there.to_owned();
    let mut expected = existing.clone();
    let mut added = Vec::new();
    for (name, table) in &planned {
        let Value::Table(table) = table else { return None };
        let known = match existing.get(name) {
            None => None,
            Some(Value::Table(known)) => Some(known),
            Some(_) => return None,
        };
        let missing = table.iter().filter(|(key, _)| known.is_none_or(|known| !known.contains_key(*key)));
        let missing: Vec<(&String, &Value)> = missing.collect();
        if missing.is_empty() {
            continue;
        }
        text = insert(&text, name, &missing);
        let Value::Table(grown) = expected.entry(name.clone()).or_insert_with(|| Value::Table(Table::new())) else {
            return None;
        };
        for (key, value) in missing {
            grown.insert(key.clone(), value.clone());
            added.push(format!("`{name}.{key}`"));
        }
    }
    // Reading it again is the proof that the lines landed where they belong
    (text.parse::<Table>().ok()? == expected).then_some(Extension { text, added })
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
        assert!(extend("server = { port = 1 }\n", WANTED).is_none());
        assert!(extend("not toml", WANTED).is_none());
    }
}
