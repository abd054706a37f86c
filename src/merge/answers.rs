//! `.spaces-new.toml`: answers, and perhaps settings of the check.

use toml::Table;

use super::{Extension, line_break, no_toml};

/// Puts the answers that are missing above what is there.
///
/// # Errors
/// When the file is no TOML, or has another answer to one of the questions.
pub(super) fn extend(there: &str, wanted: &str) -> Result<Extension, String> {
    let existing: Table = there.parse().map_err(|error| no_toml(there, &error))?;
    let planned: Table = wanted.parse().map_err(|error| no_toml(wanted, &error))?;
    if let Some(key) = planned.iter().find(|(key, value)| existing.get(*key).is_some_and(|other| other != *value)) {
        return Err(format!("it has another answer to `{}`", key.0));
    }
    let end = line_break(there);
    let lines = wanted.lines().filter(|line| !line.trim().is_empty());
    let mut text = String::new();
    let mut added = Vec::new();
    for line in lines {
        let is_there = match line.split_once('=') {
            _ if line.starts_with('#') => there.contains(line),
            Some((key, _)) => existing.contains_key(key.trim()),
            None => false,
        };
        if !is_there {
            text.push_str(line);
            text.push_str(end);
            let key = line.split_once('=').filter(|_| !line.starts_with('#'));
            added.extend(key.map(|(key, _)| format!("`{}`", key.trim())));
        }
    }
    if added.is_empty() {
        return Ok(Extension { text: there.to_owned(), added });
    }
    let gap = if there.is_empty() { "" } else { end };
    let text = format!("{text}{gap}{there}");
    let mut expected = planned;
    expected.extend(existing);
    // Reading it again is the proof that the lines landed where they belong
    let is_whole = text.parse::<Table>().is_ok_and(|table| table == expected);
    if is_whole { Ok(Extension { text, added }) } else { Err("it cannot be added to by lines".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "# The answers\ntemplate = \"gradio\"\nport = 7860\n";

    #[test]
    fn answers_come_above_the_settings_of_the_check() {
        let merged = extend("[check]\npedantic = true # mine\n", WANTED).unwrap();
        assert_eq!(
            merged.text,
            "# The answers\ntemplate = \"gradio\"\nport = 7860\n\n[check]\npedantic = true # mine\n"
        );
        assert!(extend(&merged.text, WANTED).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn another_answer_is_a_conflict() {
        assert!(extend("port = 8000\n", WANTED).is_err());
    }
}
