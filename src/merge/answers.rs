//! `.spaces-new.toml`: answers, and perhaps settings of the check.

use toml::Table;

use super::{Extension, line_break};

/// Puts the answers that are missing above what is there. `None` if the file is no TOML, or has another answer to one of
/// the questions.
pub(super) fn extend(there: &str, wanted: &str) -> Option<Extension> {
    let existing: Table = there.parse().ok()?;
    let planned: Table = wanted.parse().ok()?;
    if planned.iter().any(|(key, value)| existing.get(key).is_some_and(|other| other != value)) {
        return None;
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
        return Some(Extension { text: there.to_owned(), added });
    }
    let gap = if there.is_empty() { "" } else { end };
    let text = format!("{text}{gap}{there}");
    let mut expected = planned;
    expected.extend(existing);
    // Reading it again is the proof that the lines landed where they belong
    (text.parse::<Table>().ok()? == expected).then_some(Extension { text, added })
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
        assert!(extend("port = 8000\n", WANTED).is_none());
    }
}
