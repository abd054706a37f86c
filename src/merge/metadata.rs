//! The front matter of an existing README.

use super::{MergeOptions, line_break};
use crate::formats::front_matter::{Entry, Readme};
use crate::order::Order;
use crate::target::Extension;

/// The file with the front matter.
pub(super) const README: &str = "README.md";

/// Adds the block to a README without one, or adds missing keys to the block. Existing values stay, except for
/// the keys that the options name.
///
/// # Errors
/// If the README has malformed front matter.
pub(super) fn extend(there: &str, wanted: &str, options: &MergeOptions) -> Result<Extension, String> {
    let planned = Readme::read(wanted);
    let Some(block) = planned.block() else { return Err("it is there and differs".to_owned()) };
    let existing = Readme::read(there);
    let end = line_break(there);
    // Text that looks like a block but is not a mapping is a rule and a text under it, unless it was meant as one
    if existing.block().is_none() || existing.problem().is_some() {
        if let Some(problem) = existing.problem().filter(|_| looks_like_keys(there, &existing)) {
            let line = there[..problem.at.start.min(there.len())].matches('\n').count() + 1;
            return Err(format!("its front matter cannot be read: line {line}: {}", problem.message));
        }
        if existing.block().is_none() && opens_a_block(there) {
            return Err("its front matter is unclosed: a line `---` must follow the last key".to_owned());
        }
        // The Hub does not find a block after a byte order mark
        let body = there.strip_prefix('\u{feff}').unwrap_or(there);
        let new = with_breaks(&wanted[..block.closing.end], end);
        let gap = if body.starts_with(['\r', '\n']) { "" } else { end };
        let added = vec!["the front matter".to_owned()];
        return Ok(Extension { text: format!("{new}{end}{gap}{body}"), added });
    }
    let mut merged = Block::of(there, &existing);
    for entry in planned.entries() {
        merged.take(entry, &wanted[entry.range()], options);
    }
    for key in &options.dropped_keys {
        merged.drop_key(key);
    }
    merged.finish().ok_or_else(|| "its front matter is written so that no line can be added".to_owned())
}

/// An existing block, with its changes.
struct Block<'a> {
    there: &'a str,
    existing: &'a Readme<'a>,
    end: &'static str,
    /// Byte ranges, with their replacements.
    edits: Vec<(std::ops::Range<usize>, String)>,
    /// New entries, for the end of the block.
    lines: String,
    /// The expected number of entries.
    count: usize,
    added: Vec<String>,
    dropped: Vec<String>,
    changes: Vec<String>,
}

impl<'a> Block<'a> {
    fn of(there: &'a str, existing: &'a Readme<'a>) -> Self {
        Self {
            there,
            existing,
            end: line_break(there),
            edits: Vec::new(),
            lines: String::new(),
            count: existing.entries().len(),
            added: Vec::new(),
            dropped: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// A planned entry, with its text.
    fn take(&mut self, entry: &Entry, text: &str, options: &MergeOptions) {
        let Some(key) = entry.key.as_str() else { return };
        match self.existing.entry(key) {
            // Somebody has taken it out, and nobody asks for it now
            None if options.gone_keys.contains(key) && !options.replaced_keys.contains(key) => {}
            None => {
                self.lines.push_str(&with_breaks(text, self.end));
                self.lines.push_str(self.end);
                self.count += 1;
                self.added.push(key.to_owned());
                self.changes.push(format!("`{key}`"));
            }
            Some(old) if options.replaced_keys.contains(key) && self.there[old.range()] != *text => {
                self.edits.push((old.range(), with_breaks(text, self.end)));
                let was = &self.there[old.value.range.clone()];
                self.changes.push(format!("`{}` for `{}`", shown(text), shown(was)));
            }
            Some(_) => {}
        }
    }

    /// Removes the lines of a key.
    fn drop_key(&mut self, key: &str) {
        let Some(entry) = self.existing.entry(key) else { return };
        let range = entry.range();
        let start = self.there[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let stop = self.there[range.end..].find('\n').map_or(self.there.len(), |at| range.end + at + 1);
        self.edits.push((start..stop, String::new()));
        self.count -= 1;
        self.dropped.push(key.to_owned());
        self.changes.push(format!("without `{}`", shown(&self.there[range])));
    }

    /// The whole text. `None` if it does not parse as expected, as for a block that is one `{...}`.
    fn finish(mut self) -> Option<Extension> {
        let at = self.existing.block()?.closing.start;
        let gap = if self.lines.is_empty() || self.there[..at].ends_with('\n') { "" } else { self.end };
        self.edits.push((at..at, format!("{gap}{}", self.lines)));
        self.edits.order_by_key(|(range, _)| range.start);
        let mut text = self.there.to_owned();
        for (range, new) in self.edits.iter().rev() {
            text.replace_range(range.clone(), new);
        }
        let read = Readme::read(&text);
        let keys = |readme: &Readme<'_>| {
            let mut keys: Vec<String> =
                readme.entries().iter().filter_map(|entry| Some(entry.key.as_str()?.to_owned())).collect();
            keys.order();
            keys
        };
        let mut expected = keys(self.existing);
        expected.retain(|key| !self.dropped.contains(key));
        expected.extend(self.added.iter().cloned());
        expected.order();
        let is_whole = read.problem().is_none() && read.entries().len() == self.count && keys(&read) == expected;
        is_whole.then_some(Extension { text, added: self.changes })
    }
}

/// A value in a few characters.
fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 { line.chars().take(37).chain("...".chars()).collect() } else { line.to_owned() }
}

/// Whether a block that is not YAML was meant to be one: its first line is `key: ...`.
fn looks_like_keys(text: &str, readme: &Readme<'_>) -> bool {
    readme.block().is_some_and(|block| begins_with_a_key(&text[block.yaml.clone()]))
}

/// Whether a text begins with a line of dashes and a key under it.
fn opens_a_block(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    let rest = text.strip_prefix("---").and_then(|rest| rest.split_once('\n'));
    rest.is_some_and(|(line, body)| line.trim().is_empty() && begins_with_a_key(body))
}

fn begins_with_a_key(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first
        .and_then(|line| line.split_once(':'))
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|char| char.is_ascii_alphanumeric() || char == '_'))
}

