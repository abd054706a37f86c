//! `.spaces-new.toml`: answers, and possibly settings of the check.

use toml_edit::{DocumentMut, Table};

use super::line_break;
use super::toml_text::{edited, not_toml};
use crate::formats::own_file::OwnFile;
use crate::target::Extension;

/// Adds missing answers above the existing ones. If an earlier run wrote the answers, changed ones are
/// replaced in place: comments and settings of the check stay. `answer_keys` are those of its answers.
///
/// # Errors
/// If the file is not TOML, or has another answer to one of the questions and no earlier run wrote it.
pub(super) fn extend(there: &str, wanted: &str, answer_keys: &[String]) -> Result<Extension, String> {
    let existing = read(there)?;
    let planned = read(wanted)?;
    let is_answer =
        |key: &str| planned.get(key).is_some() || key == "template" || answer_keys.iter().any(|known| known == key);
    let differs = |key: &str| existing.get(key).is_some_and(|other| planned.get(key) != Some(other));
    let (text, mut added) = if existing.get("template").is_some() && !answer_keys.is_empty() {
        let changed: Vec<&str> = keys(&existing).filter(|key| differs(key) && is_answer(key)).collect();
        (renewed(there, wanted, &changed)?, changed.into_iter().map(|key| format!("`{key}`")).collect())
    } else if let Some(key) = keys(&planned).find(|key| differs(key)) {
        return Err(format!("it has another answer to `{key}`"));
    } else {
        (there.to_owned(), Vec::new())
    };
    let missing: Vec<&str> = keys(&planned).filter(|key| existing.get(key).is_none()).collect();
    let text = if missing.is_empty() { text } else { with_missing(&text, wanted, &missing) };
    added.extend(missing.iter().map(|key| format!("`{key}`")));
    // Reading it again verifies that the answers are where they belong
    let is_whole = read(&text).is_ok_and(|read| keys(&planned).all(|key| read.get(key) == planned.get(key)));
    if is_whole { Ok(Extension { text, added }) } else { Err("it cannot be added to".to_owned()) }
}

fn read(text: &str) -> Result<OwnFile, String> {
    OwnFile::read(text).map_err(|error| not_toml(error.line(text), &error.message))
}

fn keys(file: &OwnFile) -> impl Iterator<Item = &str> {
    file.answers.iter().map(|entry| entry.key.text.as_str())
}

/// The text with the planned answers in place of the old ones, and without obsolete answers.
fn renewed(there: &str, wanted: &str, changed: &[&str]) -> Result<String, String> {
    if changed.is_empty() {
        return Ok(there.to_owned());
    }
    let planned: DocumentMut = wanted.parse().map_err(|_| "it cannot be added to".to_owned())?;
    edited(there, |document| {
        for key in changed {
            match planned.get(key).and_then(|item| item.as_value()) {
                Some(new) => replace(document, key, new.clone()),
                None => remove(document, key),
            }
        }
        Ok(())
    })
}

/// Another value, between the white space and the comment of the old one.
fn replace(document: &mut DocumentMut, key: &str, mut new: toml_edit::Value) {
    let Some(item) = document.get_mut(key) else { return };
    if let Some(old) = item.as_value() {
        *new.decor_mut() = old.decor().clone();
    }
    *item = toml_edit::Item::Value(new);
}

/// Removes a key, and leaves the comments above it to the next key.
fn remove(document: &mut DocumentMut, key: &str) {
    let above = |document: &DocumentMut, key: &str| {
        let prefix = document.key(key).and_then(|key| key.leaf_decor().prefix()?.as_str().map(str::to_owned));
        prefix.unwrap_or_default()
    };
    let left = above(document, key);
    let next = document.iter().map(|(key, _)| key.to_owned()).skip_while(|known| known != key).nth(1);
    document.remove(key);
    if left.trim().is_empty() {
        return;
    }
    let next = next.filter(|next| document.get(next).is_some_and(toml_edit::Item::is_value));
    match next {
        Some(next) => {
            let joined = format!("{left}{}", above(document, &next));
            if let Some(mut key) = document.key_mut(&next) {
                key.leaf_decor_mut().set_prefix(joined);
            }
        }
        None => before_tables(document, &left),
    }
}

