//! A block of front matter that does not begin at the top, where the Hub does not read it.

use std::ops::Range;

/// More lines of keys are not read.
const MOST_KEYS: usize = 60;

/// The line of dashes that begins a block of a Space below other text. A block that a code fence shows as an example does not count,
/// unless the fence is the first thing in the file.
pub(crate) fn later_block(text: &str) -> Option<Range<usize>> {
    let (mut at, mut is_first, mut fence) = (0, true, None);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let range = at..at + bare.len();
        at += line.len();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.trim_start().starts_with(mark));
        match (fence, mark) {
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, Some(mark)) if !is_first => fence = Some(mark),
            (None, _) if bare == "---" && announces_keys(&text[at..]) => return Some(range),
            _ => {}
        }
        is_first &= bare.is_empty();
    }
    None
}

/// Whether a text begins with keys of a Space and a closing line.
fn announces_keys(text: &str) -> bool {
    let mut lines = text.lines();
    let keys = lines.by_ref().take_while(|line| line.trim_end() != "---");
    let is_sdk = |line: &str| line.starts_with("sdk:");
    keys.take(MOST_KEYS).any(is_sdk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_in_a_code_fence_is_not_a_block() {
        let block = "---\nsdk: gradio\n---\n";
        for (text, at) in [
            (format!("# Demo\n\n{block}"), Some(8)),
            (format!("<!-- badges -->\n{block}# Demo\n"), Some(16)),
            (format!("```yaml\n{block}```\n"), Some(8)),
            (format!("# Demo\n```sh\nls\n```\n{block}"), Some(20)),
            (format!("# Demo\n\n```yaml\n{block}```\n"), None),
            ("# Demo\n---\nTwo parts\n---\n".to_owned(), None),
        ] {
            assert_eq!(later_block(&text), at.map(|at| at..at + 3), "{text}");
        }
    }
}