fn with_breaks(text: &str, end: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extend_plainly(there: &str, wanted: &str) -> Result<Extension, String> {
        extend(there, wanted, &MergeOptions::new())
    }

    const WANTED: &str = "---\ntitle: Demo\nsdk: docker\napp_port: 7860\ntags:\n- a\n- b\n---\n\n# Demo\n";

    #[test]
    fn a_block_is_put_above_the_text() {
        let merged = extend_plainly("# Mine\r\ntext\r\n", WANTED).unwrap();
        assert!(merged.text.starts_with("---\r\ntitle: Demo\r\n"), "{:?}", merged.text);
        assert!(merged.text.ends_with("---\r\n\r\n# Mine\r\ntext\r\n"), "{:?}", merged.text);
        assert!(extend_plainly(&merged.text, WANTED).unwrap().added.is_empty(), "twice is once");
    }

    #[test]
    fn missing_keys_are_added_and_values_stay() {
        let merged = extend_plainly("---\nsdk: gradio # mine\nlayout: page\n---\ntext", WANTED).unwrap();
        let expected = "---\nsdk: gradio # mine\nlayout: page\ntitle: Demo\napp_port: 7860\ntags:\n- a\n- b\n---\ntext";
        assert_eq!(merged.text, expected);
        assert_eq!(merged.added, ["`title`", "`app_port`", "`tags`"]);
    }

    #[test]
    fn a_rule_with_text_under_it_is_no_block() {
        let merged = extend_plainly("---\nHello there\n---\nmore\n", WANTED).unwrap();
        assert!(merged.text.ends_with("\n---\n\n---\nHello there\n---\nmore\n"), "{}", merged.text);
    }

    #[test]
    fn a_block_that_cannot_be_read_is_left_to_its_author() {
        assert!(extend_plainly("---\ntitle: \"Demo\nsdk: docker\n---\n", WANTED).is_err());
    }

    #[test]
    fn empty_lines_in_front_of_the_text_stay() {
        let merged = extend_plainly("\n\n# Mine\n", WANTED).unwrap();
        assert!(merged.text.ends_with("---\n\n\n# Mine\n"), "{:?}", merged.text);
    }

    #[test]
    fn named_keys_are_replaced_or_dropped_and_comments_stay() {
        let options = MergeOptions::new().replace_key("sdk").drop_key("sdk_version");
        let there = "---\n# mine\nsdk: streamlit # old\nsdk_version: 1.2.3\ntitle: Mine\n---\ntext";
        let merged = extend(there, WANTED, &options).unwrap();
        let expected = "---\n# mine\nsdk: docker # old\ntitle: Mine\napp_port: 7860\ntags:\n- a\n- b\n---\ntext";
        assert_eq!(merged.text, expected);
    }

    #[test]
    fn a_block_in_braces_is_left_to_its_author() {
        assert!(extend_plainly("---\n{sdk: docker}\n---\n", WANTED).is_err());
    }

    #[test]
    fn a_block_that_is_not_closed_is_left_to_its_author() {
        let why = extend_plainly("---\ntitle: a\nsdk: docker\n\n# x\n", WANTED).err().unwrap();
        assert!(why.contains("is unclosed"), "{why}");
    }
}
