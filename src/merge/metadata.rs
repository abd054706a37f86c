//! The front matter of a README that is there.

use super::{Extension, line_break};
use crate::front_matter::Readme;

/// Puts the block above a README without one, or adds the keys that a block lacks. Values that are there stay.
pub(super) fn extend(there: &str, wanted: &str) -> Option<Extension> {
    let planned = Readme::read(wanted);
    let block = planned.block()?;
    let existing = Readme::read(there);
    let end = line_break(there);
    // What looks like a block but is no mapping is a rule and a text under it, unless it was meant as one
    let own = existing.block().filter(|_| existing.problem().is_none());
    let Some(own) = own else {
        if existing.problem().is_some() && looks_like_keys(there, &existing) {
            return None;
        }
        // The Hub finds no block behind a byte order mark
        let body = there.strip_prefix('\u{feff}').unwrap_or(there);
        let new = with_breaks(&wanted[..block.closing.end], end);
        let gap = if body.starts_with(['\r', '\n']) { "" } else { end };
        let added = vec!["the front matter".to_owned()];
        return Some(Extension { text: format!("{new}{end}{gap}{body}"), added });
    };
    let mut lines = String::new();
    let mut added = Vec::new();
    for entry in planned.entries() {
        let Some(key) = entry.key.as_str().filter(|key| existing.entry(key).is_none()) else { continue };
        lines.push_str(&with_breaks(&wanted[entry.range()], end));
        lines.push_str(end);
        added.push(format!("`{key}`"));
    }
    let at = own.closing.start;
    let gap = if there[..at].ends_with('\n') { "" } else { end };
    Some(Extension { text: format!("{}{gap}{lines}{}", &there[..at], &there[at..]), added })
}

/// Whether a block that is no YAML was meant to be one: its first line is `key: ...`.
fn looks_like_keys(text: &str, readme: &Readme<'_>) -> bool {
    let Some(block) = readme.block() else { return false };
    let first = text[block.yaml.clone()].lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        line.split_once(':').is_some_and(|(key, _)| key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_'))
    })
}

fn with_breaks(text: &str, end: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "---\ntitle: Demo\nsdk: docker\napp_port: 7860\ntags:\n- a\n- b\n---\n\n# Demo\n";

    #[test]
    fn a_block_is_put_above_the_text() {
        let merged = extend("# Mine\r\ntext\r\n", WANTED).unwrap();
        assert!(merged.text.starts_with("---\r\ntitle: Demo\r\n"), "{:?}", merged.text);
        assert!(merged.text.ends_with("---\r\n\r\n# Mine\r\ntext\r\n"), "{:?}", merged.text);
        assert!(extend(&merged.text, WANTED).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn missing_keys_are_added_and_values_stay() {
        let merged = extend("---\nsdk: gradio # mine\nlayout: page\n---\ntext", WANTED).unwrap();
        let expected = "---\nsdk: gradio # mine\nlayout: page\ntitle: Demo\napp_port: 7860\ntags:\n- a\n- b\n---\ntext";
        assert_eq!(merged.text, expected);
        assert_eq!(merged.added, ["`title`", "`app_port`", "`tags`"]);
    }

    #[test]
    fn a_rule_with_text_under_it_is_no_block() {
        let merged = extend("---\nHello there\n---\nmore\n", WANTED).unwrap();
        assert!(merged.text.ends_with("\n---\n\n---\nHello there\n---\nmore\n"), "{}", merged.text);
    }

    #[test]
    fn a_block_that_cannot_be_read_is_left_to_its_author() {
        assert!(extend("---\ntitle: \"Demo\nsdk: docker\n---\n", WANTED).is_none());
    }

    #[test]
    fn empty_lines_in_front_of_the_text_stay() {
        let merged = extend("\n\n# Mine\n", WANTED).unwrap();
        assert!(merged.text.ends_with("---\n\n\n# Mine\n"), "{:?}", merged.text);
    }
}