/// Puts comments in front of the first table, or at the end.
fn before_tables(document: &mut DocumentMut, comments: &str) {
    // A table without its own header adds no text
    let has_header = |table: &&mut Table| !table.is_dotted() && !table.is_implicit();
    let first = document.iter_mut().find_map(|(_, item)| item.as_table_mut().filter(has_header));
    match first {
        Some(table) => {
            let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
            table.decor_mut().set_prefix(format!("{comments}{prefix}"));
        }
        None => {
            let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{comments}{trailing}"));
        }
    }
}

/// The text below the planned lines of some keys, and below the comments of the planned file.
fn with_missing(text: &str, wanted: &str, missing: &[&str]) -> String {
    let end = line_break(text);
    let key_of = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let is_missing = |line: &&str| match line.strip_prefix('#') {
        Some(_) => !text.contains(line),
        None => key_of(line).is_some_and(|key| missing.contains(&key.as_str())),
    };
    let lines: String = wanted.lines().filter(is_missing).flat_map(|line| [line, end]).collect();
    let gap = if text.is_empty() { "" } else { end };
    format!("{lines}{gap}{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, after an earlier run with these questions.
    fn extended(there: &str, wanted: &str) -> Result<Extension, String> {
        extend(there, wanted, &["port", "app_file", "secrets", "build_secrets", "pip"].map(str::to_owned))
    }

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
        let merged = extended(there, wanted).unwrap();
        let after = "pip = [\"numpy\"]\n\n# mine\ntemplate = \"gradio\"\nport = 9000 # old\napp_file = \"app.py\"\n\n[check]\npedantic = true # mine\n";
        assert_eq!(merged.text, after);
        assert_eq!(merged.added, ["`port`", "`secrets`", "`pip`"]);
        assert!(extended(after, wanted).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn what_a_person_wrote_stays_around_the_answers() {
        let there = "# top\ntemplate = 'gradio'\napp_file = \"app.py\"\n\n# the secrets\nsecrets = [\n  \"A\", # a\n]\n# mine\nnote = 1\nport = 1  # port\n\n# settings\n[check]\npedantic = true\n";
        let wanted = "template = \"gradio\"\napp_file = \"app.py\"\nport = 2\n";
        let after = "# top\ntemplate = 'gradio'\napp_file = \"app.py\"\n\n# the secrets\n# mine\nnote = 1\nport = 2  # port\n\n# settings\n[check]\npedantic = true\n";
        assert_eq!(extended(there, wanted).unwrap().text, after);
        let crlf = there.replace('\n', "\r\n");
        assert_eq!(extended(&crlf, wanted).unwrap().text, after.replace('\n', "\r\n"));
        let last = "template = \"gradio\"\napp_file = \"app.py\"\n# about it\nsecrets = [\"A\"]\n\n[check]\n";
        let after = "template = \"gradio\"\napp_file = \"app.py\"\n# about it\n\n[check]\n";
        assert_eq!(extended(last, "template = \"gradio\"\napp_file = \"app.py\"\n").unwrap().text, after);
    }

    proptest::proptest! {
        #[test]
        fn what_is_brought_in_stays_and_no_comment_is_lost(lines in proptest::collection::vec(
            proptest::sample::select(LINES.to_vec()), 0..9
        )) {
            let there = format!("# mine\napp_file = 'app.py'\ntemplate = \"gradio\" # mine\n{}", lines.concat());
            let wanted = "template = \"gradio\"\napp_file = \"app.py\"\nport = 9000\npip = [\"numpy\"]\n";
            let Ok(merged) = extended(&there, wanted) else { return Ok(()) };
            let again = extended(&merged.text, wanted);
            proptest::prop_assert!(again.is_ok_and(|again| again.added.is_empty() && again.text == merged.text));
            proptest::prop_assert!(merged.text.matches("# mine").count() == there.matches("# mine").count());
            let settings = |text: &str| read(text).is_ok_and(|file| file.check.is_some());
            proptest::prop_assert_eq!(settings(&merged.text), settings(&there));
        }
    }

    /// Lines of a file, some of which contradict each other.
    const LINES: [&str; 11] = [
        "port = 8000 # mine\n",
        "port = 0x2328\n",
        "pip = [\n  \"numpy\",\n]\n",
        "secrets = [\"A\"]\n",
        "build_secrets = []\r\n",
        "own.key = 1\n",
        "# mine\n",
        "\n",
        "\r\n",
        "[check]\npedantic = true # mine\n",
        "[other]\n",
    ];
}
