//! The patterns of a Cargo workspace.
//!
//! Source: <https://docs.rs/glob/latest/glob/struct.Pattern.html>, by which Cargo looks for the members.

use super::class::Class;
use super::glob::{Glob, Token, Unit};

/// Reads one; none if it is malformed. A backslash is not an escape here.
pub(crate) fn cargo_glob(pattern: &str) -> Option<Glob> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut tokens = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(char) = chars.get(at) {
        at += 1;
        tokens.push(match char {
            '?' => Token::Any,
            '[' => {
                let (class, end) = class(&chars, at)?;
                at = end;
                Token::Class(Box::new(class))
            }
            '*' if chars.get(at) != Some(&'*') => Token::Star,
            '*' => {
                let is_whole_part = at == 1 || chars[at - 2] == '/';
                at += 1;
                match chars.get(at) {
                    None if is_whole_part => Token::Deep,
                    Some('/') if is_whole_part => {
                        at += 1;
                        Token::Folders
                    }
                    _ => return None,
                }
            }
            char => Token::One(u32::from(*char)),
        });
    }
    Some(Glob::new(tokens, Unit::Char))
}

fn class(chars: &[char], at: usize) -> Option<(Class, usize)> {
    let is_negated = chars.get(at) == Some(&'!');
    let start = at + usize::from(is_negated);
    // A bracket right at the beginning belongs to the set
    let length = chars.get(start + 1..)?.iter().position(|char| *char == ']')? + 1;
    let mut inside = &chars[start..start + length];
    let mut ranges = Vec::new();
    while let Some((first, rest)) = inside.split_first() {
        let (last, rest) = match rest {
            ['-', last, rest @ ..] => (last, rest),
            _ => (first, rest),
        };
        ranges.push((u32::from(*first), u32::from(*last)));
        inside = rest;
    }
    Some((Class::new(ranges, is_negated, false), start + length + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::wildmatch::Steps;

    #[test]
    fn patterns_match_as_those_of_cargo_do() {
        for (pattern, good, bad) in [
            ("crates/*", "crates/a", "crates/a/b"),
            ("crates/**/x", "crates/x", "crates/xx"),
            ("**/x", "a/b/x", "a/bx"),
            ("a[!b]", "ac", "ab"),
            ("a[]]", "a]", "a"),
            ("a[b-d]?", "acé", "ae."),
            ("{a,b}", "{a,b}", "a"),
            ("a\\*", "a\\b", "a*"),
        ] {
            let glob = cargo_glob(pattern).unwrap();
            let matches = |path| glob.matches(path, &mut Steps::of(u64::MAX));
            assert!(matches(good) && !matches(bad), "{pattern}");
        }
        for malformed in ["a**", "**a", "***", "a[", "a[]", "a[!]"] {
            assert!(cargo_glob(malformed).is_none(), "{malformed}");
        }
    }
}
