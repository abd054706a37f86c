//! `.spaces-new.toml`: answers, and perhaps settings of the check.

use toml::Table;

use super::{line_break, no_toml};
use crate::target::Extension;

/// Puts the answers that are missing above what is there. Where an earlier run wrote the answers, those that are others now are
/// written in their places: comments and settings of the check stay. `answer_keys` are those of its answers.
///
/// # Errors
/// When the file is not TOML, or has another answer to one of the questions and no earlier run wrote it.
pub(super) fn extend(there: &str, wanted: &str, answer_keys: &[String]) -> Result<Extension, String> {
    let existing: Table = there.parse().map_err(|error| no_toml(there, &error))?;
    let planned: Table = wanted.parse().map_err(|error| no_toml(wanted, &error))?;
    if ["template", "app_file"].iter().all(|key| existing.contains_key(*key))
        && let Some((renewed, changed)) = renewed(there, &existing, &planned, wanted, answer_keys)
        && !changed.is_empty()
    {
        let rest = extend(&renewed, wanted, answer_keys)?;
        return Ok(Extension { text: rest.text, added: [changed, rest.added].concat() });
    }
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

/// The text with the planned answers in the places of others, and without answers that are none any more. None if one of them is
/// not on a line of its own.
fn renewed(
    there: &str,
    existing: &Table,
    planned: &Table,
    wanted: &str,
    answer_keys: &[String],
) -> Option<(String, Vec<String>)> {
    let is_answer = |key: &str| answer_keys.iter().any(|known| known == key) || key == "template";
    let key_of = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let end = line_break(there);
    let mut text = String::new();
    let mut changed = Vec::new();
    let mut in_table = false;
    for line in there.split_inclusive('\n') {
        in_table |= line.trim_start().starts_with('[');
        let key = key_of(line).filter(|key| !in_table && existing.contains_key(key));
        let Some(key) = key.filter(|key| planned.get(key) != existing.get(key)) else {
            text.push_str(line);
            continue;
        };
        let new = wanted.lines().find(|line| key_of(line).as_ref() == Some(&key));
        if new.is_none() && !is_answer(&key) {
            text.push_str(line);
            continue;
        }
        if let Some(new) = new {
            text.push_str(new);
            text.push_str(end);
        }
        changed.push(format!("`{key}`"));
    }
    let mut expected = existing.clone();
    expected.retain(|key, value| planned.contains_key(key) || !is_answer(key) || value.is_table());
    for (key, value) in planned.iter().filter(|(key, _)| existing.contains_key(*key)) {
        expected.insert(key.clone(), value.clone());
    }
    text.parse::<Table>().is_ok_and(|table| table == expected).then_some((text, changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "# The answers\ntemplate = \"gradio\"\nport = 7860\n";

    #[test]
    fn answers_come_above_the_settings_of_the_check() {
        let merged = extend("[check]\npedantic = true # mine\n", WANTED, &[]).unwrap();
        assert_eq!(
            merged.text,
            "# The answers\ntemplate = \"gradio\"\nport = 7860\n\n[check]\npedantic = true # mine\n"
        );
        assert!(extend(&merged.text, WANTED, &[]).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn another_answer_is_a_conflict() {
        assert!(extend("port = 8000\n", WANTED, &[]).is_err());
    }

    #[test]
    fn answers_of_an_earlier_run_are_written_in_their_places() {
        let there = "# mine\ntemplate = \"gradio\"\nport = 8000 # old\napp_file = \"app.py\"\nsecrets = [\"A\"]\n\n[check]\npedantic = true # mine\n";
        let wanted = "template = \"gradio\"\nport = 9000\napp_file = \"app.py\"\npip = [\"numpy\"]\n";
        let keys = ["port", "app_file", "secrets"].map(str::to_owned);
        let merged = extend(there, wanted, &keys).unwrap();
        let after = "pip = [\"numpy\"]\n\n# mine\ntemplate = \"gradio\"\nport = 9000\napp_file = \"app.py\"\n\n[check]\npedantic = true # mine\n";
        assert_eq!(merged.text, after);
        assert_eq!(merged.added, ["`port`", "`secrets`", "`pip`"]);
        assert!(extend(after, wanted, &keys).unwrap().added.is_empty(), "twice is once");
        let over_lines = "template = \"gradio\"\napp_file = \"app.py\"\nsecrets = [\n\"A\",\n]\nport = 1\n";
        assert!(extend(over_lines, wanted, &keys).is_err(), "an answer over lines is not written over");
    }
}
