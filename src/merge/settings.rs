//! Streamlit's settings: TOML with tables of plain values.

use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table};

use super::toml_text::{edited, read};
use crate::target::Extension;

/// Adds missing keys, each in its table, and preserves everything else, including comments.
///
/// # Errors
/// If the file is not TOML, or has another value in place of a table.
pub(super) fn extend(there: &str, wanted: &str) -> Result<Extension, String> {
    let planned = read(wanted)?;
    let mut added = Vec::new();
    let text = edited(there, |document| {
        let tables = planned.iter().filter_map(|(name, item)| Some((name, item.as_table()?)));
        for (name, table) in tables {
            added.extend(add(document, name, table)?.into_iter().map(|key| format!("`{name}.{key}`")));
        }
        Ok(())
    })?;
    let text = if added.is_empty() { there.to_owned() } else { text };
    Ok(Extension { text, added })
}

/// Adds the missing keys to a table; returns their names.
fn add(document: &mut DocumentMut, name: &str, planned: &Table) -> Result<Vec<String>, String> {
    if !document.contains_key(name) {
        let mut table = Table::new();
        table.decor_mut().set_prefix(if document.is_empty() { "" } else { "\n" });
        document.insert(name, Item::Table(table));
    }
    let space = document.get_mut(name).and_then(Item::as_inline_table_mut).map(|inline| set_space(inline, ""));
    let known = document.get_mut(name).and_then(Item::as_table_like_mut);
    let known = known.ok_or_else(|| format!("its `{name}` is not a table"))?;
    let mut added = Vec::new();
    for (key, value) in planned.iter().filter_map(|(key, item)| Some((key, item.as_value()?))) {
        if !known.contains_key(key) {
            let mut value = value.clone();
            value.decor_mut().clear();
            known.insert(key, Item::Value(value));
            added.push(key.to_owned());
        }
    }
    if let (Some(space), Some(inline)) = (space, document.get_mut(name).and_then(Item::as_inline_table_mut)) {
        set_space(inline, &space);
    }
    Ok(added)
}

/// Sets the white space before the `}`; returns the old one.
fn set_space(inline: &mut InlineTable, space: &str) -> String {
    let Some((_, last)) = inline.iter_mut().last() else { return String::new() };
    let was = last.decor().suffix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    last.decor_mut().set_suffix(space);
    was
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "[server]\nport = 7860\nenableXsrfProtection = false\n\n[browser]\ngatherUsageStats = false\n";

    #[test]
    fn missing_keys_go_into_their_tables_and_comments_stay() {
        let merged = extend("# mine\n[server] # here\nport = 8501 # old\n", WANTED).unwrap();
        let expected = "# mine\n[server] # here\nport = 8501 # old\nenableXsrfProtection = false\n\n\
                        [browser]\ngatherUsageStats = false\n";
        assert_eq!(merged.text, expected);
        assert!(extend(expected, WANTED).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn dotted_keys_and_inline_tables_are_added_to() {
        let merged = extend("server = { port = 1 }\n", WANTED).unwrap();
        assert!(merged.text.starts_with("server = { port = 1, enableXsrfProtection = false }\n"), "{}", merged.text);
        let merged = extend("server.port = 1 # mine\n", WANTED).unwrap();
        assert!(
            merged.text.starts_with("server.port = 1 # mine\nserver.enableXsrfProtection = false\n"),
            "{}",
            merged.text
        );
        assert_eq!(merged.added, ["`server.enableXsrfProtection`", "`browser.gatherUsageStats`"]);
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        for there in ["not toml", "server = 1\n", "[[server]]\nport = 1\n", "[server]\r\nport = 1\n"] {
            assert!(extend(there, WANTED).is_err(), "{there}");
        }
        let merged = extend("[server]\r\nport = 1\r\n", WANTED).unwrap();
        assert_eq!(merged.text.matches('\n').count(), merged.text.matches("\r\n").count());
    }
}
