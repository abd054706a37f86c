//! Streamlit's settings: TOML with tables of plain values.

use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table, Value};

use super::made::Made;
use super::toml_text::{edited, read};
use crate::target::Extension;

/// Adds missing keys, each in its table, but for those that somebody has taken out; gives keys the value for which somebody has just
/// asked; and preserves everything else, including comments.
///
/// # Errors
/// If the file is not TOML, or has another value in place of a table.
pub(super) fn extend(there: &str, wanted: &str, made: Made<'_>) -> Result<Extension, String> {
    let planned = read(wanted)?;
    let before = Before { document: made.text().map(read).transpose()?, stays_out: made.taken_out().is_some() };
    let mut added = Vec::new();
    let text = edited(there, |document| {
        let tables = planned.iter().filter_map(|(name, item)| Some((name, item.as_table()?)));
        for (name, table) in tables {
            added.extend(add(document, name, table, &before)?);
        }
        Ok(())
    })?;
    let text = if added.is_empty() { there.to_owned() } else { text };
    Ok(Extension { text, added })
}

/// What an earlier run planned.
struct Before {
    document: Option<DocumentMut>,
    stays_out: bool,
}

impl Before {
    fn get(&self, name: &str, key: &str) -> Option<String> {
        self.document.as_ref()?.get(name)?.get(key)?.as_value().map(plain)
    }

    /// Whether somebody has taken a key out, and nobody has asked for another value since.
    fn is_out(&self, name: &str, key: &str, value: &Value) -> bool {
        self.stays_out && self.get(name, key).is_some_and(|was| was == plain(value))
    }

    /// Whether somebody has asked for another value than before.
    fn is_other(&self, name: &str, key: &str, value: &Value) -> bool {
        self.get(name, key).is_some_and(|was| was != plain(value))
    }
}

/// A value without white space and comments around it.
fn plain(value: &Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string()
}

/// Adds the missing keys to a table, and sets those that are asked for; returns what it did.
fn add(document: &mut DocumentMut, name: &str, planned: &Table, before: &Before) -> Result<Vec<String>, String> {
    let values = || planned.iter().filter_map(|(key, item)| Some((key, item.as_value()?)));
    if !document.contains_key(name) {
        if values().all(|(key, value)| before.is_out(name, key, value)) {
            return Ok(Vec::new());
        }
        let mut table = Table::new();
        table.decor_mut().set_prefix(if document.is_empty() { "" } else { "\n" });
        document.insert(name, Item::Table(table));
    }
    let space = document.get_mut(name).and_then(Item::as_inline_table_mut).map(|inline| set_space(inline, ""));
    let known = document.get_mut(name).and_then(Item::as_table_like_mut);
    let known = known.ok_or_else(|| format!("its `{name}` is not a table"))?;
    let mut added = Vec::new();
    for (key, value) in values() {
        let mut value = value.clone();
        value.decor_mut().clear();
        match known.get_mut(key) {
            None if before.is_out(name, key, &value) => {}
            None => {
                known.insert(key, Item::Value(value));
                added.push(format!("`{name}.{key}`"));
            }
            Some(Item::Value(old)) if before.is_other(name, key, &value) && plain(old) != plain(&value) => {
                added.push(format!("`{name}.{key} = {value}` for `{}`", plain(old)));
                *value.decor_mut() = old.decor().clone();
                *old = value;
            }
            Some(_) => {}
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

    fn extend(there: &str, wanted: &str) -> Result<Extension, String> {
        super::extend(there, wanted, Made::default())
    }

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

    #[test]
    fn what_somebody_has_taken_out_stays_out_and_new_values_are_set() {
        let made = WANTED.replace("7860", "8501");
        let merged = super::extend("[server]\nport = 1 # mine\n", WANTED, Made::known(&made)).unwrap();
        assert_eq!(merged.text, "[server]\nport = 7860 # mine\n");
        assert_eq!(merged.added, ["`server.port = 7860` for `1`"]);
        let merged = super::extend("server = { port = 7860 }\n", WANTED, Made::known(&made)).unwrap();
        assert_eq!(merged.added, [""; 0], "it has the value already");
        let merged = super::extend("[browser]\n", WANTED, Made::known(&made)).unwrap();
        assert_eq!(merged.text, "[browser]\n\n[server]\nport = 7860\n", "it is asked for");
        assert_eq!(super::extend("# mine\n", WANTED, Made::known(WANTED)).unwrap().text, "# mine\n");
    }
}
