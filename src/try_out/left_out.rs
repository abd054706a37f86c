//! Secrets and variables that `.spaces-new.toml` declares in a way in which nothing can set them.

use crate::formats::own_file::{Entry, OWN_FILE, OwnFile, Value, line_of};
use crate::values::{EnvName, Invalid, Variable};

/// The keys that declare them, each with the word for one.
const KEYS: [(&str, &str); 4] =
    [("secrets", "secret"), ("build_secrets", "secret"), ("variables", "variable"), ("build_variables", "variable")];

/// A sentence for each: what is wrong, where, and what is valid.
pub(super) fn left_out(text: &str, file: &OwnFile) -> Vec<String> {
    let mut sentences = Vec::new();
    for entry in &file.answers {
        let Some((key, word)) = KEYS.into_iter().find(|(key, _)| entry.key.text == *key) else { continue };
        let Value::List(items) = &entry.value else {
            let line = line_of(text, entry.range.start);
            sentences.push(format!(
                "what `{key}` declares is left out (line {line} of `{OWN_FILE}`): it is not a list of strings; write `{key} = [\"NAME\"]`"
            ));
            continue;
        };
        for item in items {
            let Err(why) = read(key, item) else { continue };
            let line = line_of_item(text, entry, item);
            let hint = why.hint_text().map(|hint| format!("; {hint}")).unwrap_or_default();
            sentences.push(format!("a declared {word} is left out (line {line} of `{OWN_FILE}`): {why}{hint}"));
        }
    }
    sentences
}

fn read(key: &str, item: &str) -> Result<(), Invalid> {
    match key {
        "variables" => item.parse::<Variable>().map(drop),
        // Names alone are values that the shell of the build has
        "build_variables" if item.contains('=') => item.parse::<Variable>().map(drop),
        _ => item.parse::<EnvName>().map(drop),
    }
}

/// The line of an item of a list, or of the list if the item is written with escapes.
fn line_of_item(text: &str, entry: &Entry, item: &str) -> usize {
    let list = text.get(entry.range.clone()).unwrap_or_default();
    let quoted = [format!("\"{item}\""), format!("'{item}'")];
    let at = quoted.iter().find_map(|quoted| list.find(quoted.as_str())).unwrap_or(0);
    line_of(text, entry.range.start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        left_out(text, &OwnFile::read(text).unwrap())
    }

    #[test]
    fn a_name_that_cannot_be_set_is_named_with_its_line_and_what_is_valid() {
        let text = "secrets = [\n    \"API_KEY\",\n    'MY-KEY',\n]\nvariables = [\"MODE=a\", \"1ST=b\", \"LONE\"]\nbuild_variables = [\"LONE\", \"PATH\"]\n";
        assert_eq!(
            found(text),
            [
                "a declared secret is left out (line 3 of `.spaces-new.toml`): `MY-KEY` is not the name of an environment variable; use ASCII letters, digits and `_`, such as `HF_TOKEN`",
                "a declared variable is left out (line 5 of `.spaces-new.toml`): `1ST` is not the name of an environment variable; use ASCII letters, digits and `_`, such as `HF_TOKEN`",
                "a declared variable is left out (line 5 of `.spaces-new.toml`): `LONE` has no value; write it as NAME=VALUE",
                "a declared variable is left out (line 6 of `.spaces-new.toml`): the image needs `PATH` for itself; choose another name",
            ]
        );
        assert_eq!(found("secrets = [\"A\"]\nbuild_secrets = []\n"), [""; 0]);
    }

    #[test]
    fn no_value_is_repeated() {
        let said = found("secrets = [\"KEY=hunter2\"]\nbuild_secrets = \"KEY\"\n");
        assert!(said[0].contains("`KEY=…` includes a value") && !said[0].contains("hunter2"), "{said:?}");
        assert!(said[1].contains("line 2") && said[1].contains("`build_secrets = [\"NAME\"]`"), "{said:?}");
    }
}
