//! The files that `.gitattributes` must list one by one.

use crate::facts::lfs::{GROUPS, TEXT_MAX_BYTES};
use crate::repo::Zeros;

/// Whether the first bytes of a file are those of a binary, as git sees it: a NUL, or not UTF-8.
pub(super) fn is_binary(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(text) => text.contains('\0'),
        // A character that is split at the end of the head does not make it binary.
        Err(error) => head.contains(&0) || error.error_len().is_some(),
    }
}

/// Whether a file must go through LFS although no pattern of ours matches it. Text with zero bytes need not: the
/// check reports it.
pub(super) fn needs_own_pattern(name: &str, bytes: u64, head: &[u8]) -> bool {
    let is_binary = is_binary(head) && (!head.contains(&0) || Zeros::of(name, head) == Zeros::Binary);
    (is_binary || bytes > TEXT_MAX_BYTES) && !is_covered(name)
}

/// Whether the patterns match a name: each ending is listed in any case.
fn is_covered(name: &str) -> bool {
    let known = |ending: &str| GROUPS.iter().any(|group| group.extensions.contains(&ending));
    name.rsplit_once('.').is_some_and(|(_, ending)| known(&ending.to_ascii_lowercase()))
        || name.contains(".tar.")
        || name.contains(".lfs.")
        || name.contains("tfevents")
}

/// A pattern that matches exactly one path.
/// Source: <https://git-scm.com/docs/gitattributes>.
pub(super) fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for char in path.chars() {
        if matches!(char, '*' | '?' | '[' | ']' | '\\') {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    if pattern.contains([' ', '"']) || pattern.starts_with(['#', '!']) {
        pattern = format!("\"{}\"", pattern.replace('\\', "\\\\").replace('"', "\\\""));
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binaries_are_told_as_git_tells_them() {
        assert!(is_binary(b"a\0b"));
        assert!(is_binary(b"\xff\xfe"));
        assert!(!is_binary("héllo".as_bytes()));
        assert!(!is_binary(&"é".as_bytes()[..1]), "a cut character");
        assert!(!is_binary(b""));
    }

    #[test]
    fn a_known_ending_needs_no_pattern_of_its_own() {
        assert!(!needs_own_pattern("a.PNG", 3, b"\0"));
        assert!(!needs_own_pattern("a.Png", 3, b"\0"));
        assert!(needs_own_pattern("a.dat", 3, b"\0"));
        assert!(needs_own_pattern("data", 3, b"\0"));
        assert!(!needs_own_pattern("a.txt", 3, b"text"));
        assert!(needs_own_pattern("a.txt", TEXT_MAX_BYTES + 1, b"text"));
        assert!(!needs_own_pattern("a.txt", 9, b"text\0more"));
        assert!(!needs_own_pattern("notes", 8, b"\xff\xfea\0b\0c\0"));
    }

    #[test]
    fn a_pattern_means_its_path_alone() {
        assert_eq!(pattern("assets/a.dat"), "assets/a.dat");
        assert_eq!(pattern("assets/a [1].dat"), "\"assets/a \\\\[1\\\\].dat\"");
    }
}
