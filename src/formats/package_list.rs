//! Lists of Debian packages: `packages.txt` of Spaces and of Streamlit's cloud, `Aptfile` of Heroku.

use std::ops::Range;

/// The maximum number of lines.
const LINES_MAX: usize = 200;

/// The names in a list, each with its place.
pub(crate) fn names(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').take(LINES_MAX).map(move |line| {
        let start = at;
        at += line.len();
        (start, line.split('#').next().unwrap_or_default())
    });
    lines.flat_map(|(start, line)| {
        line.split_whitespace().map(move |word| {
            let begin = start + (word.as_ptr().addr() - line.as_ptr().addr());
            (word, begin..begin + word.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_between_spaces_and_before_comments() {
        let text = "ffmpeg git # both\r\n# none\n\nlibgl1";
        let found: Vec<_> = names(text).collect();
        assert_eq!(found, [("ffmpeg", 0..6), ("git", 7..10), ("libgl1", 27..33)]);
    }
}
