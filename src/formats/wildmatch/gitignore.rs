//! The lines of a `.gitignore`.
//!
//! Source: <https://git-scm.com/docs/gitignore#_pattern_format>; `add_patterns_from_buffer` in git's `dir.c`.

/// The patterns of a file with their line numbers, from 1. A byte order mark is ignored.
pub(crate) fn ignore_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.split('\n').enumerate().map(|(index, line)| (index + 1, pattern(line)));
    lines.filter(|(_, pattern)| !pattern.is_empty() && !pattern.starts_with('#'))
}

/// A line without its line break, and without trailing blanks unless they are escaped. For git it ends at a zero byte.
fn pattern(line: &str) -> &str {
    let line = line.strip_suffix('\r').unwrap_or(line).split('\0').next().unwrap_or_default();
    let bare = line.trim_end_matches(' ');
    let blanks = line.len() - bare.len();
    let backslashes = bare.len() - bare.trim_end_matches('\\').len();
    // The last of an odd number of backslashes keeps the first blank
    &line[..bare.len() + usize::from(blanks > 0 && backslashes % 2 == 1)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_git_reads_them() {
        let text = "\u{feff}a\r\n\n# b\n\\#c\n d\ne  \nf\\ \ng\\  \nh\\\\ \ni\t\n#\nj\0k\n  \n!l\r\n\r\nm\r";
        let found: Vec<&str> = ignore_lines(text).map(|(_, pattern)| pattern).collect();
        assert_eq!(found, ["a", "\\#c", " d", "e", "f\\ ", "g\\ ", "h\\\\", "i\t", "j", "!l", "m"]);
        assert_eq!(ignore_lines("\n#\na").next(), Some((3, "a")));
        assert_eq!(ignore_lines("a\r\r").next(), Some((1, "a\r")), "one carriage return belongs to the line's end");
    }
}
