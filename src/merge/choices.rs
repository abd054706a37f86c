//! What was chosen for other platforms, in `.spaces-new.toml`: a table for each.

use toml_edit::{Item, Table, value};

use super::toml_text::edited;
use crate::formats::own_file::ADD;

/// The beginning of a file that has nothing else.
const HEAD: &str = "# What was chosen for other platforms. `spaces-new add` in this folder starts from it. No secret value is stored here.\n";

/// The text of the file with the choices for a target; everything else stays.
///
/// # Errors
/// If it is not TOML, or `add` in it is not a table.
pub(crate) fn with_choices(there: Option<&str>, target: &str, kept: &[(&str, String)]) -> Result<String, String> {
    let text = edited(there.unwrap_or_default(), |document| {
        let add = document.entry(ADD).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let add = add.as_table_like_mut().ok_or_else(|| format!("`{ADD}` in it is not a table"))?;
        let own = add.entry(target).or_insert_with(|| Item::Table(Table::new()));
        let own = own.as_table_like_mut().ok_or_else(|| format!("`{ADD}.{target}` in it is not a table"))?;
        for (key, text) in kept {
            if own.get(key).and_then(Item::as_str) != Some(text) {
                own.insert(key, value(text.as_str()));
            }
        }
        Ok(())
    })?;
    Ok(if there.is_none() { format!("{HEAD}{text}") } else { text })
}

#[cfg(test)]
mod tests {
    use super::with_choices;

    #[test]
    fn choices_are_kept_beside_everything_else() {
        let kept = [("function", "app.py:measure".to_owned())];
        let new = with_choices(None, "replicate", &kept).unwrap();
        assert!(new.starts_with("# ") && new.ends_with("\n[add.replicate]\nfunction = \"app.py:measure\"\n"), "{new}");
        assert_eq!(with_choices(Some(&new), "replicate", &kept).as_ref(), Ok(&new), "twice is once");
        let there = "template = \"gradio\" # mine\n\n[check]\npedantic = true\n";
        let both = with_choices(Some(there), "bentoml", &kept).unwrap();
        assert!(both.starts_with(there) && both.ends_with("[add.bentoml]\nfunction = \"app.py:measure\"\n"), "{both}");
        assert!(with_choices(Some("add = 1\n"), "bentoml", &kept).is_err());
        assert!(with_choices(Some("= 1\n"), "bentoml", &kept).is_err());
    }
}
